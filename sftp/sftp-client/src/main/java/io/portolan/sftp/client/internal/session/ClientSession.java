package io.portolan.sftp.client.internal.session;

import io.netty.util.concurrent.EventExecutor;
import io.portolan.core.internal.concurrent.Futures;
import io.portolan.guard.RateLimit;
import io.portolan.sftp.client.SftpConnectionException;
import io.portolan.sftp.client.SftpException;
import io.portolan.sftp.client.internal.protocol.ServerFacts;
import io.portolan.sftp.client.internal.protocol.SftpConnection;
import io.portolan.sftp.client.internal.protocol.SftpRequests;
import io.portolan.sftp.client.internal.transfer.Checksums;
import io.portolan.sftp.client.internal.transfer.MemoryBudget;
import io.portolan.sftp.client.internal.transfer.TransferContext;
import io.portolan.sftp.client.internal.transfer.TransferSlots;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
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
        this.connection = connection;
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
                new TransferSlots(slots),
                new MemoryBudget(memory),
                memory,
                rateLimit);
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
        return connection.ended();
    }

    /** What is asked for now cannot be done any more. */
    SftpException over(RejectedExecutionException cause) {
        SftpException why = connection.ended().getNow(null);
        return why == null ? new SftpConnectionException("the client is closed", cause) : why;
    }

    /** Does something on the event loop. */
    public <T extends @Nullable Object> CompletableFuture<T> submit(Supplier<CompletableFuture<T>> operation) {
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

    /** Ends it at once. */
    public void close() {
        try {
            loop().execute(connection::close);
        } catch (RejectedExecutionException e) {
            // it has ended with its event loop
        }
    }

    /** Ends it when nothing is under way any more; completes when it has ended. */
    public CompletableFuture<Void> quit() {
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
