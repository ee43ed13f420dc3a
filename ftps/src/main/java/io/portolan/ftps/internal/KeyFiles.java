package io.portolan.ftps.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CRL;
import java.security.cert.CRLException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMDecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.jspecify.annotations.Nullable;

/** Reads keys and certificates from files. Bouncy Castle is used as an object and never registered, which would change the JVM for everybody in it. */
public final class KeyFiles {

    private KeyFiles() {}

    /** See {@link io.portolan.ftps.TlsKeys#pem(Path, Path, char[])}. */
    public static KeyEntry pem(Path chain, Path key, char @Nullable [] password) throws IOException {
        KeyFileAccess.warnOfOthers(key);
        return KeyEntry.of(privateKey(key, password), certificates(chain));
    }

    /** All certificates of a PEM file, in their order. */
    public static List<X509Certificate> certificates(Path file) throws IOException {
        List<X509Certificate> found = new ArrayList<>();
        JcaX509CertificateConverter converter = new JcaX509CertificateConverter();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1);
                PEMParser parser = new PEMParser(reader)) {
            Object next = parser.readObject();
            while (next != null) {
                if (next instanceof X509CertificateHolder holder) {
                    found.add(converter.getCertificate(holder));
                }
                next = parser.readObject();
            }
        } catch (CertificateException e) {
            throw new IllegalArgumentException(file + ": a certificate in it cannot be read", e);
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException(file + ": there is no certificate in it");
        }
        return found;
    }

    /** All revocation lists of a file. */
    public static List<X509CRL> revocationLists(Path file) throws IOException {
        List<X509CRL> found = new ArrayList<>();
        try (InputStream in = Files.newInputStream(file)) {
            for (CRL list : CertificateFactory.getInstance("X.509").generateCRLs(in)) {
                if (list instanceof X509CRL x509) {
                    found.add(x509);
                }
            }
        } catch (CertificateException | CRLException e) {
            throw new IllegalArgumentException(file + ": a revocation list in it cannot be read", e);
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException(file + ": there is no revocation list in it");
        }
        return found;
    }

    private static PrivateKey privateKey(Path file, char @Nullable [] password) throws IOException {
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1);
                PEMParser parser = new PEMParser(reader)) {
            Object next = parser.readObject();
            while (next != null) {
                PrivateKeyInfo info = keyInfo(file, next, password);
                if (info != null) {
                    return new JcaPEMKeyConverter().getPrivateKey(info);
                }
                next = parser.readObject();
            }
        }
        throw new IllegalArgumentException(file + ": there is no private key in it");
    }

    private static @Nullable PrivateKeyInfo keyInfo(Path file, Object found, char @Nullable [] password)
            throws IOException {
        if (found instanceof PrivateKeyInfo info) {
            return info;
        }
        if (found instanceof PEMKeyPair pair) {
            return pair.getPrivateKeyInfo();
        }
        if (!(found instanceof PKCS8EncryptedPrivateKeyInfo) && !(found instanceof PEMEncryptedKeyPair)) {
            return null;
        }
        if (password == null) {
            throw new IllegalArgumentException(file + ": the key in it is encrypted, and there is no password");
        }
        BouncyCastleProvider provider = new BouncyCastleProvider();
        try {
            if (found instanceof PKCS8EncryptedPrivateKeyInfo encrypted) {
                return encrypted.decryptPrivateKeyInfo(new JceOpenSSLPKCS8DecryptorProviderBuilder()
                        .setProvider(provider)
                        .build(password));
            }
            return ((PEMEncryptedKeyPair) found)
                    .decryptKeyPair(new JcePEMDecryptorProviderBuilder()
                            .setProvider(provider)
                            .build(password))
                    .getPrivateKeyInfo();
        } catch (PKCSException | OperatorCreationException | IOException e) {
            throw new IllegalArgumentException(file + ": the key in it cannot be decrypted with this password", e);
        }
    }

    /** See {@link io.portolan.ftps.TlsKeys#pkcs12}. */
    public static List<KeyEntry> pkcs12(Path file, char[] password) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password);
            return keyStore(store, password);
        } catch (GeneralSecurityException e) {
            throw new IOException(file + ": cannot be read as PKCS#12", e);
        }
    }

    /** See {@link io.portolan.ftps.TlsKeys#keyStore}. */
    public static List<KeyEntry> keyStore(KeyStore store, char[] password) {
        List<KeyEntry> found = new ArrayList<>();
        try {
            List<String> aliases = Collections.list(store.aliases());
            Collections.sort(aliases);
            for (String alias : aliases) {
                Key key = store.isKeyEntry(alias) ? store.getKey(alias, password) : null;
                if (key instanceof PrivateKey privateKey) {
                    found.add(KeyEntry.of(privateKey, chain(store.getCertificateChain(alias))));
                }
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("a key of the key store cannot be had", e);
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException("there is no private key in the key store");
        }
        return found;
    }

    private static List<X509Certificate> chain(Certificate @Nullable [] certificates) {
        List<X509Certificate> chain = new ArrayList<>();
        if (certificates != null) {
            for (Certificate certificate : certificates) {
                if (certificate instanceof X509Certificate x509) {
                    chain.add(x509);
                }
            }
        }
        return chain;
    }
}
