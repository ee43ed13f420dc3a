package io.portolan.sftp.client.internal.check;

import io.portolan.core.internal.check.Deadline;
import io.portolan.core.internal.check.Finding;
import io.portolan.core.internal.check.Visiting;
import io.portolan.sftp.client.SftpException;
import io.portolan.sftp.client.internal.auth.LoginHistory;
import io.portolan.sftp.client.internal.connect.ClientContext;
import io.portolan.sftp.client.internal.connect.ConnectionWatch;
import io.portolan.sftp.client.internal.connect.SshClientConnection;
import io.portolan.sftp.client.internal.session.ClientSession;
import io.portolan.ssh.internal.kex.Negotiation;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What the steps of a check know from those before them: first a {@link Probe}, then a connection as clients make it. */
final class Visit implements Visiting, AutoCloseable {

    final CheckSettings settings;

    private final Deadline deadline;
    private final long end;
    private final CompletableFuture<Verified> verified = new CompletableFuture<>();
    private final CompletableFuture<LoginHistory> login = new CompletableFuture<>();
    private List<InetAddress> addresses = List.of();
    private @Nullable Probe probe;
    private @Nullable ClientContext client;
    private @Nullable CompletableFuture<SshClientConnection> connecting;
    private @Nullable ClientSession session;
    private boolean broken;

    /** The host is the one that is meant. */
    record Verified(Negotiation agreed, String host) {}

    Visit(CheckSettings settings, Deadline deadline) {
        this.settings = settings;
        this.deadline = deadline;
        this.end = System.nanoTime() + settings.limit().toNanos();
    }

    @Override
    public String host() {
        return settings.host();
    }

    @Override
    public int port() {
        return settings.port();
    }

    @Override
    public List<InetAddress> addresses() {
        return addresses;
    }

    @Override
    public void found(List<InetAddress> found) {
        addresses = List.copyOf(found);
    }

    /** On a channel, whose reads and writes end when the thread is interrupted. */
    @Override
    public void connect(InetAddress address) throws IOException {
        Socket socket = deadline.watch(SocketChannel.open()).socket();
        try {
            socket.connect(new InetSocketAddress(address, port()), millis(settings.connectTime()));
            socket.setSoTimeout(millis(settings.replyTime()));
            probe = new Probe(socket);
        } catch (IOException e) {
            Deadline.closeQuietly(socket);
            throw e;
        }
    }

    private static int millis(java.time.Duration time) {
        return Math.toIntExact(time.toMillis());
    }

    Probe probe() {
        Probe open = probe;
        if (open == null) {
            throw new IllegalStateException("there is no connection yet");
        }
        return open;
    }

    /** Connects as a client does; what comes of it is told by {@link #verified}, {@link #login} and {@link #connection}. */
    void connectClient() {
        ClientContext context = ClientContext.start(settings.connection(new Watch()), CheckSettings.transport());
        client = context;
        CompletableFuture<SshClientConnection> begun = context.connect();
        connecting = begun;
        begun.whenComplete((connection, failure) -> {
            // whoever waits for what did not come about is told why
            if (failure != null) {
                verified.completeExceptionally(failure);
                login.completeExceptionally(failure);
            }
        });
    }

    private final class Watch implements ConnectionWatch {

        @Override
        public void verified(Negotiation agreed, String host) {
            verified.complete(new Verified(agreed, host));
        }

        @Override
        public void loginEnded(LoginHistory history) {
            login.complete(history);
        }
    }

    CompletableFuture<Verified> verified() {
        return verified;
    }

    CompletableFuture<LoginHistory> login() {
        return login;
    }

    CompletableFuture<SshClientConnection> connection() {
        CompletableFuture<SshClientConnection> begun = connecting;
        if (begun == null) {
            throw new IllegalStateException("nobody connects yet");
        }
        return begun;
    }

    ClientContext client() {
        ClientContext context = client;
        if (context == null) {
            throw new IllegalStateException("there is no client yet");
        }
        return context;
    }

    ClientSession session() {
        ClientSession open = session;
        if (open == null) {
            throw new IllegalStateException("there is no session yet");
        }
        return open;
    }

    void opened(ClientSession open) {
        session = open;
    }

    /**
     * Waits for what comes of something.
     *
     * @throws IOException what it failed with, or that the time is over, or that the thread is interrupted and stays so
     */
    <T extends @Nullable Object> T await(CompletableFuture<T> future) throws IOException {
        try {
            return future.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } catch (TimeoutException e) {
            throw new IOException("the check took too long", e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof SftpException known) {
                throw known;
            }
            throw new IOException(String.valueOf(cause), cause);
        }
    }

    boolean isOver() {
        return deadline.isOver() || System.nanoTime() - end >= 0;
    }

    @Override
    public Finding broken(IOException failure) {
        broken = true;
        return Failures.finding(this, failure);
    }

    @Override
    public boolean isBroken() {
        return broken;
    }

    /** Ends what is open, and waits for the client's threads also if this one is interrupted, which it stays. */
    @Override
    public void close() {
        Probe begun = probe;
        if (begun != null) {
            begun.leave();
        }
        ClientContext context = client;
        if (context != null) {
            boolean interrupted = Thread.interrupted();
            context.close();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
