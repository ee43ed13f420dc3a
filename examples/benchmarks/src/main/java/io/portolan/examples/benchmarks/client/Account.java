package io.portolan.examples.benchmarks.client;

import io.portolan.examples.benchmarks.peer.RunningPeer;

/**
 * Where a client logs in, on this machine.
 *
 * @param tls whether control and data connections are protected, by explicit TLS
 */
public record Account(int port, String user, String password, boolean tls) {

    /** What everybody listens on here. */
    static final String HOST = "127.0.0.1";

    /** The account of a server. */
    public static Account of(RunningPeer peer, boolean tls) {
        return new Account(peer.address().getPort(), peer.user(), peer.password(), tls);
    }

    /** The same by way of somebody who passes everything on. */
    public Account by(int otherPort) {
        return new Account(otherPort, user, password, tls);
    }

    String url(String path) {
        return "ftp://" + user + ":" + password + "@" + HOST + ":" + port + "/" + path;
    }
}
