package io.portolan.ftps;

/** Which cipher suites are offered. There is TLS 1.3 and TLS 1.2 in each, and nothing older (RFC 8996). */
public enum TlsPreset {

    /** Authenticated encryption and forward secrecy only: what RFC 9325 recommends. */
    MODERN,

    /** Also AES-CBC and RSA key exchange with TLS 1.2, for clients of 2010. */
    COMPATIBLE
}
