package io.portolan.ssh.internal.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HostCertificateTest {

    @TempDir
    Path folder;

    private static TestCertificate certificate(SshKeyPair pair) {
        return new TestCertificate(pair.publicKey()).kind(2).principals("localhost");
    }

    private HostCertificate load(TestCertificate certificate, SshPublicKey key) throws IOException {
        String line = TestCertificate.type(key) + " " + Base64.getEncoder().encodeToString(certificate.blob());
        return HostCertificate.load(Files.writeString(folder.resolve("host-cert.pub"), line), TestKeys.ALL);
    }

    private void refused(TestCertificate certificate, String reason) {
        KeyFileException refusal =
                catchThrowableOfType(KeyFileException.class, () -> load(certificate, TestKeys.ED25519.publicKey()));
        assertThat(refusal).hasMessageContaining(reason);
    }

    @Test
    void aCertificateFindsTheKeyThatItIsOf() throws Exception {
        for (SshKeyPair pair : TestKeys.ALL) {
            HostCertificate certified = load(certificate(pair), pair.publicKey());
            assertThat(certified.pair()).isSameAs(pair);
            assertThat(certified.certificate().principals()).containsExactly("localhost");
        }
    }

    @Test
    void whatNoClientCouldTakeIsRefused() {
        refused(certificate(TestKeys.ED25519).kind(1), "needs -h");
        refused(certificate(TestKeys.ED25519).principals(), "needs -n");
        refused(certificate(TestKeys.ED25519).damaged(), "signature");
        refused(certificate(SshKeyPair.generateEd25519(TestKeys.RANDOM)), "none of the host's");
    }

    @Test
    void aPublicKeyIsNoCertificate() throws Exception {
        Path file = Files.write(folder.resolve("key.pub"), TestKeys.octets("files/ed25519.pub"));
        assertThat(catchThrowableOfType(KeyFileException.class, () -> HostCertificate.load(file, TestKeys.ALL)))
                .hasMessageContaining("no certificate");
    }
}
