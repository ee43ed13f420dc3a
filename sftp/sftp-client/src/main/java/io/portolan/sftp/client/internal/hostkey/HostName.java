package io.portolan.sftp.client.internal.hostkey;

import java.util.Locale;

/**
 * A server as files of known hosts name it: in lower case, and with its port in {@code [name]:port} unless that is 22.
 *
 * @param name its name or address
 * @param port its port
 */
public record HostName(String name, int port) {

    private static final int STANDARD_PORT = 22;

    public HostName {
        name = name.toLowerCase(Locale.ROOT);
    }

    /** A name that stands for a server wherever it listens. */
    static HostName alias(String alias) {
        return new HostName(alias, STANDARD_PORT);
    }

    /** As it stands in a file. */
    public String known() {
        return port == STANDARD_PORT ? name : "[" + name + "]:" + port;
    }

    /** Whether the port is part of it. */
    boolean hasPort() {
        return port != STANDARD_PORT;
    }

    @Override
    public String toString() {
        return known();
    }
}
