package io.portolan.sftp.client.internal.protocol;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What some servers do with symbolic links otherwise than most. A server is known by its identification (RFC 4253 section 4.2) and by nothing else: nothing is tried out, as a link with its two names in the wrong order
 * is made all the same, somewhere else. Servers that are not in the table are taken to be as OpenSSH.
 */
public enum LinkQuirk {

    /**
     * Up to version 5 the link comes first, as the drafts have it (draft-ietf-secsh-filexfer-02 section 6.10). OpenSSH has had the target first from the beginning, and says so (its PROTOCOL, section 4.1); most servers
     * followed it.
     */
    SYMLINK_AS_DRAFTED,

    /** In version 6 the target comes first, in spite of the draft (draft-ietf-secsh-filexfer-13 section 8.5), also for hard links. */
    LINK_TARGET_FIRST,

    /** In version 6 a target without a slash at its beginning is looked for in the directory of the login, and not in the link's, and written down as it was found. */
    LINK_TARGET_FROM_LOGIN,

    /** LSTAT tells of what a link leads to, if there is something: a link to a directory looks like a directory, and who deletes that with all that is in it deletes what is somewhere else. */
    LSTAT_FOLLOWS;

    private static final String PROTOCOL = "SSH-2.0-";

    private static final List<Server> SERVERS = List.of(
            // it takes OpenSSH's order from clients that call themselves OpenSSH or paramiko, and the drafts' from
            // others, of which we are one
            new Server("AsyncSSH_", EnumSet.of(SYMLINK_AS_DRAFTED)),
            // its server reads LINK as it reads SYMLINK, and its client writes it so
            new Server("APACHE-SSHD-", EnumSet.of(LINK_TARGET_FIRST)),
            // ProFTPD: it makes each path whole before it looks at it, and follows links for that
            new Server("mod_sftp", EnumSet.of(LINK_TARGET_FROM_LOGIN, LSTAT_FOLLOWS)));

    private record Server(String begins, Set<LinkQuirk> quirks) {}

    /**
     * What a server does otherwise.
     *
     * @param identification what it calls itself, {@code SSH-2.0-…}
     * @return empty for OpenSSH, and for those of which nothing is known
     */
    public static Set<LinkQuirk> of(String identification) {
        return SERVERS.stream()
                .filter(server -> identification.startsWith(PROTOCOL + server.begins()))
                .findFirst()
                .map(Server::quirks)
                .orElse(Set.of());
    }
}
