package io.portolan.ftp.client.internal.session;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.portolan.core.internal.concurrent.Futures;
import io.portolan.core.internal.concurrent.WorkerLane;
import io.portolan.core.internal.security.ClientSecurity;
import io.portolan.core.internal.security.SecurityThreads;
import io.portolan.core.internal.transport.TransportRuntime;
import io.portolan.ftp.client.FtpConnectionException;
import io.portolan.ftp.client.FtpException;
import io.portolan.ftp.client.FtpSecurityException;
import io.portolan.ftp.client.internal.ClientSettings;
import io.portolan.ftp.client.internal.control.ControlConnection;
import io.portolan.ftp.client.internal.data.OutgoingConnections;
import io.portolan.transport.TransportOptions;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A client at work: its threads, what protects its sessions, and the sessions that there are. Safe to use from any thread. */
public final class ClientContext implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ClientContext.class);

    private final ClientSettings settings;
    private final TransportRuntime transport;
    private final OutgoingConnections connections;
    private final CompletableFuture<Optional<ClientSecurity>> security;
    private final Set<LiveSession> sessions = ConcurrentHashMap.newKeySet();
    private final Set<Runnable> closers = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private volatile boolean closed;

    private ClientContext(ClientSettings settings, TransportRuntime transport) {
        this.settings = settings;
        this.transport = transport;
        this.connections = new OutgoingConnections(transport, settings);
        this.security = transport.onHouse(() -> settings.mechanism().isEmpty()
                ? Optional.empty()
                : Optional.of(settings.mechanism().get().open(new Threads(transport))));
    }

    /** Starts the threads. */
    public static ClientContext start(ClientSettings settings, TransportOptions options) {
        return new ClientContext(settings, TransportRuntime.start(options, "ftp-client"));
    }

    private record Threads(TransportRuntime transport) implements SecurityThreads {
        @Override
        public <T> CompletableFuture<T> onHouse(Callable<T> task) {
            return transport.onHouse(task);
        }

        @Override
        public Executor workers() {
            return transport.workers();
        }
    }

    public ClientSettings settings() {
        return settings;
    }

    public Executor workers() {
        return transport.workers();
    }

    /** One of the event loops. */
    public EventLoop nextLoop() {
        return transport.loops().next();
    }

    /** Has something done before the client's sessions end. */
    public void beforeClose(Runnable closer) {
        closers.add(closer);
        if (closed) {
            closer.run();
        }
    }

    /** It has been done already. */
    public void forget(Runnable closer) {
        closers.remove(closer);
    }

    /** A session that is logged in, completed on its event loop. */
    public CompletableFuture<ClientSession> connect() {
        CompletableFuture<ClientSession> result = new CompletableFuture<>();
        CompletableFuture<List<InetAddress>> resolved = new CompletableFuture<>();
        try {
            transport.workers().execute(() -> resolve(resolved));
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(new FtpConnectionException("the client has been closed", e));
        }
        EventLoop loop = nextLoop();
        resolved.thenCombine(security, Target::new).whenComplete((target, failure) -> {
            if (failure != null) {
                result.completeExceptionally(explain(Futures.unwrap(failure)));
                return;
            }
            try {
                loop.execute(() -> connect(loop, target, result));
            } catch (RejectedExecutionException e) {
                result.completeExceptionally(new FtpConnectionException("the client has been closed", e));
            }
        });
        return result;
    }

    private record Target(List<InetAddress> addresses, Optional<ClientSecurity> security) {}

    private static Throwable explain(Throwable failure) {
        return failure instanceof FtpException
                ? failure
                : new FtpSecurityException("connections cannot be protected: " + failure.getMessage(), failure);
    }

    private void resolve(CompletableFuture<List<InetAddress>> resolved) {
        try {
            resolved.complete(List.of(InetAddress.getAllByName(connections.firstHost())));
        } catch (UnknownHostException | RuntimeException e) {
            resolved.completeExceptionally(
                    new FtpConnectionException("the name " + connections.firstHost() + " has no address", e));
        }
    }

    private void connect(EventLoop loop, Target target, CompletableFuture<ClientSession> result) {
        attempt(loop, target.addresses().iterator(), null)
                .thenCompose(channel -> logIn(channel, target.security().orElse(null)))
                .whenComplete((session, failure) -> {
                    if (failure != null) {
                        result.completeExceptionally(Futures.unwrap(failure));
                    } else if (!result.complete(session)) {
                        session.close();
                    }
                });
    }

    /** One address after another: a name often has one of IPv6 that leads nowhere. */
    private CompletableFuture<Channel> attempt(
            EventLoop loop, Iterator<InetAddress> addresses, @Nullable Throwable before) {
        return connections
                .control(loop, addresses.next())
                .handle((channel, failure) -> {
                    if (failure == null) {
                        return CompletableFuture.completedFuture(channel);
                    }
                    Throwable cause = Futures.unwrap(failure);
                    if (before != null) {
                        cause.addSuppressed(before);
                    }
                    return addresses.hasNext()
                            ? attempt(loop, addresses, cause)
                            : CompletableFuture.<Channel>failedFuture(cause);
                })
                .thenCompose(next -> next);
    }

    private CompletableFuture<ClientSession> logIn(Channel channel, @Nullable ClientSecurity mechanism) {
        ControlConnection control = ControlConnection.on(
                channel, settings.charset(), settings.timeouts().reply());
        LiveSession live = new LiveSession(control, new WorkerLane(transport.workers()));
        sessions.add(live);
        live.ended().thenAccept(gone -> sessions.remove(live));
        if (closed) {
            live.close();
        }
        return Login.on(control, settings, connections, live.lane(), mechanism);
    }

    /** Ends all sessions and waits for the last thread. */
    @Override
    public void close() {
        boolean waits = !transport.isNeeded(Thread.currentThread());
        if (!closing.compareAndSet(false, true)) {
            if (waits) {
                over.join();
            }
            return;
        }
        try {
            end(waits);
        } finally {
            over.complete(null);
        }
    }

    /** On a thread that is needed for the end nothing is waited for, as it would not come. */
    private void end(boolean waits) {
        closed = true;
        closers.forEach(Runnable::run);
        CompletableFuture<?>[] ends = sessions.stream().map(LiveSession::close).toArray(CompletableFuture<?>[]::new);
        if (waits) {
            try {
                CompletableFuture.allOf(ends).get(TransportRuntime.CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException e) {
                LOG.warn("What sessions have read or written does not end: {}", e.toString());
            }
        }
        transport.onHouse(() -> {
            security.thenAccept(open -> open.ifPresent(ClientSecurity::close));
            return null;
        });
        transport.close();
    }
}
