package io.portolan.sftp.client;

/** The kinds of proxies through which a server, or the first jump host on the way to it, can be reached. */
public enum ProxyType {
    /** SOCKS 4a: the proxy resolves names; a user's name, no password. */
    SOCKS4,
    /** SOCKS 5 (RFC 1928), with or without user and password (RFC 1929). */
    SOCKS5,
    /** HTTP's CONNECT (RFC 9110, section 9.3.6), with or without Basic authentication. */
    HTTP_CONNECT
}
