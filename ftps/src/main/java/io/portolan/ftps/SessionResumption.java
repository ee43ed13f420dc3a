package io.portolan.ftps;

/**
 * What data connections have to do with the TLS session of their control connection. Only who has that session's secrets can resume it, so that a resumed data connection
 * is the same client's, and nobody can steal it by being faster.
 */
public enum SessionResumption {

    /**
     * Each data connection must resume the session of its own control connection, or show the client certificate that was shown there; others are refused with 522.
     *
     * <p>With TLS 1.3 a client is to use each session ticket once (RFC 8446 appendix C.4), and every connection brings the next. A client that does not read on uploads, such as curl with OpenSSL, never
     * gets it: at the second upload over the same control connection it asks for a new session, with no ticket at all (its hello has no {@code pre_shared_key}), and there is nothing to tell it from
     * a thief by. A server cannot help it. Several tickets at first do not last, as such clients keep the newest only. Tickets that are sent on an upload while they are not read make the
     * client's system reset the connection and throw away the file's tail; here they wait for the client's end. And on the control connection, where clients do read, neither BoringSSL nor the JDK can send one
     * once the handshake is over. With TLS 1.2, whose sessions can be resumed as often as one likes, such clients work, and so they do with {@link #PREFER}.
     * An upload that was aborted or cut off brings no ticket either; a client that has none left then has to connect anew.
     *
     * <p>Who is refused may have been a neighbour at the client's address who was faster. So in passive mode another connection is waited for, for 3 seconds at most, before 522 is said; those that come then are closed unheard
     * unless they ask for the right session. This and the next are not so with an {@linkplain TlsKeys#sslContext SSLContext} or for a client with a {@linkplain ClientCertificates certificate}: there the first connection
     * decides.
     *
     * <p>On a passive port that sessions of one address share (see {@code PassivePorts}) a connection that resumes nothing is closed unheard, and the session it was meant for goes on waiting for another until
     * its time is over: 425 instead of 522.
     *
     * <p>Many clients keep one session for each server's address and port. One that has two control connections to a server in such a store, as when several clients of Apache commons-net or of the JDK
     * share one {@link javax.net.ssl.SSLContext}, shows the later one's session on data connections of both, and is refused with 522 on those of the first. A context for each control connection helps on the
     * client's side; here it is {@link #PREFER}, or client certificates.
     */
    REQUIRE,

    /** They may. One that does not is let in if it comes from the client's address. */
    PREFER,

    /** They cannot: each has a full handshake. With an {@linkplain TlsKeys#sslContext SSLContext}, whose sessions are its owner's business, this is the same as {@link #PREFER}. */
    OFF
}
