package io.portolan.ftp.security;

import java.util.Set;

/**
 * Something that AUTH can name (RFC 2228 §3), such as TLS. Made by {@code portolan-ftps}; not to be implemented elsewhere: what a mechanism does to a
 * connection is between it and the protocol, and it may grow.
 */
public interface SecurityMechanism {

    /**
     * The names by which AUTH asks for it.
     *
     * @return the names in upper case, the one that FEAT tells first
     */
    Set<String> names();

    /**
     * How data connections can be protected.
     *
     * @return the levels that PROT accepts
     */
    Set<ProtectionLevel> dataLevels();
}
