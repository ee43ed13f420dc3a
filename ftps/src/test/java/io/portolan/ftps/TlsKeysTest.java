package io.portolan.ftps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsKeysTest {

    @TempDir
    private Path folder;

    @Test
    void whatSignedItselfIsKeptAndReadBack() throws Exception {
        Path file = folder.resolve("tls.pem");
        String[] hosts = {"Example.NET", "127.0.0.1", "::1"};

        TlsKeys made = TlsKeys.selfSignedIn(file, hosts);

        assertThat(TlsKeys.selfSignedIn(file, hosts).fingerprint()).isEqualTo(made.fingerprint());
        assertThat(TlsKeys.selfSignedIn(file, "example.net").fingerprint()).isEqualTo(made.fingerprint());
        assertThat(TlsKeys.pem(file, file).fingerprint()).isEqualTo(made.fingerprint());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void oneForOtherHostsIsMadeAnew() throws Exception {
        Path file = folder.resolve("tls.pem");
        TlsKeys made = TlsKeys.selfSignedIn(file, "one.example");

        assertThat(TlsKeys.selfSignedIn(file, "one.example", "two.example").fingerprint())
                .isNotEqualTo(made.fingerprint());
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA", "Ed25519"})
    void theKeyOfAnotherCertificateIsRefused(String algorithm) throws Exception {
        TlsKeys keys = TlsKeys.selfSigned();
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        PrivateKey other = generator.generateKeyPair().getPrivate();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> TlsKeys.of(other, keys.certificates()))
                .withMessageContaining("not that of the certificate");
    }

    @Test
    void theKeyOfAnotherCertificateOnTheSameCurveIsRefused() throws Exception {
        Path one = folder.resolve("one.pem");
        Path other = folder.resolve("other.pem");
        TlsKeys.selfSignedIn(one);
        TlsKeys.selfSignedIn(other);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> TlsKeys.pem(one, other))
                .withMessageContaining("not that of the certificate");
    }
}
