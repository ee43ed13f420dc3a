package io.portolan.ftp.client.internal.check;

import java.time.Duration;
import java.util.Optional;

/** What is to be checked, and how long that may take. */
public record CheckSettings(
        Protection protection,
        String host,
        int port,
        String user,
        String password,
        boolean insecure,
        Optional<String> uploadPath,
        Duration connectTime,
        Duration replyTime,
        Duration limit) {

    /** When TLS begins. */
    public enum Protection {
        NONE,
        EXPLICIT,
        IMPLICIT
    }

    String endpoint() {
        String scheme = switch (protection) {
            case NONE -> "ftp";
            case EXPLICIT -> "ftpes";
            case IMPLICIT -> "ftps";
        };
        return scheme + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    @Override
    public String toString() {
        return endpoint();
    }
}
