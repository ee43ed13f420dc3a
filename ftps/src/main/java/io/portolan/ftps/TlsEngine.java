package io.portolan.ftps;

/** What does TLS's arithmetic. */
public enum TlsEngine {

    /** BoringSSL where it is there for this system, otherwise the JDK; the log says which. */
    AUTO,

    /** BoringSSL, by netty-tcnative; a server does not start where it is not there. */
    BORINGSSL,

    /** The JDK's own: slower, and on every system; needed with providers of the JDK's cryptography, such as for FIPS. */
    JDK
}
