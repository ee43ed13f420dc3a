package io.portolan.sftp.client;

import java.util.Objects;

/**
 * A server on the way to the one that is meant, which makes the connection to the next one (direct-tcpip, RFC 4254 section 7.2). It carries octets that it cannot read, and is logged in to like any
 * other.
 *
 * @param host its name or address, which is resolved here for the first on the way, and for each other by the one before it
 * @param port 1–65535
 * @param user who logs in
 * @param login by what
 * @param hostKeys how it is known
 */
public record JumpHost(String host, int port, String user, SshLogin login, HostKeys hostKeys) {

    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException if one makes no sense
     */
    public JumpHost {
        SftpClient.requireName("jump.host", host);
        SftpClient.requirePort("jump.port", port);
        SftpClient.requireName("jump.user", user);
        Objects.requireNonNull(login, "jump.login");
        Objects.requireNonNull(hostKeys, "jump.hostKeys");
    }
}
