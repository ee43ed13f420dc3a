package io.portolan.ssh.internal.trust;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.ssh.internal.key.TestKeys;
import io.portolan.testing.fuzz.FuzzTarget;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** The keys of a user, with options. */
public final class AuthorizedKeysFuzz implements FuzzTarget {

    @Override
    public List<byte[]> seeds() {
        String key = TrustVectors.line("user-ed25519.pub");
        return List.of(
                octets("# comment\n\n" + key + "\nrestrict " + TrustVectors.line("user-ecdsa.pub")),
                octets("cert-authority,principals=\"a,b\" " + TrustVectors.line("ca.pub")),
                octets("from=\"192.0.2.*,!192.0.2.7,2001:db8::/32,127.0.0.?\",expiry-time=\"20300101Z\" " + key),
                octets("command=\"internal-sftp -R -d \\\"/a b\\\"\",no-touch-required,verify-required " + key));
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void take(byte[] input) {
        try {
            AuthorizedKeyList list = AuthorizedKeyList.parse(
                    new String(input, StandardCharsets.UTF_8),
                    (line, problem) -> assertThat(problem).isNotEmpty());
            list.find(TestKeys.P256.publicKey().blob(), InetAddress.getLoopbackAddress(), Instant.EPOCH);
            for (byte[] blob : list.blobs()) {
                list.find(blob, InetAddress.getLoopbackAddress(), Instant.EPOCH);
            }
        } catch (TrustException expected) {
            // refused
        }
    }
}
