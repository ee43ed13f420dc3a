package io.portolan.ftp.client.internal.command;

import io.netty.util.concurrent.ScheduledFuture;
import io.portolan.ftp.FtpReply;
import io.portolan.ftp.client.FtpException;
import io.portolan.ftp.client.FtpTimeoutException;
import io.portolan.ftp.client.internal.control.TransferExchange;
import io.portolan.ftp.client.internal.session.ClientSession;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What one of two servers says of a file that goes from one of them to the other. On its session's loop, but for {@link #reply} and {@link #cancel}. */
final class CopyHalf implements TransferExchange.Listener {

    /** The longest copy: nothing is seen of its octets here, so a slow one cannot be told from one that stands still. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private final ClientSession session;
    private final String verb;
    private final String path;
    private final AtomicReference<@Nullable Throwable> first;
    private final CompletableFuture<FtpReply> reply = new CompletableFuture<>();
    private @Nullable CopyHalf other;
    private @Nullable TransferExchange exchange;
    private boolean aborted;

    /** A half. What has failed first of both goes to {@code first}: the rest follows from it. */
    CopyHalf(ClientSession session, String verb, String path, AtomicReference<@Nullable Throwable> first) {
        this.first = first;
        this.session = session;
        this.verb = verb;
        this.path = path;
    }

    static void pair(CopyHalf one, CopyHalf two) {
        one.other = two;
        two.other = one;
    }

    /** What the server has said at last. */
    CompletableFuture<FtpReply> reply() {
        return reply;
    }

    void start() {
        if (first.get() != null) {
            // there is nobody any more to move anything to
            reply.completeExceptionally(new FtpException(verb + " " + path + ": not begun", null, true));
            return;
        }
        try {
            exchange = session.control().transfer(verb, path, this);
        } catch (IllegalArgumentException e) {
            fail(e);
            return;
        }
        within(LONGEST);
    }

    private void within(Duration patience) {
        ScheduledFuture<?> late = session.loop()
                .schedule(
                        () -> session.control()
                                .close(new FtpTimeoutException(
                                        verb + " " + path + ": not done within " + patience, null)),
                        patience.toNanos(),
                        TimeUnit.NANOSECONDS);
        reply.whenComplete((done, failure) -> late.cancel(false));
    }

    /** Servers close control connections that say nothing, as do firewalls. */
    private void keepAlive(Duration interval) {
        ScheduledFuture<?> again = session.loop()
                .scheduleWithFixedDelay(
                        () -> {
                            if (exchange != null) {
                                exchange.keepAlive();
                            }
                        },
                        interval.toNanos(),
                        interval.toNanos(),
                        TimeUnit.NANOSECONDS);
        reply.whenComplete((done, failure) -> again.cancel(false));
    }

    @Override
    public void marked(FtpReply begun) {
        session.keepAlive().ifPresent(this::keepAlive);
    }

    @Override
    public void answered(FtpReply answer) {
        if (answer.isPositive()) {
            reply.complete(answer);
            tellOther(half -> half.within(half.session.timeouts().finalReply()));
        } else {
            fail(ClientSession.refused(verb, path, answer));
        }
    }

    @Override
    public void lost(Throwable cause) {
        fail(cause);
    }

    private void fail(Throwable cause) {
        first.compareAndSet(null, cause);
        reply.completeExceptionally(cause);
        tellOther(CopyHalf::abort);
    }

    private void tellOther(Consumer<CopyHalf> what) {
        CopyHalf told = other;
        if (told != null) {
            told.session.loop().execute(() -> what.accept(told));
        }
    }

    /** Whether the server has been asked to begin. */
    boolean hasBegun() {
        return exchange != null;
    }

    /** Asks the server to end it. From any thread. */
    void cancel() {
        try {
            session.loop().execute(this::abort);
        } catch (RejectedExecutionException e) {
            // the client is closed, and with it the connection
        }
    }

    private void abort() {
        TransferExchange running = exchange;
        if (running != null && !reply.isDone() && !aborted) {
            aborted = true;
            running.abort();
            within(session.timeouts().abort());
        }
    }
}
