package io.portolan.ftps.internal;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.IPAddress;
import org.bouncycastle.util.io.pem.PemObject;

/** Certificates for development: P-256, which is the fastest that every client knows. */
public final class SelfSigned {

    /** As long as a project may be looked at again without anybody being asked to trust a new one. */
    private static final Duration VALIDITY = Duration.ofDays(365);

    /** Clocks of machines beside each other differ. */
    private static final Duration SKEW = Duration.ofHours(1);

    private static final String DEFAULT_HOST = "localhost";
    private static final int SERIAL_BITS = 127;

    private SelfSigned() {}

    /** See {@link io.portolan.ftps.TlsKeys#selfSigned}. */
    public static KeyEntry make(List<String> hosts) {
        List<String> names = names(hosts);
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            return KeyEntry.of(pair.getPrivate(), List.of(certificate(pair, names)));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("this JVM cannot make a certificate", e);
        }
    }

    private static List<String> names(List<String> hosts) {
        return hosts.isEmpty()
                ? List.of(DEFAULT_HOST)
                : hosts.stream().map(HostNames::normal).toList();
    }

    private static X509Certificate certificate(KeyPair pair, List<String> names)
            throws OperatorCreationException, IOException, CertificateException {
        X500Name subject =
                new X500NameBuilder().addRDN(BCStyle.CN, names.get(0)).build();
        Instant now = Instant.now();
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                subject,
                new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(SERIAL_BITS - 1),
                Date.from(now.minus(SKEW)),
                Date.from(now.plus(VALIDITY)),
                subject,
                pair.getPublic());
        builder.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(names.stream().map(SelfSigned::name).toArray(GeneralName[]::new)));
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
    }

    private static GeneralName name(String host) {
        return new GeneralName(IPAddress.isValid(host) ? GeneralName.iPAddress : GeneralName.dNSName, host);
    }

    /** See {@link io.portolan.ftps.TlsKeys#selfSignedIn}. */
    public static KeyEntry keptIn(Path file, List<String> hosts) throws IOException {
        List<String> names = names(hosts);
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && Files.exists(folder)) {
            KeyFileAccess.requireSafeFolder(folder);
        }
        if (Files.exists(file)) {
            KeyFileAccess.requireOurs(file);
            KeyEntry kept = KeyFiles.pem(file, file, null);
            X509Certificate certificate = kept.chain().get(0);
            if (certificate.getNotAfter().toInstant().isAfter(Instant.now())
                    && HostNames.of(certificate).containsAll(names)) {
                return kept;
            }
        }
        KeyEntry made = make(names);
        write(file, made);
        return made;
    }

    /** The file is there whole or not at all, and nobody else may read it at any time. */
    private static void write(Path file, KeyEntry entry) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
            // PKCS#8; what Bouncy Castle would write by itself names no curve, and nobody can read it.
            pem.writeObject(new PemObject("PRIVATE KEY", entry.key().getEncoded()));
            pem.writeObject(entry.chain().get(0));
        }
        Path absolute = file.toAbsolutePath();
        Path folder = absolute.getParent();
        boolean posix = absolute.getFileSystem().supportedFileAttributeViews().contains("posix");
        Path draft = posix
                ? Files.createTempFile(
                        folder,
                        ".tls",
                        ".pem",
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
                : Files.createTempFile(folder, ".tls", ".pem");
        try {
            Files.writeString(draft, text.toString(), StandardCharsets.US_ASCII);
            Files.move(draft, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
