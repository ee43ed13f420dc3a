package io.portolan.core.internal.server;

import io.netty.channel.Channel;
import io.portolan.core.internal.session.SessionRegistry;
import io.portolan.core.internal.transport.TransportRuntime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of a server, step by step, on a thread of its own: event loops may be lent, and may be busy, waited for or ended already, so that none of them is
 * trusted to tell the time or the end of anything. No step is waited for without a bound. Safe to use from any thread.
 */
final class ServerStop {

    private static final Logger LOG = LoggerFactory.getLogger(ServerStop.class);

    /** Between the end of the drain and the end of the event loops: long enough for a last reply to leave. */
    private static final Duration FAREWELL = Duration.ofSeconds(1);

    private final TransportRuntime transport;
    private final SessionRegistry<? extends LiveSession> sessions;
    private final List<Channel> listeners;
    private final Callable<CompletableFuture<Void>> release;
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private volatile @Nullable Thread thread;
    private volatile long drainedBy;

    /** The parts of a server; {@code release} closes, on a house thread, those that outlive the sessions. */
    ServerStop(
            TransportRuntime transport,
            SessionRegistry<? extends LiveSession> sessions,
            List<Channel> listeners,
            Callable<CompletableFuture<Void>> release) {
        this.transport = transport;
        this.sessions = sessions;
        this.listeners = listeners;
        this.release = release;
    }

    boolean hasBegun() {
        return thread != null;
    }

    /** Begins, or shortens the time if it has begun. */
    synchronized CompletableFuture<Void> within(Duration drain) {
        long deadline = System.nanoTime() + drain.toNanos();
        Thread running = thread;
        if (running == null) {
            drainedBy = deadline;
            Thread begun = transport.newThread("stop", this::run);
            thread = begun;
            begun.start();
        } else if (deadline - drainedBy < 0) {
            drainedBy = deadline;
            running.interrupt();
        }
        return stopped.copy();
    }

    /** Waits until the thread has gone, which is just behind the future's completion. */
    void join() {
        Thread running = thread;
        boolean interrupted = false;
        while (running != null && running.isAlive()) {
            try {
                running.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            endSessions();
        } catch (RuntimeException | Error e) {
            LOG.warn(
                    "The sessions could not be ended as they should; the event loops' end closes their connections", e);
        } finally {
            release();
        }
    }

    private void endSessions() {
        for (Channel listener : listeners) {
            await(
                    "closing a listener",
                    transport.onHouse(() -> completion(listener.close())).thenCompose(Function.identity()),
                    FAREWELL);
        }
        CompletableFuture<Void> drained = sessions.close();
        tell(LiveSession::drain);
        while (!drained.isDone() && drainedBy - System.nanoTime() > 0) {
            await(drained, drainedBy);
        }
        if (!drained.isDone()) {
            tell(session -> session.kick("The server has stopped."));
            // a file system that hangs must not keep the server from ending
            await("the end of the sessions", drained, FAREWELL);
        }
    }

    private static CompletableFuture<Void> completion(io.netty.util.concurrent.Future<?> future) {
        CompletableFuture<Void> result = new CompletableFuture<>();
        // a loop that has ended fails what it is asked for at once, but tells nobody of it
        if (future.isDone()) {
            result.complete(null);
        } else {
            future.addListener(done -> result.complete(null));
        }
        return result;
    }

    /** Has each session do something on its loop. The connections of a loop that has ended are closed. */
    private void tell(Consumer<LiveSession> message) {
        CompletableFuture<Void> told = transport.onHouse(() -> {
            for (LiveSession session : sessions.snapshot()) {
                try {
                    session.loop().execute(() -> message.accept(session));
                } catch (RejectedExecutionException e) {
                    LOG.debug("The event loop of session {} has ended", session.id());
                }
            }
            return null;
        });
        await("telling the sessions", told, FAREWELL);
    }

    private void release() {
        try {
            CompletableFuture<Void> closed = transport.onHouse(release).thenCompose(Function.identity());
            await("releasing what the server holds", closed, FAREWELL);
        } catch (RuntimeException | Error e) {
            LOG.warn("What the server holds could not be released", e);
        } finally {
            transport.shutdown(FAREWELL).whenComplete((done, failure) -> {
                if (failure == null) {
                    stopped.complete(null);
                } else {
                    stopped.completeExceptionally(failure);
                }
            });
        }
    }

    private static void await(String what, CompletableFuture<?> done, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!done.isDone() && deadline - System.nanoTime() > 0) {
            await(done, deadline);
        }
        if (!done.isDone()) {
            LOG.debug("{} is not waited for any longer", what);
        }
    }

    /** Waits, but not beyond an interrupt, which says that the deadline may have changed. */
    private static void await(CompletableFuture<?> done, long deadline) {
        try {
            done.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            LOG.debug("A step of the end failed", e.getCause());
        } catch (TimeoutException e) {
            LOG.trace("A step of the end takes too long", e);
        } catch (InterruptedException e) {
            LOG.trace("There is less time than there was");
        }
    }
}
