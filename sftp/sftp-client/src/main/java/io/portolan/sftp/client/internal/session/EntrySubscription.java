package io.portolan.sftp.client.internal.session;

import io.portolan.core.internal.concurrent.Futures;
import io.portolan.core.internal.concurrent.WorkerLane;
import io.portolan.sftp.client.RemoteEntry;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A listing's entries for a subscriber, as it asks for them (the rules are those of {@link Flow}); told on a worker, one call after another. */
public final class EntrySubscription implements Flow.Subscription {

    private final ListingTask task;
    private final Flow.Subscriber<? super RemoteEntry> subscriber;
    private final WorkerLane lane;
    private final AtomicLong demand = new AtomicLong();
    private final AtomicBoolean queued = new AtomicBoolean();
    private volatile boolean over;
    private volatile boolean badDemand;

    // on the lane only
    private Iterator<RemoteEntry> part = List.<RemoteEntry>of().iterator();
    private boolean asked;

    private EntrySubscription(ListingTask task, Flow.Subscriber<? super RemoteEntry> subscriber, Executor workers) {
        this.task = task;
        this.subscriber = subscriber;
        this.lane = new WorkerLane(workers);
    }

    /** Takes the listing's entries. */
    public static void begin(ListingTask task, Flow.Subscriber<? super RemoteEntry> subscriber, Executor workers) {
        EntrySubscription subscription = new EntrySubscription(task, subscriber, workers);
        try {
            task.take();
        } catch (IllegalStateException e) {
            subscription.over = true;
            subscriber.onSubscribe(subscription);
            subscriber.onError(e);
            return;
        }
        subscriber.onSubscribe(subscription);
    }

    @Override
    public void request(long count) {
        if (count <= 0) {
            badDemand = true;
        } else {
            demand.accumulateAndGet(count, (before, more) -> before + more < 0 ? Long.MAX_VALUE : before + more);
        }
        if (!over) {
            drainSoon();
        }
    }

    @Override
    public void cancel() {
        if (!over) {
            over = true;
            task.cancel();
        }
    }

    private void drainSoon() {
        if (queued.compareAndSet(false, true)) {
            onLane(() -> {
                queued.set(false);
                give();
            });
        }
    }

    private void onLane(Runnable step) {
        try {
            lane.execute(step);
        } catch (RejectedExecutionException e) {
            // the client is closed: the subscriber has to hear of it nevertheless
            step.run();
        }
    }

    private void give() {
        while (!over) {
            if (badDemand) {
                fail(new IllegalArgumentException("a subscriber asks for one entry or more"));
                return;
            }
            if (!part.hasNext()) {
                // also without demand, as the end is told without one
                ask();
                return;
            }
            if (demand.get() == 0) {
                return;
            }
            if (demand.get() != Long.MAX_VALUE) {
                demand.decrementAndGet();
            }
            try {
                subscriber.onNext(part.next());
            } catch (RuntimeException | Error e) {
                cancel();
                throw e;
            }
        }
    }

    private void ask() {
        if (!asked) {
            asked = true;
            task.next().whenComplete((next, failure) -> onLane(() -> taken(next, failure)));
        }
    }

    private void taken(@Nullable List<RemoteEntry> next, @Nullable Throwable failure) {
        asked = false;
        if (over) {
            return;
        }
        if (failure != null) {
            over = true;
            subscriber.onError(Futures.unwrap(failure));
        } else if (next == null) {
            over = true;
            subscriber.onComplete();
        } else {
            part = next.iterator();
            give();
        }
    }

    private void fail(Throwable cause) {
        over = true;
        task.cancel();
        subscriber.onError(cause);
    }
}
