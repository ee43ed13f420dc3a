package io.portolan.ssh.internal.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.testing.fuzz.FuzzTarget;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Public keys as they are on the wire, and the files they are kept in. */
public final class PublicKeyFuzz implements FuzzTarget {

    private static final byte[] DATA = {1, 2, 3};

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (SshKeyPair pair : TestKeys.ALL) {
            byte[] blob = pair.publicKey().blob();
            seeds.add(blob);
            seeds.add((pair.publicKey().type() + " " + Base64.getEncoder().encodeToString(blob) + " a comment\n")
                    .getBytes(StandardCharsets.US_ASCII));
        }
        seeds.add(TestKeys.octets("files/public-pem"));
        return seeds;
    }

    @Override
    public void take(byte[] input) {
        try {
            SshPublicKey key = SshPublicKey.decode(input);
            assertThat(key.blob()).isEqualTo(input);
            assertThat(key.verify(key.signatureAlgorithms().get(0), DATA, DATA)).isFalse();
        } catch (SshProtocolException expected) {
            // refused
        }
        try {
            PublicKeyFile.read(input).key();
        } catch (KeyFileException expected) {
            // refused
        }
    }
}
