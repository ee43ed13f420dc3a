package io.portolan.sftp.client.internal.connect;

import io.portolan.sftp.client.internal.auth.LoginSettings;
import io.portolan.sftp.client.internal.hostkey.HostKeySettings;

/**
 * A server to log in to: the one that is meant, or one on the way to it.
 *
 * @param host its name or address, as it is known and as it is resolved by whoever connects to it
 * @param port its port
 * @param user who logs in
 * @param login by what
 * @param hostKeys how it is known
 */
public record Hop(String host, int port, String user, LoginSettings login, HostKeySettings hostKeys) {

    private static final int STANDARD_PORT = 22;

    /** For people who are asked for a secret: two servers on one host, as behind tunnels, are told apart. */
    public String place() {
        return port == STANDARD_PORT ? host : toString();
    }

    /** For messages. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
