package io.portolan.core.internal.security;

import io.portolan.ftp.security.SecurityMechanism;

/** A mechanism on the server's side. */
public interface ServerSecurity extends SecurityMechanism {

    /**
     * Begins to protect a session. Called on its event loop when AUTH has been accepted and 234 has been written, which still leaves unprotected.
     *
     * @param name which of {@link #names()} was asked for
     * @return what protects this session
     */
    SessionSecurity begin(String name);

    /**
     * Whether nobody may log in without.
     *
     * @return the setting
     */
    boolean isRequiredForLogin();

    /**
     * Whether nothing may be transferred in the clear.
     *
     * @return the setting
     */
    boolean isRequiredForData();

    /**
     * Whether CCC may take the control connection back into the clear.
     *
     * @return the setting
     */
    boolean isClearingAllowed();
}
