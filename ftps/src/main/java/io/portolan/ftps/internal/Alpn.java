package io.portolan.ftps.internal;

/** What connections are for, in TLS's own words (RFC 7301). */
final class Alpn {

    /** The names that clients of FTP offer: {@code ftp} is IANA's; {@code ftp-data} is what some say on data connections. */
    static final String[] PROTOCOLS = {"ftp", "ftp-data"};

    private Alpn() {}
}
