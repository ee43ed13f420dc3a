package io.portolan.sftp.client.internal.pool;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import io.portolan.core.internal.concurrent.Futures;
import io.portolan.core.internal.pool.PoolConnector;
import io.portolan.sftp.client.SftpConnectionException;
import io.portolan.sftp.client.SftpException;
import io.portolan.sftp.client.SftpStatusException;
import io.portolan.sftp.client.SftpTimeoutException;
import io.portolan.sftp.client.internal.connect.ClientContext;
import io.portolan.sftp.client.internal.connect.SshClientConnection;
import io.portolan.sftp.client.internal.session.ClientSession;
import io.portolan.sftp.client.internal.session.SessionOpening;
import io.portolan.sftp.client.internal.session.SessionSettings;
import io.portolan.ssh.internal.connection.ChannelOpenException;
import io.portolan.transfer.FileTransferException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Opens sessions, several on each connection: a connection has as many channels as the server lets it have before there is another one, and ends with the last of them. What it knows is changed on the pool's event loop only.
 */
public final class SessionConnector implements PoolConnector<PooledSession> {

    /** Connections that are logging in at a time: OpenSSH begins to turn some away when ten are (MaxStartups 10:30:100), and others have to come in as well. */
    static final int MAX_LOGGING_IN = 5;

    /** For what takes a round trip or some of them where the server is well: to ask whether it is, to open one channel more, to end what somebody has left. Longer than a slow line needs, and much less than anybody waits. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Connections that may break under one who only wanted to share them, before it fails. */
    private static final int ATTEMPTS = 3;

    private final ClientContext context;
    private final EventLoop loop;
    private final SessionSettings settings;
    private final ChannelLimit limit;
    private final Duration patience;
    private final List<SharedConnection> connections = new ArrayList<>();
    private final Deque<Wanted> wanted = new ArrayDeque<>();
    private int loggingIn;

    /**
     * @param loop the pool's
     * @param channels how many a connection may have
     * @param limitRetry when to try one channel more than the server has allowed
     */
    public SessionConnector(
            ClientContext context, EventLoop loop, SessionSettings settings, int channels, Duration limitRetry) {
        this.context = context;
        this.loop = loop;
        this.settings = settings;
        this.limit = new ChannelLimit(channels, limitRetry, System::nanoTime);
        Duration reply = settings.protocol().reply();
        this.patience = reply.compareTo(PATIENCE) < 0 ? reply : PATIENCE;
    }

    /** Somebody for whom a session is opened. */
    private static final class Wanted {
        private final CompletableFuture<PooledSession> result = new CompletableFuture<>();
        private int broken;
    }

    @Override
    public CompletableFuture<PooledSession> connect() {
        Wanted one = new Wanted();
        wanted.add(one);
        assign();
        return one.result;
    }

    private void assign() {
        int channels = limit.now();
        for (SharedConnection shared : List.copyOf(connections)) {
            while (!wanted.isEmpty() && shared.hasRoom(channels)) {
                open(shared, wanted.remove());
            }
        }
        while (loggingIn < MAX_LOGGING_IN && wanted.size() > loggingIn * channels) {
            logIn();
        }
    }

    // --- connections

    private void logIn() {
        loggingIn++;
        context.connect()
                .whenComplete((connection, failure) -> onLoop(
                        () -> {
                            loggingIn--;
                            if (failure == null) {
                                loggedIn(connection);
                            } else {
                                refused(Futures.unwrap(failure));
                            }
                        },
                        () -> {
                            if (failure == null) {
                                connection.close("the client has been closed");
                            }
                        }));
    }

    private void loggedIn(SshClientConnection connection) {
        SharedConnection shared = new SharedConnection(connection);
        connections.add(shared);
        connection.closed().thenAccept(why -> onLoop(() -> connections.remove(shared), () -> {}));
        assign();
        tidy(shared);
    }

    /** Those hear of it for whom no other connection is on its way. */
    private void refused(Throwable failure) {
        for (int left = wanted.size() - loggingIn * limit.now(); left > 0; left--) {
            wanted.remove().result.completeExceptionally(failure);
        }
        assign();
    }

    private void tidy(SharedConnection shared) {
        if (shared.isIdle() && connections.remove(shared)) {
            shared.connection().close("no session needs the connection any more");
        }
    }

    // --- channels

    private void open(SharedConnection shared, Wanted one) {
        SharedConnection.Slot slot = shared.take();
        // the first channel of a connection has all the time that the settings give
        Duration time = shared.most() == 0 ? settings.protocol().reply() : patience;
        SessionOpening.Watch watch = new SessionOpening.Watch() {
            @Override
            public void opened() {
                onLoop(slot::confirmed, () -> {});
            }

            @Override
            public void gone() {
                onLoop(
                        () -> {
                            slot.gone();
                            assign();
                        },
                        () -> {});
            }
        };
        CompletableFuture<ClientSession> opening = new CompletableFuture<>();
        try {
            shared.connection()
                    .loop()
                    .execute(() -> SessionOpening.beside(shared.connection(), settings, context.workers(), time, watch)
                            .whenComplete((session, failure) -> {
                                if (failure == null) {
                                    opening.complete(session);
                                } else {
                                    opening.completeExceptionally(Futures.unwrap(failure));
                                }
                            }));
        } catch (RejectedExecutionException e) {
            opening.completeExceptionally(failure("the client has been closed", false));
        }
        opening.whenComplete((session, failure) -> onLoop(
                () -> {
                    if (failure == null) {
                        opened(shared, slot, session, one);
                    } else {
                        slot.failed();
                        failed(shared, Futures.unwrap(failure), one);
                        assign();
                        tidy(shared);
                    }
                },
                () -> {
                    if (failure == null) {
                        session.discard();
                    }
                }));
    }

    private void opened(SharedConnection shared, SharedConnection.Slot slot, ClientSession session, Wanted one) {
        slot.sessionBegins();
        session.channelEnded()
                .thenAccept(why -> onLoop(
                        () -> {
                            slot.sessionEnds();
                            tidy(shared);
                        },
                        () -> {}));
        one.result.complete(new PooledSession(shared, session));
    }

    private void failed(SharedConnection shared, Throwable failure, Wanted one) {
        int others = shared.confirmed();
        if (others == 0 && shared.most() == 0 || one.broken >= ATTEMPTS) {
            one.result.completeExceptionally(failure);
            return;
        }
        if (isRefusal(failure) && others > 0) {
            limit.refusedBeside(others);
        } else if (isRefusal(failure)) {
            // it had one and has none: the server may still be about to end that, or allows one only ever
            shared.retire();
        } else {
            one.broken++;
            shared.retire();
            if (shared.connection().closed().isDone()) {
                limit.brokenBeside(shared.most());
            } else if (others > 0) {
                limit.refusedBeside(others);
            }
        }
        wanted.addFirst(one);
    }

    private static boolean isRefusal(Throwable failure) {
        return failure.getCause() instanceof ChannelOpenException;
    }

    // --- what a pool asks

    @Override
    public CompletableFuture<?> closed(PooledSession pooled) {
        return pooled.session().channelEnded();
    }

    /** REALPATH goes through all that is between us and the server's files, and touches none of these; to be refused is an answer as well. */
    @Override
    public CompletableFuture<?> check(PooledSession pooled) {
        SharedConnection shared = pooled.connection();
        if (shared.isRetired()) {
            return CompletableFuture.failedFuture(failure("the connection is not trusted any more", true));
        }
        ClientSession session = pooled.session();
        CompletableFuture<String> answer =
                session.submit(() -> session.requests().realPath("."));
        ScheduledFuture<?> late = loop.schedule(
                () -> answer.completeExceptionally(new SftpTimeoutException("no answer within " + patience, null)),
                patience.toNanos(),
                TimeUnit.NANOSECONDS);
        return answer.handle((path, failure) -> {
            late.cancel(false);
            Throwable cause = failure == null ? null : Futures.unwrap(failure);
            if (cause instanceof SftpTimeoutException) {
                onLoop(shared::retire, () -> {});
            }
            if (cause != null && !(cause instanceof SftpStatusException)) {
                throw new CompletionException(cause);
            }
            return true;
        });
    }

    @Override
    public CompletableFuture<PooledSession> renew(PooledSession pooled) {
        SharedConnection shared = pooled.connection();
        if (shared.isRetired()) {
            return CompletableFuture.failedFuture(failure("the connection is not trusted any more", true));
        }
        return pooled.session().handOver(patience).thenApply(session -> new PooledSession(shared, session));
    }

    @Override
    public void close(PooledSession pooled) {
        pooled.session().discard();
    }

    /** A server that serves us otherwise, and hangs up or refuses, has as much as it wants. */
    @Override
    public boolean tellsLimit(Throwable failure) {
        return !connections.isEmpty() && (failure instanceof SftpConnectionException || isRefusal(failure));
    }

    @Override
    public FileTransferException failure(String message, boolean retryable) {
        return new SftpException(message, null, retryable);
    }

    private void onLoop(Runnable task, Runnable otherwise) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            otherwise.run();
        }
    }
}
