package io.portolan.ftps.servers;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a server is to be like.
 *
 * @param installed where its program is
 * @param scratch for its settings and logs
 * @param root what it serves
 * @param address where it listens
 * @param port where it listens
 * @param keys what it shows, or null if there is to be no TLS
 * @param reuse whether data connections have to resume the session
 */
record ServerSetup(
        Installed installed,
        Path scratch,
        Path root,
        String address,
        int port,
        @Nullable PemFiles keys,
        boolean reuse) {

    boolean isIpv6() {
        return address.indexOf(':') >= 0;
    }
}
