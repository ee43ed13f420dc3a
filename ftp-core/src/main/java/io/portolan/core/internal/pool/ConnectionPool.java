package io.portolan.core.internal.pool;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import io.portolan.core.internal.concurrent.Futures;
import io.portolan.pool.PoolOptions;
import io.portolan.pool.PoolState;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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
            fail("no connection became free within " + options.maxWait().toMillis() + " ms: " + (open - idle.size())
                    + " of " + limit + " are in use, and " + waiting.size() + " wait");
        }

        void fail(String message) {
            result.completeExceptionally(connector.failure(message, true));
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
                    for (Waiter waiter : new ArrayList<>(waiting)) {
                        waiter.result.completeExceptionally(connector.failure("the pool has been closed", false));
                    }
                    waiting.clear();
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
        while (!closed && connecting + renewing < waiting.size() && open + connecting < limit) {
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
        connector.closed(connection).whenComplete((cause, failure) -> onLoop(() -> gone(entry), () -> {}));
        if (closed) {
            drop(entry);
            return;
        }
        entry.rest();
        serve();
    }

    /** As long as others are open, or may be soon, who waits gets one of these. */
    private void refused(Throwable failure) {
        int others = open + connecting;
        if (others > 0 && connector.tellsLimit(failure)) {
            limit = Math.min(limit, others);
            raiseLater();
        } else {
            Waiter waiter = waiting.poll();
            if (waiter != null) {
                waiter.result.completeExceptionally(failure);
            }
        }
        serve();
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
            }
            serve();
        });
    }

    private void hand(Entry entry, Waiter waiter) {
        if (!entry.isToBeChecked()) {
            grant(entry, waiter);
            return;
        }
        connector
                .check(entry.connection)
                .whenComplete((result, failure) -> onLoop(
                        () -> {
                            if (failure == null && !entry.gone) {
                                grant(entry, waiter);
                            } else {
                                if (!waiter.result.isDone()) {
                                    waiting.addFirst(waiter);
                                }
                                drop(entry);
                                serve();
                            }
                        },
                        () -> waiter.fail("the client has been closed")));
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
