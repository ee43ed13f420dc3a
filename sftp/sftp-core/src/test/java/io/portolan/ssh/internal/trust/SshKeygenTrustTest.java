package io.portolan.ssh.internal.trust;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.ssh.internal.key.SecurityKeyPublicKey;
import io.portolan.ssh.internal.key.SoftDevice;
import io.portolan.ssh.internal.key.SshCertificate;
import io.portolan.ssh.internal.key.TestCertificate;
import io.portolan.ssh.internal.key.TestKeys;
import io.portolan.testing.Peer;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What ssh-keygen makes of keys that we made, and the other way round. */
final class SshKeygenTrustTest {

    @TempDir
    Path temporary;

    private static String line(String type, byte[] blob) {
        return type + " " + Base64.getEncoder().encodeToString(blob) + "\n";
    }

    @Test
    void itCertifiesSecurityKeysAndWeReadThem() throws Exception {
        Path folder = Files.createDirectory(temporary.resolve("keys"));
        Peer keygen = Peer.find("ssh-keygen", folder);
        keygen.run("-q", "-t", "ed25519", "-N", "", "-f", "ca").succeeded();
        for (SoftDevice device : List.of(new SoftDevice(TestKeys.ED25519), new SoftDevice(TestKeys.P256))) {
            SecurityKeyPublicKey key = device.key();
            Files.writeString(folder.resolve("sk.pub"), line(key.type(), key.blob()));
            assertThat(keygen.run("-l", "-f", "sk.pub").succeeded().output()).contains(key.fingerprint());
            keygen.run("-q", "-s", "ca", "-I", "sk", "-n", "alice", "-O", "no-touch-required", "sk.pub")
                    .succeeded();
            SshCertificate certificate =
                    SshCertificate.decode(TrustVectors.blob(Files.readString(folder.resolve("sk-cert.pub"))));
            assertThat(certificate.key()).isEqualTo(key);
            assertThat(certificate.type()).isEqualTo(TestCertificate.type(key));
            assertThat(CertificateTerms.of(certificate, InetAddress.getLoopbackAddress(), Instant.now())
                            .touchRequired())
                    .isFalse();
        }
    }

    @Test
    void itReadsTheCertificatesThatTheOtherTestsMake() throws Exception {
        Path folder = Files.createDirectory(temporary.resolve("keys"));
        Peer keygen = Peer.find("ssh-keygen", folder);
        byte[] blob = new TestCertificate(TestKeys.P384.publicKey())
                .keyId("our own")
                .serial(99)
                .critical("force-command", "internal-sftp")
                .extension("permit-pty")
                .blob();
        Files.writeString(
                folder.resolve("own-cert.pub"),
                line(TestCertificate.type(TestKeys.P384.publicKey()), blob),
                StandardCharsets.US_ASCII);
        assertThat(keygen.run("-L", "-f", "own-cert.pub").succeeded().output())
                .contains("our own", "Serial: 99", "force-command internal-sftp", "permit-pty", "alice");
    }
}
