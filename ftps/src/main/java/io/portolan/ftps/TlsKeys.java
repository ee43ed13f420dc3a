package io.portolan.ftps;

import io.portolan.ftps.internal.KeyEntry;
import io.portolan.ftps.internal.KeyFiles;
import io.portolan.ftps.internal.KeySource;
import io.portolan.ftps.internal.SelfSigned;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Private keys and the certificates that go with them: what a server shows. With several of them the client's server name (SNI, RFC 6066 §3) decides, as their certificates name hosts; the
 * first one is for clients that name none, or one that is not there. Read once, when made. Immutable.
 */
public final class TlsKeys {

    private final KeySource source;

    private TlsKeys(List<KeyEntry> entries) {
        this(new KeySource.Entries(entries));
    }

    private TlsKeys(KeySource source) {
        this.source = source;
    }

    /**
     * Reads a certificate chain and its private key in PEM, as certificate authorities deliver them: the server's certificate first, then the intermediate ones. They may be one file.
     *
     * @param chain the file with the certificates
     * @param key the file with the key (PKCS#8, PKCS#1 or SEC 1)
     * @return the keys
     * @throws IOException if a file cannot be read
     * @throws IllegalArgumentException if there is no key or no certificate in it, or they do not belong together
     */
    public static TlsKeys pem(Path chain, Path key) throws IOException {
        return pem(chain, key, null);
    }

    /**
     * Reads a certificate chain and its private key in PEM, whose key is encrypted.
     *
     * @param chain the file with the certificates
     * @param key the file with the key
     * @param password the key's password
     * @return the keys
     * @throws IOException if a file cannot be read
     * @throws IllegalArgumentException if there is no key or no certificate in it, they do not belong together, or the password is wrong
     */
    public static TlsKeys pem(Path chain, Path key, char @Nullable [] password) throws IOException {
        return new TlsKeys(List.of(KeyFiles.pem(chain, key, password)));
    }

    /**
     * Reads a PKCS#12 file ({@code .p12}, {@code .pfx}): each key in it.
     *
     * @param file the file
     * @param password its password, and that of its keys
     * @return the keys
     * @throws IOException if the file cannot be read, or the password is wrong
     * @throws IllegalArgumentException if there is no key with a certificate in it
     */
    public static TlsKeys pkcs12(Path file, char[] password) throws IOException {
        return new TlsKeys(KeyFiles.pkcs12(file, password));
    }

    /**
     * Takes each key of a key store.
     *
     * @param store the store
     * @param password the password of its keys
     * @return the keys
     * @throws IllegalArgumentException if there is no key with a certificate in it, or one that cannot be had with this password
     */
    public static TlsKeys keyStore(KeyStore store, char[] password) {
        return new TlsKeys(KeyFiles.keyStore(store, password));
    }

    /**
     * Takes a key and its certificates.
     *
     * @param key the private key; one that does not leave its hardware is for {@link TlsEngine#JDK} only
     * @param chain its certificates, the server's own first
     * @return the keys
     * @throws IllegalArgumentException if they do not belong together
     */
    public static TlsKeys of(PrivateKey key, List<X509Certificate> chain) {
        return new TlsKeys(List.of(KeyEntry.of(key, chain)));
    }

    /**
     * Leaves the choice to a key manager, such as one of a provider whose keys never leave their hardware (with {@link TlsEngine#JDK} only, as BoringSSL takes keys that it can read). It is asked
     * {@code chooseEngineServerAlias} for each full handshake and finds the client's server name in the engine's handshake session; BoringSSL's engine keeps what it was given for an alias.
     *
     * @param manager chooses the keys; called on threads that must not be blocked
     * @return the keys
     */
    public static TlsKeys keyManager(X509ExtendedKeyManager manager) {
        return new TlsKeys(new KeySource.Manager(Objects.requireNonNull(manager, "manager")));
    }

    /**
     * Makes a new key and a certificate that it signs itself, for development: clients cannot know whom they talk to, unless they are told the {@link #fingerprint()}. It is
     * valid for a year.
     *
     * @param hosts the names and addresses that it is for; {@code localhost} if none are given
     * @return the keys
     */
    public static TlsKeys selfSigned(String... hosts) {
        return new TlsKeys(List.of(SelfSigned.make(List.of(hosts))));
    }

    /**
     * The same as {@link #selfSigned}, kept in a file between starts, so that clients that have been told to trust it once are not asked again. A new one is made when there is none,
     * when it has expired, or when it is not for these hosts.
     *
     * @param file the file, in PEM; only its owner may read it
     * @param hosts the names and addresses that it is for; {@code localhost} if none are given
     * @return the keys
     * @throws IOException if the file cannot be read or written
     */
    public static TlsKeys selfSignedIn(Path file, String... hosts) throws IOException {
        return new TlsKeys(List.of(SelfSigned.keptIn(file, List.of(hosts))));
    }

    /**
     * These and others.
     *
     * @param others the others
     * @return both, these first
     * @throws IllegalStateException if one of both leaves the choice to a {@link #keyManager}
     */
    public TlsKeys and(TlsKeys others) {
        List<KeyEntry> all = new ArrayList<>(entries());
        all.addAll(others.entries());
        return new TlsKeys(all);
    }

    /**
     * The SHA-256 fingerprint of the first certificate, by which people compare certificates.
     *
     * @return 32 octets in hexadecimal, with colons between
     * @throws IllegalStateException if the choice is left to a {@link #keyManager}
     */
    public String fingerprint() {
        try {
            byte[] encoded = certificates().get(0).getEncoded();
            return HexFormat.ofDelimiter(":")
                    .withUpperCase()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(encoded));
        } catch (CertificateEncodingException | NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The first certificate and those that it depends on.
     *
     * @return the chain, the server's own first
     * @throws IllegalStateException if the choice is left to a {@link #keyManager}
     */
    public List<X509Certificate> certificates() {
        return entries().get(0).chain();
    }

    private List<KeyEntry> entries() {
        if (source instanceof KeySource.Entries here) {
            return here.entries();
        }
        throw new IllegalStateException("the keys are the key manager's, which is asked at each handshake");
    }

    KeySource source() {
        return source;
    }
}
