package io.portolan.session;

import io.portolan.auth.Identity;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A session as others see it. Made by the server, not to be implemented elsewhere: it may grow. Safe to use from any thread; the answers are those of
 * the moment.
 */
public interface SessionInfo {

    /**
     * A short text that no other session of this server has, also in the log under the MDC key {@code session}.
     *
     * @return the identifier: letters and digits
     */
    String id();

    /**
     * What the session speaks.
     *
     * @return the protocol
     */
    Protocol protocol();

    /**
     * Where the peer is, as the connection says; behind a proxy or a NAT that is where these are.
     *
     * @return the peer's address
     */
    InetSocketAddress remoteAddress();

    /**
     * Which of our addresses the peer reached.
     *
     * @return the local address
     */
    InetSocketAddress localAddress();

    /**
     * When the connection came in.
     *
     * @return the time
     */
    Instant connectedAt();

    /**
     * Who is logged in.
     *
     * @return the identity, or empty before login
     */
    Optional<Identity> user();

    /**
     * The virtual host that the peer named (FTP's HOST, TLS's server name).
     *
     * @return the host's name, if one was named
     */
    Optional<String> virtualHost();

    /**
     * What the peer calls itself (FTP's CLNT or CSID, SSH's version).
     *
     * @return the name, as it was sent, without control characters
     */
    Optional<String> clientSoftware();

    /**
     * Whether the control connection is encrypted now.
     *
     * @return whether nobody on the way can read it
     */
    boolean isEncrypted();

    /**
     * By what the control connection is encrypted now, known from the moment that the peer says who it is.
     *
     * @return the protocol and the cipher; empty before, and if it is not encrypted
     */
    default Optional<Encryption> encryption() {
        return Optional.empty();
    }

    /**
     * The certificates that the peer has shown (TLS) and whose private key it holds, known from the moment that it says who it is. They are trusted as the TLS settings say.
     *
     * @return the chain, the peer's own first; empty if it has shown none
     */
    default List<X509Certificate> clientCertificates() {
        return List.of();
    }

    /** What a session can speak. */
    enum Protocol {
        /** FTP, encrypted or not. */
        FTP,
        /** SFTP. */
        SFTP
    }
}
