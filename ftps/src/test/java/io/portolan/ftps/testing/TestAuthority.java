package io.portolan.ftps.testing;

import java.math.BigInteger;
import java.net.Socket;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.IPAddress;
import org.jspecify.annotations.Nullable;

/** Issues certificates for an hour. */
public final class TestAuthority {

    private static final Duration HOUR = Duration.ofHours(1);

    private final X500Name name;
    private final KeyPair pair;
    private final X509Certificate certificate;
    private long lastSerial = 1;

    public TestAuthority(String commonName) throws Exception {
        name = new X500Name("CN=" + commonName);
        pair = newPair("EC", 256);
        X509v3CertificateBuilder builder = builder(name, pair, 1, HOUR.negated(), HOUR);
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        certificate = new JcaX509CertificateConverter().getCertificate(builder.build(signer()));
    }

    /** A key with its certificate. */
    public record Issued(PrivateKey key, X509Certificate certificate) {

        /** A client's key manager that shows it to everybody. */
        public KeyManager keyManager() {
            return new One(this);
        }

        /** A server's, for clients that can do with its kind of key. */
        public X509ExtendedKeyManager serverKeyManager() {
            return new One(this);
        }
    }

    public X509Certificate certificate() {
        return certificate;
    }

    /** Issues one for a P-256 key. */
    public Issued issue(String commonName, String... hosts) throws Exception {
        return issue("EC", 256, commonName, hosts);
    }

    public Issued issueRsa(String commonName, String... hosts) throws Exception {
        return issue("RSA", 2048, commonName, hosts);
    }

    /** Issues one that is valid from and until so much after now, which may be less than nothing. */
    public Issued issueFor(Duration from, Duration until, String commonName, String... hosts) throws Exception {
        return issue("EC", 256, from, until, commonName, hosts);
    }

    private Issued issue(String algorithm, int size, String commonName, String... hosts) throws Exception {
        return issue(algorithm, size, HOUR.negated(), HOUR, commonName, hosts);
    }

    private Issued issue(String algorithm, int size, Duration from, Duration until, String commonName, String... hosts)
            throws Exception {
        KeyPair issued = newPair(algorithm, size);
        X509v3CertificateBuilder builder = builder(new X500Name("CN=" + commonName), issued, ++lastSerial, from, until);
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        if (hosts.length > 0) {
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(Arrays.stream(hosts)
                            .map(host -> new GeneralName(
                                    IPAddress.isValid(host) ? GeneralName.iPAddress : GeneralName.dNSName, host))
                            .toArray(GeneralName[]::new)));
        }
        return new Issued(
                issued.getPrivate(), new JcaX509CertificateConverter().getCertificate(builder.build(signer())));
    }

    /** The list of what is revoked. */
    public X509CRL revoke(Issued... revoked) throws Exception {
        Date now = Date.from(Instant.now().minus(HOUR));
        X509v2CRLBuilder builder = new X509v2CRLBuilder(name, now);
        builder.setNextUpdate(Date.from(Instant.now().plus(HOUR)));
        for (Issued one : revoked) {
            builder.addCRLEntry(one.certificate().getSerialNumber(), now, CRLReason.keyCompromise);
        }
        return new JcaX509CRLConverter().getCRL(builder.build(signer()));
    }

    private X509v3CertificateBuilder builder(
            X500Name subject, KeyPair keys, long serial, Duration from, Duration until) {
        return new JcaX509v3CertificateBuilder(
                name,
                BigInteger.valueOf(serial),
                Date.from(Instant.now().plus(from)),
                Date.from(Instant.now().plus(until)),
                subject,
                keys.getPublic());
    }

    private ContentSigner signer() throws Exception {
        return new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate());
    }

    private static KeyPair newPair(String algorithm, int size) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(size);
        return generator.generateKeyPair();
    }

    private static final class One extends X509ExtendedKeyManager {
        private static final String ALIAS = "one";
        private final Issued issued;

        One(Issued issued) {
            this.issued = issued;
        }

        @Override
        public String chooseEngineClientAlias(
                String[] keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
            return ALIAS;
        }

        @Override
        public String chooseClientAlias(String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return ALIAS;
        }

        @Override
        public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
            return new String[] {ALIAS};
        }

        @Override
        public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public @Nullable String chooseEngineServerAlias(
                String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
            return keyType.equals(issued.key().getAlgorithm()) ? ALIAS : null;
        }

        @Override
        public @Nullable String chooseServerAlias(
                String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return null;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return List.of(issued.certificate()).toArray(X509Certificate[]::new);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return issued.key();
        }
    }
}
