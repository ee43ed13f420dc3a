package io.portolan.ssh.internal.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.ssh.internal.key.SshCertificate;
import io.portolan.ssh.internal.key.SshPublicKey;
import io.portolan.ssh.internal.key.TestCertificate;
import io.portolan.ssh.internal.key.TestKeys;
import io.portolan.ssh.internal.wire.SshProtocolException;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Certificates that ssh-keygen made, and limits. */
final class CertificateTermsTest {

    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    private static InetAddress address(String text) throws Exception {
        return InetAddress.getByName(text);
    }

    @Test
    void sshKeygensCertificateSaysWhatItWasToldToSay() throws Exception {
        SshCertificate certificate = TrustVectors.certificate("user-ed25519-cert.pub");
        assertThat(certificate.type()).isEqualTo("ssh-ed25519-cert-v01@openssh.com");
        assertThat(certificate.key()).isEqualTo(TrustVectors.key("user-ed25519.pub"));
        assertThat(certificate.authority()).isEqualTo(TrustVectors.key("ca.pub"));
        assertThat(certificate.serial()).isEqualTo(42);
        assertThat(certificate.kind()).isEqualTo(SshCertificate.Kind.USER);
        assertThat(certificate.keyId()).isEqualTo("alice@laptop");
        assertThat(certificate.principals()).containsExactly("alice", "bob");
        CertificateTerms terms = CertificateTerms.of(certificate, address("192.0.2.9"), NOW);
        assertThat(terms.forcedCommand()).contains("internal-sftp -R");
        assertThat(terms.touchRequired()).isTrue();
        assertThat(terms.verificationRequired()).isFalse();
        assertThat(terms.validBefore()).isEqualTo(Instant.parse("2040-01-01T00:00:00Z"));
    }

    @Test
    void itIsGoodFromItsAddressesAndInItsTimeOnly() throws Exception {
        SshCertificate certificate = TrustVectors.certificate("user-ed25519-cert.pub");
        InetAddress inside = address("2001:db8::5");
        CertificateTerms.of(certificate, inside, Instant.parse("2020-01-01T00:00:00Z"));
        CertificateTerms.of(certificate, inside, Instant.parse("2039-12-31T23:59:59Z"));
        for (String time : List.of("2019-12-31T23:59:59Z", "2040-01-01T00:00:00Z", "1960-01-01T00:00:00Z")) {
            assertThatThrownBy(() -> CertificateTerms.of(certificate, inside, Instant.parse(time)))
                    .isInstanceOf(TrustException.class)
                    .hasMessageContaining("force");
        }
        assertThatThrownBy(() -> CertificateTerms.of(certificate, address("203.0.113.1"), NOW))
                .isInstanceOf(TrustException.class)
                .hasMessageContaining("from there");
    }

    @Test
    void flagsOfSshKeygensCertificateAreUnderstood() throws Exception {
        SshCertificate certificate = TrustVectors.certificate("user-ecdsa-cert.pub");
        assertThat(certificate.serial()).isEqualTo(-1);
        assertThat(certificate.extensions()).containsKey("permit-pty");
        CertificateTerms terms = CertificateTerms.of(certificate, address("::1"), NOW);
        assertThat(terms.verificationRequired()).isTrue();
        assertThat(terms.touchRequired()).isFalse();
        assertThat(terms.validBefore()).isEqualTo(Instant.MAX);
        assertThat(terms.forcedCommand()).isEmpty();
    }

    @Test
    void anRsaAuthorityOfSshKeygenIsUnderstood() throws Exception {
        SshCertificate certificate = TrustVectors.certificate("user-rsa-cert.pub");
        assertThat(certificate.isSigned(List.of("rsa-sha2-512"))).isTrue();
        assertThat(certificate.isSigned(List.of("rsa-sha2-256"))).isFalse();
        CertificateTerms.of(certificate, address("::1"), NOW);
    }

    @Test
    void sha1IsNoAuthoritysAlgorithm() {
        assertThat(CertificateTerms.AUTHORITY_ALGORITHMS).doesNotContain("ssh-rsa", "ssh-dss");
    }

    @Test
    void aCertificateOfACertificateIsMalformed() throws Exception {
        byte[] blob = new TestCertificate(TestKeys.ED25519.publicKey()).blob();
        assertThatThrownBy(() -> SshPublicKey.decode(blob)).isInstanceOf(SshProtocolException.class);
    }

    @Test
    void moreAtTheEndOrLessIsMalformed() {
        byte[] blob = new TestCertificate(TestKeys.P256.publicKey()).blob();
        for (int length = 0; length <= blob.length + 1; length++) {
            byte[] other = Arrays.copyOf(blob, length);
            if (length != blob.length) {
                assertThatThrownBy(() -> SshCertificate.decode(other)).isInstanceOf(SshProtocolException.class);
            }
        }
    }

    @Test
    void principalsAndOptionsAndTheWholeAreLimited() throws Exception {
        TestCertificate many = new TestCertificate(TestKeys.ED25519.publicKey());
        assertThat(SshCertificate.decode(many.principals(names(256)).blob()).principals())
                .hasSize(256);
        assertThatThrownBy(
                        () -> SshCertificate.decode(many.principals(names(257)).blob()))
                .isInstanceOf(SshProtocolException.class);
        TestCertificate options = new TestCertificate(TestKeys.ED25519.publicKey());
        for (int i = 0; i < 65; i++) {
            options.extension("extension-" + i);
        }
        assertThatThrownBy(() -> SshCertificate.decode(options.blob())).isInstanceOf(SshProtocolException.class);
        assertThatThrownBy(() -> SshCertificate.decode(new byte[SshCertificate.MAX_BLOB_OCTETS + 1]))
                .isInstanceOf(SshProtocolException.class);
    }

    private static String[] names(int count) {
        return Collections.nCopies(count, "alice").toArray(String[]::new);
    }
}
