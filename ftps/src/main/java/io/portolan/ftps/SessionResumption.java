package io.portolan.ftps;

/**
 * What data connections have to do with the TLS session of their control connection. Only who has that session's secrets can resume it, so that a resumed data connection
 * is the same client's, and nobody can steal it by being faster.
 */
public enum SessionResumption {

    /**
     * Each data connection must resume the session of its own control connection, or show the client certificate that was shown there; others are refused with 522.
     *
     * <p>With TLS 1.3 each session ticket is meant to be used once, and every connection brings the next. A client that does not read on uploads, such as curl 7.88, never gets it, and cannot upload a
     * second file over the same control connection.
     *
     * <p>Many clients keep one session for each server's address and port. One that has two control connections to a server in such a store, as when several clients of Apache commons-net or of the JDK
     * share one {@link javax.net.ssl.SSLContext}, shows the later one's session on data connections of both, and is refused with 522 on those of the first. A context for each control connection helps on the
     * client's side; here it is {@link #PREFER}, or client certificates.
     */
    REQUIRE,

    /** They may. One that does not is let in if it comes from the client's address. */
    PREFER,

    /** They cannot: each has a full handshake. */
    OFF
}
