package io.portolan.examples.benchmarks.client;

import io.portolan.examples.benchmarks.peer.RunningPeer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a client logs in, on this machine.
 *
 * @param tls whether control and data connections are protected, by explicit TLS
 * @param key the file of the private key that one logs in with; null for a password
 */
public record Account(
        int port,
        String user,
        String password,
        boolean tls,
        @Nullable Path key) {

    /** What everybody listens on here. */
    static final String HOST = "127.0.0.1";

    /** The account of a server. */
    public static Account of(RunningPeer peer, boolean tls) {
        return new Account(peer.address().getPort(), peer.user(), peer.password(), tls, null);
    }

    /** The account of an SSH server. */
    public static Account withKey(RunningPeer peer) {
        return new Account(peer.address().getPort(), peer.user(), "", false, peer.key());
    }

    /** The same by way of somebody who passes everything on. */
    public Account by(int otherPort) {
        return new Account(otherPort, user, password, tls, key);
    }

    /** The file of the private key that one logs in with. */
    Path identity() {
        if (key == null) {
            throw new IllegalStateException("there is only a password");
        }
        return key;
    }

    String url(String path) {
        return "ftp://" + user + ":" + password + "@" + HOST + ":" + port + "/" + path;
    }
}
