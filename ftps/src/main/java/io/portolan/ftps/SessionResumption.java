package io.portolan.ftps;

/**
 * What data connections have to do with the TLS session of their control connection. Only who has that session's secrets can resume it, so that a resumed data connection
 * is the same client's, and nobody can steal it by being faster.
 */
public enum SessionResumption {

    /** Each data connection must resume the session of its own control connection; others are refused with 522. */
    REQUIRE,

    /** They may. One that does not is let in if it comes from the client's address. */
    PREFER,

    /** They cannot: each has a full handshake. */
    OFF
}
