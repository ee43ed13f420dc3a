package io.portolan.core.internal.proxy;

import java.util.Optional;

/**
 * A proxy, and who one is to it.
 *
 * @param kind what it speaks
 * @param host its name or address
 * @param port its port
 * @param login who one is, if it wants to know
 */
public record Proxy(Kind kind, String host, int port, Optional<Login> login) {

    /** What proxies speak. */
    public enum Kind {
        /** SOCKS 4a: the proxy resolves names; a user's name, no password. */
        SOCKS4,
        /** RFC 1928, with or without RFC 1929. */
        SOCKS5,
        /** RFC 9110 section 9.3.6, with or without Basic authentication. */
        HTTP_CONNECT
    }

    /** Who one is to a proxy. */
    public record Login(String user, String password) {
        @Override
        public String toString() {
            return user;
        }
    }
}
