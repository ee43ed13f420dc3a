package io.portolan.ftps;

import io.portolan.ftps.internal.KeyFiles;
import io.portolan.ftps.internal.Trust;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Which servers a client takes for whom it meant to talk to. Those that authorities vouch for ({@link #system}, {@link #pem}, {@link #authorities}, {@link #keyStore}) must also have a certificate for the very name or
 * address that the client connects to (RFC 9525), on control and data connections alike. Immutable.
 */
public final class ServerTrust {

    private static final ServerTrust SYSTEM = new ServerTrust(Trust.SYSTEM);
    private static final ServerTrust ANYONE = new ServerTrust(Trust.ANYONE);

    private final Trust trust;

    private ServerTrust(Trust trust) {
        this.trust = trust;
    }

    /**
     * Those that one of this JVM's authorities vouches for.
     *
     * @return the setting
     */
    public static ServerTrust system() {
        return SYSTEM;
    }

    /**
     * Those that one of these authorities vouches for; a certificate that a server has signed itself may be among them, too.
     *
     * @param authorities the authorities' certificates
     * @return the setting
     * @throws IllegalArgumentException if there are none
     */
    public static ServerTrust authorities(Collection<X509Certificate> authorities) {
        return new ServerTrust(Trust.authorities(List.copyOf(authorities)));
    }

    /**
     * Those that one of the authorities in a file vouches for; see {@link #authorities}.
     *
     * @param file certificates in PEM
     * @return the setting
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if there is no certificate in it
     */
    public static ServerTrust pem(Path file) throws IOException {
        return authorities(KeyFiles.certificates(file));
    }

    /**
     * Those that one of the authorities in a key store vouches for.
     *
     * @param store the store, of whose entries those count that are certificates
     * @return the setting
     * @throws IllegalArgumentException if there is none in it
     */
    public static ServerTrust keyStore(KeyStore store) {
        return new ServerTrust(Trust.keyStore(store));
    }

    /**
     * Those whose own certificate is one of these, whoever vouches for it, whatever name it is for and until when: who tells a fingerprint here has looked at the certificate. For servers with certificates that they have
     * signed themselves.
     *
     * @param fingerprints SHA-256 of certificates: 32 octets in hexadecimal, with or without colons, in either case
     * @return the setting
     * @throws IllegalArgumentException if there is none, or one is none
     */
    public static ServerTrust fingerprints(String... fingerprints) {
        return new ServerTrust(Trust.pinned(List.of(fingerprints)));
    }

    /**
     * Those that a judge of one's own accepts. It has to look at the server's name, too; the engine that it is given knows it.
     *
     * @param judge decides; called on threads that must not be blocked
     * @return the setting
     */
    public static ServerTrust judge(X509ExtendedTrustManager judge) {
        return new ServerTrust(new Trust.Judge(Objects.requireNonNull(judge, "judge")));
    }

    /**
     * <b>Dangerous:</b> anyone at all. Whoever is on the way to the server can take its place, read the password, and read and change what is transferred. For a test on one's own machine; for a server whose certificate
     * nobody vouches for, {@link #fingerprints} is as short.
     *
     * @return the setting
     */
    public static ServerTrust insecureTrustAnyone() {
        return ANYONE;
    }

    Trust trust() {
        return trust;
    }
}
