package io.portolan.sftp.server.internal.handle;

import java.io.IOException;

/** What work that takes long asks now and then. May be called on any thread. */
@FunctionalInterface
public interface GoingOn {

    /**
     * Returns if the work is still wanted.
     *
     * @throws IOException if it is not
     */
    void check() throws IOException;
}
