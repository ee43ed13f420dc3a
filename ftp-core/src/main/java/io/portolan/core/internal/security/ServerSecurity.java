package io.portolan.core.internal.security;

import io.portolan.ftp.security.ProtectionLevel;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A mechanism at work in one server. */
public interface ServerSecurity {

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

    /**
     * Begins to protect a session. Called on its event loop when AUTH has been accepted and 234 has been written, which still leaves unprotected, or when a
     * connection is made that is protected from the start.
     *
     * @param name which of {@link #names()} was asked for
     * @param host the server's name that the client has said before (HOST), or null
     * @return what protects this session
     */
    SessionSecurity begin(String name, @Nullable String host);

    /**
     * Whether AUTH by a name protects data connections too, without PBSZ and PROT.
     *
     * @param name one of {@link #names()}
     * @return whether it does
     */
    boolean impliesDataProtection(String name);

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

    /**
     * Whether a client that speaks first begins with protection.
     *
     * @param firstOctet the first octet that it sends
     * @return whether no client in the clear begins so
     */
    boolean isProtected(int firstOctet);

    /** Lets go of what belongs to the server. Called on its house thread, when no session begins any more; those that there are may go on. */
    void close();
}
