package io.portolan.ftp.client.internal.session;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.portolan.core.internal.concurrent.WorkerLane;
import io.portolan.core.internal.security.ClientSecurity;
import io.portolan.core.internal.security.SecurityThreads;
import io.portolan.core.internal.transport.TransportRuntime;
import io.portolan.ftp.client.FtpConnectionException;
import io.portolan.ftp.client.FtpException;
import io.portolan.ftp.client.FtpSecurityException;
import io.portolan.ftp.client.internal.ClientSettings;
import io.portolan.ftp.client.internal.Futures;
import io.portolan.ftp.client.internal.data.OutgoingConnections;
import io.portolan.transport.TransportOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** A client at work: its threads, what protects its sessions, and the sessions that there are. Safe to use from any thread. */
public final class ClientContext implements AutoCloseable {

    private final ClientSettings settings;
    private final TransportRuntime transport;
    private final OutgoingConnections connections;
    private final CompletableFuture<Optional<ClientSecurity>> security;
    private final Set<Channel> controls = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private ClientContext(ClientSettings settings, TransportRuntime transport) {
        this.settings = settings;
        this.transport = transport;
        this.connections =
                new OutgoingConnections(transport, settings.timeouts().connect());
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

    /** A session that is logged in, completed on its event loop. */
    public CompletableFuture<ClientSession> connect() {
        CompletableFuture<ClientSession> result = new CompletableFuture<>();
        CompletableFuture<List<InetAddress>> resolved = new CompletableFuture<>();
        try {
            transport.workers().execute(() -> resolve(resolved));
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(new FtpConnectionException("the client has been closed", e));
        }
        EventLoop loop = transport.loops().next();
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
            resolved.complete(List.of(InetAddress.getAllByName(settings.host())));
        } catch (UnknownHostException | RuntimeException e) {
            resolved.completeExceptionally(
                    new FtpConnectionException("the name " + settings.host() + " has no address", e));
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
        InetSocketAddress address = new InetSocketAddress(addresses.next(), settings.port());
        return connections
                .control(loop, address)
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
        controls.add(channel);
        channel.closeFuture().addListener(gone -> controls.remove(channel));
        if (closed) {
            channel.close();
            throw new CompletionException(new FtpConnectionException("the client has been closed", null));
        }
        return Login.on(channel, settings, connections, new WorkerLane(transport.workers()), mechanism);
    }

    /** Ends all sessions and waits for the last thread. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        transport.onHouse(() -> {
            controls.forEach(Channel::close);
            security.thenAccept(open -> open.ifPresent(ClientSecurity::close));
            return null;
        });
        transport.close();
    }
}
