package io.portolan.ftp.server.internal.port;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.portolan.ftp.server.PublicAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has a {@link PublicAddress} refreshed on workers, timed by an event loop. */
public final class PublicAddressRefresher implements AutoCloseable {

    private static final long SHORTEST_MILLIS = 1_000;
    private static final Logger LOG = LoggerFactory.getLogger(PublicAddressRefresher.class);

    private final PublicAddress address;
    private final EventExecutor timer;
    private final Executor workers;
    private volatile boolean closed;
    private volatile @Nullable Future<?> next;

    /**
     * Does nothing yet.
     *
     * @param address what to refresh
     * @param timer measures the time between two calls
     * @param workers run {@link PublicAddress#refresh()}
     */
    public PublicAddressRefresher(PublicAddress address, EventExecutor timer, Executor workers) {
        this.address = address;
        this.timer = timer;
        this.workers = workers;
    }

    /**
     * Refreshes now, and from then on as the address wants it.
     *
     * @return completes when the first refresh is over, also when it found nothing; never exceptionally
     */
    public CompletableFuture<Void> start() {
        CompletableFuture<Void> first = new CompletableFuture<>();
        refreshThen(() -> first.complete(null));
        return first;
    }

    /** No refresh begins any more; one that runs is not waited for. */
    @Override
    public void close() {
        closed = true;
        cancelNext();
    }

    private void refreshThen(Runnable next) {
        try {
            workers.execute(() -> {
                refresh();
                next.run();
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("No worker to look for the public address", e);
            next.run();
        }
    }

    private void refresh() {
        if (closed) {
            return;
        }
        try {
            address.refresh();
        } catch (RuntimeException e) {
            // Code of others: its failure must not end the server nor the next try.
            LOG.warn("Cannot refresh the public address {}", address, e);
        }
        Optional<Duration> interval = closed ? Optional.empty() : address.refreshInterval();
        interval.ifPresent(this::again);
    }

    /** A lent loop would otherwise hold on to us until the time is up. */
    private void cancelNext() {
        Future<?> scheduled = next;
        if (scheduled != null) {
            scheduled.cancel(false);
        }
    }

    private void again(Duration interval) {
        long millis = Math.max(SHORTEST_MILLIS, interval.toMillis());
        try {
            next = timer.schedule(() -> refreshThen(() -> {}), millis, TimeUnit.MILLISECONDS);
            if (closed) {
                cancelNext();
            }
        } catch (RejectedExecutionException e) {
            LOG.trace("The loop has ended", e);
        }
    }
}
