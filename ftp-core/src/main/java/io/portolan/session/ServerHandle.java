package io.portolan.session;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A running server. Made by the server's {@code start()}, not to be implemented elsewhere: it may grow. Safe to use from any thread.
 */
public interface ServerHandle extends AutoCloseable {

    /** How long {@link #close()} lets transfers go on: long enough for a small file, short enough for a test. */
    Duration DEFAULT_DRAIN = Duration.ofSeconds(5);

    /**
     * The addresses that the server listens on, with the ports that it really got.
     *
     * @return the addresses, one or more; empty once it has stopped
     */
    List<InetSocketAddress> addresses();

    /**
     * The port of the first address.
     *
     * @return the port, 1–65535
     * @throws IllegalStateException if the server has stopped
     */
    default int port() {
        List<InetSocketAddress> all = addresses();
        if (all.isEmpty()) {
            throw new IllegalStateException("the server has stopped");
        }
        return all.get(0).getPort();
    }

    /**
     * The sessions that are alive now.
     *
     * @return a snapshot
     */
    List<SessionInfo> sessions();

    /**
     * Ends a session; a transfer of its is aborted.
     *
     * @param sessionId a {@link SessionInfo#id()}
     * @param reason told to the peer and to the listeners
     * @return whether there was such a session
     */
    boolean disconnect(String sessionId, String reason);

    /**
     * Stops the server: no new connection is taken, idle sessions are told and closed, transfers that run may end within the time given, then
     * are aborted. May be called several times; a later call can only shorten the time.
     *
     * @param drain how long transfers may go on; zero aborts them at once
     * @return completes when the last session, thread and port of this server is gone
     */
    CompletableFuture<Void> stop(Duration drain);

    /** Stops with {@link #DEFAULT_DRAIN} and waits until everything is gone. Does not throw. */
    @Override
    void close();
}
