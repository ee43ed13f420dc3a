package io.portolan.ftp.client.internal.command;

import io.portolan.ftp.client.RemoteEntry;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A listing's entries for a subscriber, as it asks for them (the rules are those of {@link Flow}). */
public final class EntrySubscription implements Flow.Subscription {

    private final ListingTask task;
    private final EntryPipe pipe;
    private final Flow.Subscriber<? super RemoteEntry> subscriber;
    private final Executor workers;
    private final AtomicLong demand = new AtomicLong();
    private final AtomicInteger work = new AtomicInteger();
    private Iterator<RemoteEntry> batch = List.<RemoteEntry>of().iterator();
    private volatile boolean over;
    private volatile boolean badDemand;

    private EntrySubscription(
            ListingTask task, EntryPipe pipe, Flow.Subscriber<? super RemoteEntry> subscriber, Executor workers) {
        this.task = task;
        this.pipe = pipe;
        this.subscriber = subscriber;
        this.workers = workers;
    }

    /** Takes the listing's entries. */
    public static void begin(ListingTask task, Flow.Subscriber<? super RemoteEntry> subscriber, Executor workers) {
        EntryPipe pipe;
        try {
            pipe = task.take();
        } catch (IllegalStateException e) {
            subscriber.onSubscribe(new Flow.Subscription() {
                @Override
                public void request(long count) {
                    // there is nothing to be had
                }

                @Override
                public void cancel() {
                    // there is nothing to be ended
                }
            });
            subscriber.onError(e);
            return;
        }
        EntrySubscription subscription = new EntrySubscription(task, pipe, subscriber, workers);
        subscriber.onSubscribe(subscription);
        pipe.onFilled(subscription::drainSoon);
    }

    @Override
    public void request(long count) {
        if (count <= 0) {
            badDemand = true;
        } else {
            demand.accumulateAndGet(count, (before, more) -> before + more < 0 ? Long.MAX_VALUE : before + more);
        }
        drainSoon();
    }

    @Override
    public void cancel() {
        over = true;
        task.cancel();
    }

    private void drainSoon() {
        if (work.getAndIncrement() > 0) {
            return;
        }
        try {
            workers.execute(this::drain);
        } catch (RejectedExecutionException e) {
            // the client is closed: the subscriber has to hear of it nevertheless
            drain();
        }
    }

    private void drain() {
        do {
            work.set(1);
            try {
                give();
            } catch (RuntimeException | Error e) {
                over = true;
                task.cancel();
                throw e;
            }
        } while (!work.compareAndSet(1, 0));
    }

    private void give() {
        while (!over) {
            if (badDemand) {
                fail(new IllegalArgumentException("a subscriber asks for one entry or more"));
                return;
            }
            if (!batch.hasNext() && !nextBatch()) {
                return;
            }
            if (demand.get() == 0) {
                return;
            }
            if (demand.get() != Long.MAX_VALUE) {
                demand.decrementAndGet();
            }
            subscriber.onNext(batch.next());
        }
    }

    private boolean nextBatch() {
        List<RemoteEntry> next = pipe.poll();
        if (next != null) {
            batch = next.iterator();
            return true;
        }
        if (pipe.isOver()) {
            over = true;
            Throwable failure = pipe.failure();
            if (failure == null) {
                subscriber.onComplete();
            } else {
                subscriber.onError(failure);
            }
        }
        return false;
    }

    private void fail(Throwable cause) {
        over = true;
        task.cancel();
        subscriber.onError(cause);
    }
}
