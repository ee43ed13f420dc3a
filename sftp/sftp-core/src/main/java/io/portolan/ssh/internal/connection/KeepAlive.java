package io.portolan.ssh.internal.connection;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Finds out whether a peer that is silent is still there: it is asked something that everybody answers, and if it stays silent all the same, it is gone. */
final class KeepAlive {

    private final EventExecutor executor;
    private final Duration interval;
    private final int most;
    private final Runnable ask;
    private final Runnable gone;
    private @Nullable Future<?> next;
    private boolean heard;
    private int asked;

    /**
     * Makes one.
     *
     * @param interval how long a peer may be silent until it is asked; zero for ever
     * @param most how often it is asked
     * @param ask asks
     * @param gone is called once if the peer never answers
     */
    KeepAlive(EventExecutor executor, Duration interval, int most, Runnable ask, Runnable gone) {
        this.executor = executor;
        this.interval = interval;
        this.most = most;
        this.ask = ask;
        this.gone = gone;
    }

    /** Begins. */
    void start() {
        if (!interval.isZero()) {
            schedule();
        }
    }

    private void schedule() {
        next = executor.schedule(this::tick, interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** The peer has sent something. */
    void heard() {
        heard = true;
    }

    private void tick() {
        if (heard) {
            heard = false;
            asked = 0;
        } else if (asked == most) {
            gone.run();
            return;
        } else {
            asked++;
            ask.run();
        }
        schedule();
    }

    /** Asks no more. */
    void stop() {
        Future<?> last = next;
        if (last != null) {
            last.cancel(false);
        }
    }
}
