package io.portolan.ftps;

import io.portolan.ftps.internal.Fingerprint;
import io.portolan.ftps.internal.KeyEntry;
import io.portolan.ftps.internal.KeyFiles;
import io.portolan.ftps.internal.KeySource;
import io.portolan.ftps.internal.SelfSigned;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Private keys and the certificates that go with them: what a server shows.
 *
 * <ul>
 *   <li>{@link #pem(Path, Path)} takes what certificate authorities deliver, {@link #pkcs12} and {@link #keyStore} what Java keeps;
 *   <li>{@link #selfSigned} and {@link #selfSignedIn} are for development, and for clients that are told the {@link #fingerprint()};
 *   <li>{@link #of}, {@link #keyManager} and {@link #sslContext} are for applications that have keys, or whoever keeps them, already.
 * </ul>
 *
 * <p>With several of them ({@link #and}) the client's server name (SNI, RFC 6066 §3) decides, as their certificates name hosts; the first one is for clients that name none, or one that is not there. Files are read
 * once, when this is made; to show what has changed in them make another one and give it to {@link ServerTls#reload(TlsKeys)}. Immutable.
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
     * Reads a certificate chain and its private key in PEM, as certificate authorities deliver them: the server's certificate first, then the intermediate ones. They may be one file. The log warns of a key
     * that others can read or write.
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
     * Takes a context of the JDK's that the application has made, with its keys and with whom it trusts; what it is otherwise set to (versions, cipher suites) is this library's business. It implies {@link
     * TlsEngine#JDK}. Clients are asked for certificates, if at all, by {@link ClientCertificates#wanted()} or {@link ClientCertificates#needed()}, and this context judges them. Which of several certificates is shown is
     * up to its key manager, which hears of TLS's server name and not of FTP's HOST.
     *
     * <p>The other kinds of keys have a TLS session store for each control connection; here all share the context's. That a data connection resumes the session of its own control connection, and of no other, is made
     * sure all the same, with TLS 1.2 and 1.3, if the context is of the JDK's own provider, SunJSSE. With another provider's, {@link SessionResumption#REQUIRE}, which is the default, is refused when the mechanism is built. The
     * context's sessions must not expire before control connections end, see {@link javax.net.ssl.SSLSessionContext#setSessionTimeout}; the JDK has a day. A client may resume a session for another control connection, too:
     * its certificate, if it has shown one, is not judged again then.
     *
     * <p>But which session a client resumes is known only when the handshake is over. So clients behind one address do not share a passive port: with a range each of them needs a port of its own while it waits for its
     * data connection, and a neighbour who is faster there costs it the transfer (522).
     *
     * @param context the context, initialised with a key manager; the application may use it elsewhere too
     * @return the keys
     * @throws IllegalArgumentException if the context has not been initialised
     */
    public static TlsKeys sslContext(SSLContext context) {
        try {
            context.getSupportedSSLParameters();
        } catch (IllegalStateException | UnsupportedOperationException e) {
            throw new IllegalArgumentException("context: has not been initialised", e);
        }
        return new TlsKeys(new KeySource.Context(context));
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
     * <p>Where files have POSIX permissions, one that is there must be this process's user's or root's, and nobody else may be able to read or write it; nor may everybody be able to write to its folder.
     *
     * @param file the file, in PEM; a new one is made so that only its owner can read it
     * @param hosts the names and addresses that it is for; {@code localhost} if none are given
     * @return the keys
     * @throws IOException if the file cannot be read or written
     * @throws IllegalArgumentException if others can get at the file, or there is something else in it; the message says what to do
     */
    public static TlsKeys selfSignedIn(Path file, String... hosts) throws IOException {
        return new TlsKeys(List.of(SelfSigned.keptIn(file, List.of(hosts))));
    }

    /**
     * These and others.
     *
     * @param others the others
     * @return both, these first
     * @throws IllegalStateException if one of both leaves the choice to a {@link #keyManager} or an {@link #sslContext}
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
     * @throws IllegalStateException if the choice is left to a {@link #keyManager} or an {@link #sslContext}
     */
    public String fingerprint() {
        return Fingerprint.of(certificates().get(0));
    }

    /**
     * The first certificate and those that it depends on.
     *
     * @return the chain, the server's own first
     * @throws IllegalStateException if the choice is left to a {@link #keyManager} or an {@link #sslContext}
     */
    public List<X509Certificate> certificates() {
        return entries().get(0).chain();
    }

    private List<KeyEntry> entries() {
        if (source instanceof KeySource.Entries here) {
            return here.entries();
        }
        throw new IllegalStateException(
                "the keys are those of a key manager or an SSLContext, which is asked at each handshake");
    }

    KeySource source() {
        return source;
    }
}
