package io.portolan.ftps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.portolan.ftps.internal.KeyEntry;
import io.portolan.ftps.internal.KeySource;
import io.portolan.ftps.testing.TestAuthority;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsKeysTest {

    private static final char[] PASSWORD = "open sesame".toCharArray();

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

    private Path pem(String name, Object... objects) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            for (Object object : objects) {
                writer.writeObject(object);
            }
        }
        Path file = Files.writeString(folder.resolve(name), text.toString());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    /** What OpenSSL calls traditional: PKCS#1 of RSA, SEC 1 of elliptic curves. */
    private static PemObject traditional(PrivateKey key) throws IOException {
        PrivateKeyInfo info = PrivateKeyInfo.getInstance(key.getEncoded());
        return key instanceof java.security.interfaces.ECPrivateKey ec
                ? new PemObject(
                        "EC PRIVATE KEY",
                        new ECPrivateKey(
                                        ec.getParams().getOrder().bitLength(),
                                        ec.getS(),
                                        info.getPrivateKeyAlgorithm().getParameters())
                                .getEncoded())
                : new PemObject(
                        "RSA PRIVATE KEY",
                        info.parsePrivateKey().toASN1Primitive().getEncoded());
    }

    private static TestAuthority.Issued[] ofEachKind() throws Exception {
        TestAuthority authority = new TestAuthority("the authority");
        return new TestAuthority.Issued[] {authority.issue("one", "one.example"), authority.issueRsa("two")};
    }

    @Test
    void pemIsReadInEachFormatThatAuthoritiesAndOpensslWrite() throws Exception {
        for (TestAuthority.Issued issued : ofEachKind()) {
            X509Certificate authority = new TestAuthority("another").certificate();
            Path chain = pem("chain.pem", issued.certificate(), authority);
            for (PemObject key :
                    List.of(new PemObject("PRIVATE KEY", issued.key().getEncoded()), traditional(issued.key()))) {
                assertThat(TlsKeys.pem(chain, pem("key.pem", key)).certificates())
                        .containsExactly(issued.certificate(), authority);
            }
            Path both = pem("both.pem", issued.certificate(), traditional(issued.key()));
            assertThat(TlsKeys.pem(both, both).certificates()).containsExactly(issued.certificate());
        }
    }

    @Test
    void anEncryptedKeyIsReadWithItsPasswordOnly() throws Exception {
        BouncyCastleProvider provider = new BouncyCastleProvider();
        for (TestAuthority.Issued issued : ofEachKind()) {
            Path chain = pem("chain.pem", issued.certificate());
            List<Path> keys = new ArrayList<>();
            keys.add(pem(
                    "pkcs8.pem",
                    new JcaPKCS8Generator(
                            issued.key(),
                            new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
                                    .setProvider(provider)
                                    .setPassword(PASSWORD)
                                    .build())));
            if (issued.key().getAlgorithm().equals("RSA")) {
                StringWriter text = new StringWriter();
                try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
                    writer.writeObject(
                            issued.key(),
                            new JcePEMEncryptorBuilder("AES-256-CBC")
                                    .setProvider(provider)
                                    .build(PASSWORD));
                }
                keys.add(Files.writeString(folder.resolve("traditional.pem"), text.toString()));
            }
            for (Path key : keys) {
                assertThat(TlsKeys.pem(chain, key, PASSWORD).certificates()).containsExactly(issued.certificate());
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> TlsKeys.pem(chain, key))
                        .withMessageContaining("there is no password");
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> TlsKeys.pem(chain, key, "wrong".toCharArray()))
                        .withMessageContaining("cannot be decrypted");
            }
        }
    }

    @Test
    void eachKeyOfAPkcs12FileAndOfAKeyStoreIsTaken() throws Exception {
        for (String type : new String[] {"PKCS12", "JKS"}) {
            TestAuthority.Issued[] issued = ofEachKind();
            KeyStore store = KeyStore.getInstance(type);
            store.load(null, null);
            for (TestAuthority.Issued one : issued) {
                store.setKeyEntry(
                        one.certificate().getSubjectX500Principal().getName(),
                        one.key(),
                        PASSWORD,
                        new X509Certificate[] {one.certificate()});
            }
            store.setCertificateEntry("no key", new TestAuthority("another").certificate());

            assertThat(shown(TlsKeys.keyStore(store, PASSWORD)))
                    .containsExactly(issued[0].certificate(), issued[1].certificate());
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> TlsKeys.keyStore(store, "wrong".toCharArray()))
                    .withMessageContaining("cannot be had");

            if (type.equals("PKCS12")) {
                Path file = folder.resolve("keys.p12");
                try (OutputStream out = Files.newOutputStream(file)) {
                    store.store(out, PASSWORD);
                }
                assertThat(shown(TlsKeys.pkcs12(file, PASSWORD)))
                        .containsExactly(issued[0].certificate(), issued[1].certificate());
                assertThatExceptionOfType(IOException.class)
                        .isThrownBy(() -> TlsKeys.pkcs12(file, "wrong".toCharArray()));
            }
        }
    }

    private static List<X509Certificate> shown(TlsKeys keys) {
        return ((KeySource.Entries) keys.source())
                .entries().stream()
                        .map(KeyEntry::chain)
                        .map(chain -> chain.get(0))
                        .toList();
    }

    @Test
    void whereThereIsNothingToShowItIsSaid() throws Exception {
        TestAuthority.Issued issued = new TestAuthority("the authority").issue("one");
        Path certificate = pem("certificate.pem", issued.certificate());
        Path key = pem("key.pem", new PemObject("PRIVATE KEY", issued.key().getEncoded()));
        KeyStore empty = KeyStore.getInstance("PKCS12");
        empty.load(null, null);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> TlsKeys.pem(certificate, certificate))
                .withMessageContaining("no private key");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TlsKeys.pem(key, key))
                .withMessageContaining("no certificate");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TlsKeys.keyStore(empty, PASSWORD))
                .withMessageContaining("no private key");
    }
}
