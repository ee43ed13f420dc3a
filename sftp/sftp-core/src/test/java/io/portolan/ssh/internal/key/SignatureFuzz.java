package io.portolan.ssh.internal.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.testing.fuzz.FuzzTarget;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Signatures: an octet that says by which key, and then what it should have made. */
public final class SignatureFuzz implements FuzzTarget {

    private static final byte[] DATA = {1, 2, 3};
    private static final byte[] OTHER_DATA = {1, 2, 4};

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (int i = 0; i < TestKeys.ALL.size(); i++) {
            SshKeyPair pair = TestKeys.ALL.get(i);
            for (String algorithm : pair.publicKey().signatureAlgorithms()) {
                byte[] signature = pair.sign(algorithm, DATA);
                byte[] seed = new byte[1 + signature.length];
                seed[0] = (byte) i;
                System.arraycopy(signature, 0, seed, 1, signature.length);
                seeds.add(seed);
            }
        }
        return seeds;
    }

    @Override
    public void take(byte[] input) {
        if (input.length == 0) {
            return;
        }
        SshPublicKey key =
                TestKeys.ALL.get((input[0] & 0xff) % TestKeys.ALL.size()).publicKey();
        byte[] signature = Arrays.copyOfRange(input, 1, input.length);
        for (String algorithm : key.signatureAlgorithms()) {
            try {
                key.verify(algorithm, DATA, signature);
                assertThat(key.verify(algorithm, OTHER_DATA, signature)).isFalse();
            } catch (SshProtocolException expected) {
                // refused
            }
        }
    }
}
