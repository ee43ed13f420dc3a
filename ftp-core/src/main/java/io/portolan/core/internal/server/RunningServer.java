package io.portolan.core.internal.server;

import io.netty.channel.Channel;
import io.portolan.core.internal.session.SessionRegistry;
import io.portolan.core.internal.transport.TransportRuntime;
import io.portolan.session.ServerHandle;
import io.portolan.session.SessionInfo;
import io.portolan.transport.TransportOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server from the first thread to the last, whatever it speaks: does what {@link ServerHandle} promises. Netty is called on threads of the
 * {@link TransportRuntime} only; what users call here hands over. Safe to use from any thread.
 */
public final class RunningServer {

    private static final Logger LOG = LoggerFactory.getLogger(RunningServer.class);

    private final TransportRuntime transport;
    private final SessionRegistry<? extends LiveSession> sessions;
    private final List<InetSocketAddress> addresses;
    private final ServerStop stop;

    /** Puts a server together, on a house thread. What it has begun it ends itself if it throws, but not the transport. */
    @FunctionalInterface
    public interface Assembly<T> {
        T assemble(TransportRuntime transport) throws Exception;
    }

    /**
     * Makes the handle of a server that listens.
     *
     * @param transport its threads
     * @param sessions its sessions
     * @param listeners its listeners
     * @param release closes what else the server holds once its sessions are over; called once, on a house thread
     */
    public RunningServer(
            TransportRuntime transport,
            SessionRegistry<? extends LiveSession> sessions,
            List<Channel> listeners,
            Callable<CompletableFuture<Void>> release) {
        this.transport = transport;
        this.sessions = sessions;
        this.addresses = listeners.stream()
                .map(listener -> (InetSocketAddress) listener.localAddress())
                .toList();
        this.stop = new ServerStop(transport, sessions, List.copyOf(listeners), release);
    }

    /**
     * Starts the threads, and puts a server together on one of them.
     *
     * @param options which threads
     * @param name the beginning of their names
     * @param assembly what the server consists of
     * @param <T> the server
     * @return the server
     * @throws UncheckedIOException if the port, or a file, cannot be had
     */
    public static <T> T start(TransportOptions options, String name, Assembly<T> assembly) {
        TransportRuntime transport = TransportRuntime.start(options, name);
        try {
            return transport.onHouse(() -> assembly.assemble(transport)).join();
        } catch (CompletionException e) {
            transport.close();
            Throwable cause = e.getCause();
            if (cause instanceof IOException io) {
                throw new UncheckedIOException(io.getMessage(), io);
            }
            if (cause instanceof RuntimeException runtime) {
                throw runtime;
            }
            throw e;
        }
    }

    /** See {@link ServerHandle#addresses}. */
    public List<InetSocketAddress> addresses() {
        return stop.hasBegun() ? List.of() : addresses;
    }

    /** See {@link ServerHandle#sessions}. */
    public List<SessionInfo> sessions() {
        return List.copyOf(sessions.snapshot());
    }

    /** See {@link ServerHandle#disconnect}. */
    public boolean disconnect(String sessionId, String reason) {
        return sessions.find(sessionId)
                .map(session -> {
                    session.loop().execute(() -> session.kick(reason));
                    return true;
                })
                .orElse(false);
    }

    /** See {@link ServerHandle#stop}. */
    public CompletableFuture<Void> stop(Duration drain) {
        return stop.within(drain);
    }

    /** See {@link ServerHandle#close}. */
    public void close() {
        CompletableFuture<Void> end = stop(ServerHandle.DEFAULT_DRAIN);
        if (transport.isNeeded(Thread.currentThread())) {
            LOG.warn("close() was called on a thread that the server itself needs, and does not wait for the end");
            return;
        }
        try {
            end.join();
        } catch (CompletionException e) {
            LOG.warn("The server did not end cleanly", e.getCause());
        }
        // The threads that told of the end have to end as well.
        stop.join();
        transport.close();
    }
}
