package io.portolan.sftp.server.internal.engine;

/**
 * What a server shares between its sessions, and what it tells them.
 *
 * @param locks who has locked what
 * @param tellsSpace whether the size and the free room of the store are told: that of the operator's disk may be nobody's business
 * @param tellsPrincipals whether names of users and groups are told by their numbers, as far as this session has seen them in listings
 */
public record SftpPolicy(LockTable locks, boolean tellsSpace, boolean tellsPrincipals) {

    /** The defaults, with locks of its own. */
    public static SftpPolicy create() {
        return new SftpPolicy(new LockTable(), true, true);
    }
}
