package io.portolan.core.internal.pool;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import io.portolan.core.internal.concurrent.Futures;
import io.portolan.pool.PoolOptions;
import io.portolan.pool.PoolState;
import io.portolan.transfer.FileTransferException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Connections that are used by one after another. Who has waited longest is served first, with the connection that was used last, so that those which are not needed grow old and are closed.
 *
 * <p>Where a server refuses one connection more, there are to be no more of them than those that it has let in; from time to time one more is tried. What the pool knows is changed on one event loop only.
 */
public final class ConnectionPool<C> {

    private final EventLoop loop;
    private final PoolConnector<C> connector;
    private final PoolOptions options;

    /** The one that was used last is the first. */
    private final Deque<Entry> idle = new ArrayDeque<>();

    private final Deque<Waiter> waiting = new ArrayDeque<>();
    private int open;
    private int connecting;

    /** Of those that are open: given back, and free in a moment. */
    private int renewing;

    /** Idle ones that somebody will have, should they turn out to be whole. */
    private final Set<Entry> checking = new HashSet<>();

    /** Whether anybody has been let in since a refusal that was not because of the number. */
    private boolean proven;

    /** Why there are no more of them than there are; null if that is their number. */
    private @Nullable Throwable refusal;

    private int limit;
    private @Nullable ScheduledFuture<?> raising;
    private boolean closed;
    private volatile PoolState state;

    /** An empty pool. */
    public ConnectionPool(EventLoop loop, PoolConnector<C> connector, PoolOptions options) {
        this.loop = loop;
        this.connector = connector;
        this.options = options;
        this.limit = options.maxConnections();
        this.state = new PoolState(0, 0, 0, 0, limit);
    }

    private final class Entry {
        private C connection;
        private boolean gone;
        private long idleSince;
        private @Nullable ScheduledFuture<?> expiry;

        Entry(C connection) {
            this.connection = connection;
        }

        void rest() {
            idleSince = System.nanoTime();
            expiry = in(options.idleTime(), () -> {
                idle.remove(this);
                drop(this);
            });
            idle.addFirst(this);
        }

        void wake() {
            if (expiry != null) {
                expiry.cancel(false);
                expiry = null;
            }
        }

        boolean isToBeChecked() {
            return System.nanoTime() - idleSince >= options.checkAfter().toNanos();
        }
    }

    private final class Waiter {
        private final CompletableFuture<Lease<C>> result;

        Waiter(CompletableFuture<Lease<C>> result) {
            this.result = result;
            ScheduledFuture<?> late = in(options.maxWait(), this::expire);
            result.whenComplete((lease, failure) -> {
                late.cancel(false);
                if (failure != null) {
                    onLoop(() -> waiting.remove(this), () -> {});
                }
            });
        }

        private void expire() {
            FileTransferException late = connector.failure(
                    "no connection became free within " + options.maxWait().toMillis() + " ms: " + (open - idle.size())
                            + " of " + limit + " are in use, and " + waiting.size() + " wait",
                    true);
            if (refusal != null) {
                late.addSuppressed(refusal);
            }
            result.completeExceptionally(late);
        }

        void closed() {
            result.completeExceptionally(connector.failure("the pool has been closed", false));
        }
    }

    /** A connection, as soon as there is one. To cancel gives up waiting. */
    public CompletableFuture<Lease<C>> lease() {
        CompletableFuture<Lease<C>> result = new CompletableFuture<>();
        onLoop(
                () -> {
                    if (closed) {
                        result.completeExceptionally(connector.failure("the pool has been closed", false));
                    } else if (waiting.size() >= options.maxWaiting()) {
                        result.completeExceptionally(connector.failure(
                                options.maxWaiting() + " wait for a connection already, and no more may", true));
                    } else {
                        waiting.addLast(new Waiter(result));
                        serve();
                    }
                },
                () -> result.completeExceptionally(connector.failure("the client has been closed", false)));
        return result;
    }

    /** What there is at this moment. */
    public PoolState state() {
        return state;
    }

    /** Closes what is idle, and what is in use as soon as it is given back; who waits hears of it. Does not wait. */
    public void close() {
        onLoop(
                () -> {
                    closed = true;
                    if (raising != null) {
                        raising.cancel(false);
                    }
                    failAll(connector.failure("the pool has been closed", false));
                    // who waits for these hears of it as their checks fail
                    new ArrayList<>(checking).forEach(this::drop);
                    for (Entry entry = idle.poll(); entry != null; entry = idle.poll()) {
                        drop(entry);
                    }
                },
                () -> {});
    }

    // --- on the event loop

    private void serve() {
        while (!waiting.isEmpty() && !idle.isEmpty()) {
            Waiter waiter = waiting.remove();
            if (!waiter.result.isDone()) {
                Entry entry = idle.remove();
                entry.wake();
                hand(entry, waiter);
            }
        }
        while (!closed
                && connecting + renewing < waiting.size()
                && open + connecting < limit
                && (proven || connecting == 0)) {
            connecting++;
            connector
                    .connect()
                    .whenComplete((connection, failure) -> onLoop(
                            () -> {
                                connecting--;
                                if (failure != null) {
                                    refused(Futures.unwrap(failure));
                                } else {
                                    connected(connection);
                                }
                            },
                            () -> {
                                if (failure == null) {
                                    connector.close(connection);
                                }
                            }));
        }
    }

    private void connected(C connection) {
        Entry entry = new Entry(connection);
        open++;
        limit = Math.max(limit, open);
        proven = true;
        connector.closed(connection).whenComplete((cause, failure) -> onLoop(() -> gone(entry), () -> {}));
        if (closed) {
            drop(entry);
            return;
        }
        entry.rest();
        serve();
    }

    /**
     * As long as others are open, or may be soon, who waits gets one of these. What will not pass by itself, such as a wrong password, is told to all who wait: to try it once for each of them has accounts locked.
     */
    private void refused(Throwable failure) {
        int others = open + connecting;
        if (others > 0 && connector.tellsLimit(failure)) {
            limit = Math.min(limit, others);
            refusal = failure;
            raiseLater();
        } else if (failure instanceof FileTransferException known && !known.isRetryable()) {
            proven = false;
            failAll(failure);
        } else {
            Waiter waiter = waiting.poll();
            if (waiter != null) {
                waiter.result.completeExceptionally(failure);
            }
        }
        serve();
    }

    private void failAll(Throwable cause) {
        List<Waiter> all = new ArrayList<>(waiting);
        waiting.clear();
        all.forEach(waiter -> waiter.result.completeExceptionally(cause));
    }

    private void raiseLater() {
        if (raising != null) {
            raising.cancel(false);
        }
        raising = in(options.limitRetry(), () -> {
            raising = null;
            limit = Math.min(limit + 1, options.maxConnections());
            if (limit < options.maxConnections()) {
                raiseLater();
            } else {
                refusal = null;
            }
            serve();
        });
    }

    private void hand(Entry entry, Waiter waiter) {
        if (!entry.isToBeChecked()) {
            grant(entry, waiter);
            return;
        }
        checking.add(entry);
        connector
                .check(entry.connection)
                .whenComplete((result, failure) ->
                        onLoop(() -> checked(entry, waiter, failure == null && !entry.gone), waiter::closed));
    }

    private void checked(Entry entry, Waiter waiter, boolean whole) {
        checking.remove(entry);
        if (closed) {
            waiter.closed();
            drop(entry);
        } else if (whole) {
            grant(entry, waiter);
        } else {
            if (!waiter.result.isDone()) {
                waiting.addFirst(waiter);
            }
            drop(entry);
            serve();
        }
    }

    private void grant(Entry entry, Waiter waiter) {
        Lease<C> lease = new Lease<>(
                entry.connection,
                whole -> onLoop(() -> returned(entry, whole), () -> connector.close(entry.connection)));
        if (!waiter.result.complete(lease)) {
            free(entry);
        }
    }

    private void returned(Entry entry, boolean whole) {
        if (entry.gone) {
            return;
        }
        if (closed || !whole) {
            drop(entry);
            serve();
            return;
        }
        renewing++;
        connector
                .renew(entry.connection)
                .whenComplete((renewed, failure) -> onLoop(
                        () -> {
                            renewing--;
                            if (failure == null) {
                                entry.connection = renewed;
                            }
                            if (failure == null && !closed && !entry.gone) {
                                free(entry);
                            } else {
                                drop(entry);
                                serve();
                            }
                        },
                        () -> connector.close(entry.connection)));
    }

    private void free(Entry entry) {
        if (closed) {
            drop(entry);
        } else if (!entry.gone) {
            entry.rest();
            serve();
        }
    }

    private void drop(Entry entry) {
        if (!entry.gone) {
            entry.gone = true;
            open--;
            entry.wake();
            connector.close(entry.connection);
        }
    }

    private void gone(Entry entry) {
        if (!entry.gone) {
            idle.remove(entry);
            drop(entry);
            serve();
        }
    }

    // --- its ways onto the event loop

    private void onLoop(Runnable task, Runnable otherwise) {
        try {
            loop.execute(() -> {
                task.run();
                publish();
            });
        } catch (RejectedExecutionException e) {
            otherwise.run();
        }
    }

    private ScheduledFuture<?> in(Duration delay, Runnable task) {
        return loop.schedule(
                () -> {
                    task.run();
                    publish();
                },
                delay.toNanos(),
                TimeUnit.NANOSECONDS);
    }

    private void publish() {
        state = new PoolState(open, idle.size(), connecting, waiting.size(), limit);
    }
}
