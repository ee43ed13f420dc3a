package io.portolan.sftp.client.internal.session;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import io.portolan.core.internal.concurrent.Futures;
import io.portolan.guard.RateLimit;
import io.portolan.sftp.client.SftpConnectionException;
import io.portolan.sftp.client.SftpException;
import io.portolan.sftp.client.internal.protocol.ServerFacts;
import io.portolan.sftp.client.internal.protocol.SftpConnection;
import io.portolan.sftp.client.internal.protocol.SftpRequests;
import io.portolan.sftp.client.internal.transfer.Checksums;
import io.portolan.sftp.client.internal.transfer.LiveTransfers;
import io.portolan.sftp.client.internal.transfer.MemoryBudget;
import io.portolan.sftp.client.internal.transfer.TransferContext;
import io.portolan.sftp.client.internal.transfer.TransferSlots;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A session of SFTP: what is asked for is done at once, beside what is under way. {@link #submit}, {@link #close} and what is final from any thread, all else on the event loop.
 */
public final class ClientSession {

    private final SftpConnection connection;
    private final ServerFacts facts;
    private final SftpRequests requests;
    private final Checksums checksums;
    private final Principals principals;
    private final TransferContext transfers;
    private final Turn turn;
    private final CompletableFuture<SftpException> ended = new CompletableFuture<>();

    /** Whoever had it has given it back. */
    private volatile boolean left;

    /** Empty for where the server begins. */
    private volatile String directory = "";

    /**
     * Makes a session, once the server has told its version.
     *
     * @param connection whose {@link SftpConnection#ready} has completed
     * @param workers where sources are read and sinks are written
     * @param memory how many octets transfers may have under way or hold, all together
     * @param rateLimit for all transfers
     */
    public ClientSession(SftpConnection connection, Executor workers, long memory, RateLimit rateLimit) {
        this(connection, new Turn(), workers, memory, rateLimit);
        var ignored = connection.ended().thenAccept(turn::end);
    }

    private ClientSession(SftpConnection connection, Turn turn, Executor workers, long memory, RateLimit rateLimit) {
        this.connection = connection;
        this.turn = turn;
        this.facts = connection.facts();
        this.requests = new SftpRequests(connection);
        this.checksums = new Checksums(requests, facts);
        this.principals = new Principals(requests, facts.has("users-groups-by-id@openssh.com"));
        int slots = Math.max(1, Math.min(TransferSlots.MOST, facts.limits().handles() - 1));
        this.transfers = new TransferContext(
                connection,
                requests,
                checksums,
                workers,
                new LiveTransfers(),
                new TransferSlots(slots),
                new MemoryBudget(memory),
                memory,
                rateLimit);
        turn.tell = ended::complete;
    }

    public EventExecutor loop() {
        return connection.eventLoop();
    }

    public ServerFacts facts() {
        return facts;
    }

    public SftpRequests requests() {
        return requests;
    }

    public Checksums checksums() {
        return checksums;
    }

    Principals principals() {
        return principals;
    }

    public TransferContext transfers() {
        return transfers;
    }

    /** Completes on the event loop with why, when it is over. */
    public CompletableFuture<SftpException> ended() {
        return ended;
    }

    /** Completes on the event loop with why, when nobody can have a session in its channel any more. */
    public CompletableFuture<SftpException> channelEnded() {
        return connection.ended();
    }

    /** What is asked for now cannot be done any more. */
    SftpException over(RejectedExecutionException cause) {
        SftpException why = ended.getNow(null);
        return why == null ? new SftpConnectionException("the client is closed", cause) : why;
    }

    /** Does something on the event loop. */
    public <T extends @Nullable Object> CompletableFuture<T> submit(Supplier<CompletableFuture<T>> operation) {
        if (left) {
            return CompletableFuture.failedFuture(givenBack());
        }
        CompletableFuture<T> result = new CompletableFuture<>();
        try {
            loop().execute(() -> {
                if (!result.isDone()) {
                    run(operation, result);
                }
            });
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(over(e));
        }
        return result;
    }

    private static <T extends @Nullable Object> void run(
            Supplier<CompletableFuture<T>> operation, CompletableFuture<T> result) {
        try {
            operation.get().whenComplete((value, failure) -> {
                if (failure != null) {
                    result.completeExceptionally(Futures.unwrap(failure));
                } else if (!result.complete(value) && value instanceof OpenFile unwanted) {
                    // whoever asked for it has gone meanwhile
                    var ignored = unwanted.close();
                }
            });
        } catch (RuntimeException | Error e) {
            result.completeExceptionally(e);
        }
    }

    /** From where paths without a slash at their beginning count. */
    public void setDirectory(String absolute) {
        directory = absolute;
    }

    /** The path as the server is asked for it. From any thread. */
    public String resolve(String path) {
        String from = directory;
        if (path.isEmpty()) {
            return from.isEmpty() ? "." : from;
        }
        return from.isEmpty() || path.startsWith("/") ? path : RemotePaths.child(from, path);
    }

    private static SftpException givenBack() {
        return new SftpException("the session has been given back to its pool", null, false);
    }

    /** Nothing more can be asked of it, and to close it does nothing: somebody else may have its channel from now on. */
    public void leave() {
        left = true;
    }

    /**
     * A session as new in the same channel. What was asked of this one is answered, transfers are cancelled, and what is open is closed.
     *
     * @param patience how long that may take
     * @return the session; fails if the channel cannot be used again, and is to be closed
     */
    public CompletableFuture<ClientSession> handOver(Duration patience) {
        left = true;
        CompletableFuture<ClientSession> result = new CompletableFuture<>();
        try {
            loop().execute(() -> new HandOver(result).begin(patience));
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(over(e));
        }
        return result;
    }

    /** Whose the channel is: one for all its sessions, of which there may be very many, one after another, that are not to be remembered. On the event loop only. */
    private static final class Turn {
        private Consumer<SftpException> tell = why -> {};

        void end(SftpException why) {
            tell.accept(why);
        }
    }

    /** From one who has the session to the next. */
    private final class HandOver {

        /** What was answered may be followed by so much: an upload that is cancelled while its file is opened closes it, and takes it away. */
        private static final int STEPS = 3;

        private final CompletableFuture<ClientSession> result;

        HandOver(CompletableFuture<ClientSession> result) {
            this.result = result;
        }

        void begin(Duration patience) {
            ended.complete(givenBack());
            ScheduledFuture<?> late = loop().schedule(
                            () -> result.completeExceptionally(
                                    new SftpException("what was under way did not end", null, true)),
                            patience.toNanos(),
                            TimeUnit.NANOSECONDS);
            result.whenComplete((session, failure) -> late.cancel(false));
            turn.tell = result::completeExceptionally;
            SftpException over = connection.ended().getNow(null);
            if (over != null) {
                result.completeExceptionally(over);
            }
            transfers.live().end();
            transfers.slots().whenIdle(() -> settle(STEPS));
        }

        private void settle(int steps) {
            if (result.isDone()) {
                return;
            }
            connection.answered().thenRun(() -> {
                if (steps > 1 && connection.outstanding() > 0) {
                    settle(steps - 1);
                } else {
                    requests.end(givenBack());
                    finish();
                }
            });
        }

        private void finish() {
            if (connection.outstanding() > 0) {
                connection.whenAnswered(this::finish);
            } else {
                result.complete(new ClientSession(
                        connection, turn, transfers.workers(), transfers.memory(), transfers.rateLimit()));
            }
        }
    }

    /** Ends it at once, unless it was given back. */
    public void close() {
        if (!left) {
            discard();
        }
    }

    /** Ends its channel at once, whoever has it. */
    public void discard() {
        try {
            loop().execute(connection::close);
        } catch (RejectedExecutionException e) {
            // it has ended with its event loop
        }
    }

    /** Ends it when nothing is under way any more; completes when it has ended. */
    public CompletableFuture<Void> quit() {
        if (left) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> done = ended().handle((why, failure) -> null);
        try {
            loop().execute(new Quit());
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedFuture(null);
        }
        return done;
    }

    /** Looks again and again, as whatever is under way ends. */
    private final class Quit implements Runnable {
        @Override
        public void run() {
            if (ended().isDone()) {
                return;
            }
            if (!transfers.slots().isIdle()) {
                transfers.slots().whenIdle(this);
            } else if (connection.outstanding() > 0) {
                connection.whenAnswered(this);
            } else {
                connection.close();
            }
        }
    }
}
