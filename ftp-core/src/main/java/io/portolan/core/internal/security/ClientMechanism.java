package io.portolan.core.internal.security;

import io.portolan.ftp.security.SecurityMechanism;
import java.io.IOException;

/** A mechanism as clients are given it: settings, which several clients may share. */
public interface ClientMechanism extends SecurityMechanism {

    /**
     * Makes ready for one client. Called on its house thread, before it connects.
     *
     * @param threads the client's threads
     * @return what protects this client's sessions, to be closed with it
     * @throws IOException if it cannot be, such as for a key that cannot be used; says which
     */
    ClientSecurity open(SecurityThreads threads) throws IOException;
}
