package io.portolan.sftp.client.internal.connect;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.portolan.core.internal.concurrent.Futures;
import io.portolan.core.internal.concurrent.WorkerLane;
import io.portolan.core.internal.transport.TransportRuntime;
import io.portolan.sftp.client.SftpConnectionException;
import io.portolan.sftp.client.SftpException;
import io.portolan.sftp.client.internal.hostkey.HostKeyJudge;
import io.portolan.ssh.internal.connection.WindowBudget;
import io.portolan.transport.TransportOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A client at work: its threads, and the connections that there are. Safe to use from any thread. */
public final class ClientContext implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ClientContext.class);

    private static final String CLOSED = "the client has been closed";

    private final ConnectSettings settings;
    private final TransportRuntime transport;
    private final TcpConnector tcp;
    private final WindowBudget windows = WindowBudget.ofHeap();
    private final SecureRandom random = new SecureRandom();
    private final Set<LiveConnection> connections = ConcurrentHashMap.newKeySet();
    private final Set<Runnable> closers = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private volatile boolean closed;

    private ClientContext(ConnectSettings settings, TransportRuntime transport) {
        this.settings = settings;
        this.transport = transport;
        this.tcp = new TcpConnector(transport, settings.timeouts().connect());
    }

    /** Starts the threads. */
    public static ClientContext start(ConnectSettings settings, TransportOptions options) {
        return new ClientContext(settings, TransportRuntime.start(options, "sftp-client"));
    }

    public ConnectSettings settings() {
        return settings;
    }

    public Executor workers() {
        return transport.workers();
    }

    /** One of the event loops. */
    public EventLoop nextLoop() {
        return transport.loops().next();
    }

    /** Has something done before the client's connections end. */
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

    /** What a worker finds out before anything is connected. */
    private record Preparation(List<InetAddress> addresses, List<HostKeyJudge> judges) {}

    /** A connection to the server that is meant, logged in; completed on its event loop. Fails with an {@link SftpException}. */
    public CompletableFuture<SshClientConnection> connect() {
        CompletableFuture<Preparation> prepared = new CompletableFuture<>();
        CompletableFuture<SshClientConnection> result = new CompletableFuture<>();
        try {
            transport.workers().execute(() -> prepare(prepared));
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(new SftpConnectionException(CLOSED, e));
        }
        EventLoop loop = transport.loops().next();
        prepared.whenComplete((preparation, failure) -> {
            if (failure != null) {
                result.completeExceptionally(Futures.unwrap(failure));
                return;
            }
            try {
                loop.execute(() -> connect(loop, preparation, result));
            } catch (RejectedExecutionException e) {
                result.completeExceptionally(new SftpConnectionException(CLOSED, e));
            }
        });
        return result;
    }

    private void prepare(CompletableFuture<Preparation> prepared) {
        String first = settings.firstHost();
        try {
            List<HostKeyJudge> judges = new ArrayList<>();
            for (Hop hop : settings.hops()) {
                judges.add(hop.hostKeys().judge(hop.host(), hop.port()));
            }
            prepared.complete(new Preparation(List.of(InetAddress.getAllByName(first)), judges));
        } catch (UnknownHostException e) {
            prepared.completeExceptionally(new SftpConnectionException("the name " + first + " has no address", e));
        } catch (IOException | RuntimeException e) {
            prepared.completeExceptionally(new SftpException(
                    "nobody can be trusted, as the known hosts cannot be read: " + e.getMessage(), e, false));
        }
    }

    private void connect(EventLoop loop, Preparation preparation, CompletableFuture<SshClientConnection> result) {
        Hop first = settings.hops().get(0);
        Iterator<InetAddress> addresses = preparation.addresses().iterator();
        CompletableFuture<SshClientConnection> connecting = settings.proxy()
                .map(proxy -> tcp.connect(loop, addresses, proxy, first))
                .orElseGet(() -> tcp.connect(loop, addresses, first.port()))
                .thenCompose(channel -> logIn(channel, 0, preparation));
        for (int i = 1; i < settings.hops().size(); i++) {
            int number = i;
            connecting = connecting.thenCompose(before -> further(before, number, preparation));
        }
        connecting.whenComplete((connection, failure) -> {
            if (failure != null) {
                result.completeExceptionally(Futures.unwrap(failure));
            } else if (!result.complete(connection)) {
                connection.close("nobody waits for the connection any more");
            }
        });
    }

    private CompletableFuture<SshClientConnection> logIn(Channel channel, int number, Preparation preparation) {
        LiveConnection live = LiveConnection.of(channel, new WorkerLane(transport.workers()));
        connections.add(live);
        live.ended().thenAccept(gone -> connections.remove(live));
        CompletableFuture<SshClientConnection> ready = SshClientConnection.on(
                channel,
                settings.hops().get(number),
                settings,
                live.lane(),
                windows,
                preparation.judges().get(number),
                random);
        if (closed) {
            live.end(CLOSED);
        }
        return ready;
    }

    /** To a server that can be reached from the one before; that one goes when this one does, and takes it along. */
    private CompletableFuture<SshClientConnection> further(
            SshClientConnection before, int number, Preparation preparation) {
        Hop hop = settings.hops().get(number);
        AtomicReference<@Nullable TunnelChannel> made = new AtomicReference<>();
        CompletableFuture<SshClientConnection> result = before.openDirect(hop, tunnel -> {
                    TunnelChannel channel = new TunnelChannel(tunnel, hop);
                    channel.config().setAutoRead(false);
                    made.set(channel);
                    return channel;
                })
                .thenCompose(open -> registered(before, Objects.requireNonNull(made.get())))
                .thenCompose(channel -> {
                    channel.closeFuture().addListener(closed -> before.close("nothing goes through it any more"));
                    return logIn(channel, number, preparation);
                });
        result.whenComplete((connection, failure) -> {
            if (failure != null) {
                before.close("there is no way from here to " + hop);
            }
        });
        return result;
    }

    private static CompletableFuture<Channel> registered(SshClientConnection before, Channel channel) {
        CompletableFuture<Channel> result = new CompletableFuture<>();
        before.loop().register(channel).addListener(done -> {
            if (done.isSuccess()) {
                result.complete(channel);
            } else {
                result.completeExceptionally(done.cause());
            }
        });
        return result;
    }

    /** Ends all connections and waits for the last thread. */
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
        CompletableFuture<?>[] ends = connections.stream()
                .map(connection -> {
                    connection.end(CLOSED);
                    return connection.ended();
                })
                .toArray(CompletableFuture<?>[]::new);
        if (waits) {
            try {
                CompletableFuture.allOf(ends).get(TransportRuntime.CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException e) {
                LOG.warn("What connections have begun does not end: {}", e.toString());
            }
        }
        transport.close();
    }
}
