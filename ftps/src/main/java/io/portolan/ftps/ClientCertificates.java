package io.portolan.ftps;

import io.portolan.ftps.internal.ClientAuth;
import io.portolan.ftps.internal.KeyFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Whether clients show certificates, and which are trusted. Who has shown one logs in by {@link io.portolan.auth.Credentials.ClientCertificate} with USER alone (232, RFC 2228 §3), if the authenticator accepts it;
 * otherwise the password is asked for, and the authenticator finds the certificate in the session's {@link io.portolan.session.SessionInfo#clientCertificates()}. Immutable.
 *
 * <p>The data connections of a session whose client has shown a certificate may show it again instead of resuming the TLS session, and that is known only when the handshake is over. So such sessions share no passive port
 * with others of their address, and a neighbour who is faster at the port costs them the transfer (522).
 */
public final class ClientCertificates {

    private static final ClientCertificates OFF = new ClientCertificates(ClientAuth.OFF);

    private final ClientAuth auth;

    private ClientCertificates(ClientAuth auth) {
        this.auth = auth;
    }

    /**
     * Clients are not asked.
     *
     * @return the setting
     */
    public static ClientCertificates off() {
        return OFF;
    }

    /**
     * Clients are asked, and those that have none go on without; whom to trust is for the {@link TlsKeys#sslContext SSLContext} to say that the keys are in. One that is not trusted ends the handshake.
     *
     * @return the setting, for such keys only
     */
    public static ClientCertificates wanted() {
        return new ClientCertificates(ClientAuth.byContext(ClientAuth.Demand.WANTED));
    }

    /**
     * Clients are asked, and without a trusted one there is no handshake; whom to trust is for the {@link TlsKeys#sslContext SSLContext} to say that the keys are in.
     *
     * @return the setting, for such keys only
     */
    public static ClientCertificates needed() {
        return new ClientCertificates(ClientAuth.byContext(ClientAuth.Demand.NEEDED));
    }

    /**
     * Clients are asked, and those that have none go on without. One that is not trusted ends the handshake.
     *
     * @param authorities the certificates of those who issue trusted ones
     * @return the setting
     */
    public static ClientCertificates wanted(Collection<X509Certificate> authorities) {
        return new ClientCertificates(ClientAuth.by(ClientAuth.Demand.WANTED, authorities));
    }

    /**
     * Clients are asked, and without a trusted one there is no handshake.
     *
     * @param authorities the certificates of those who issue trusted ones
     * @return the setting
     */
    public static ClientCertificates needed(Collection<X509Certificate> authorities) {
        return new ClientCertificates(ClientAuth.by(ClientAuth.Demand.NEEDED, authorities));
    }

    /**
     * The same as {@link #wanted(Collection)}, with a judge of one's own.
     *
     * @param judge decides which are trusted; called on a thread that must not be blocked
     * @return the setting
     */
    public static ClientCertificates wanted(X509ExtendedTrustManager judge) {
        return new ClientCertificates(ClientAuth.by(ClientAuth.Demand.WANTED, judge));
    }

    /**
     * The same as {@link #needed(Collection)}, with a judge of one's own.
     *
     * @param judge decides which are trusted; called on a thread that must not be blocked
     * @return the setting
     */
    public static ClientCertificates needed(X509ExtendedTrustManager judge) {
        return new ClientCertificates(ClientAuth.by(ClientAuth.Demand.NEEDED, judge));
    }

    /**
     * Reads the certificates of authorities, for {@link #wanted(Collection)} and {@link #needed(Collection)}.
     *
     * @param file a file in PEM
     * @return the certificates in it
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if there is none in it
     */
    public static List<X509Certificate> authorities(Path file) throws IOException {
        return KeyFiles.certificates(file);
    }

    /**
     * Trusts no certificate that one of these lists revokes, nor any of an authority that none of them is of. Nothing is looked up on the network; give newer lists by
     * {@link ServerTls#reload(TlsKeys, ClientCertificates)}.
     *
     * @param lists the authorities' lists
     * @return the setting
     * @throws IllegalStateException if there are no authorities, but a judge or nothing
     */
    public ClientCertificates revokedBy(Collection<X509CRL> lists) {
        return new ClientCertificates(auth.revokedBy(Objects.requireNonNull(lists, "lists")));
    }

    /**
     * Reads revocation lists, for {@link #revokedBy}.
     *
     * @param file a file, in PEM or DER
     * @return the lists in it
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if there is none in it
     */
    public static List<X509CRL> revocationLists(Path file) throws IOException {
        return KeyFiles.revocationLists(file);
    }

    ClientAuth auth() {
        return auth;
    }
}
