package io.portolan.core.internal.security;

import io.portolan.ftp.security.SecurityMechanism;
import java.io.IOException;

/** A mechanism as servers are given it: settings, which several servers may share. */
public interface ServerMechanism extends SecurityMechanism {

    /**
     * Makes ready for one server. Called on its house thread, before it listens.
     *
     * @param threads the server's threads
     * @return what protects this server's sessions, to be closed with it
     * @throws IOException if it cannot be, such as for a key that cannot be used; says which
     */
    ServerSecurity open(SecurityThreads threads) throws IOException;
}
