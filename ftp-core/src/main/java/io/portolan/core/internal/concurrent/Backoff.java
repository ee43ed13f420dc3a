package io.portolan.core.internal.concurrent;

import io.portolan.transfer.RetryPolicy;
import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/** Counts the attempts at one thing, and tells the waits between them. By one thread. */
public final class Backoff {

    private final RetryPolicy policy;
    private final LongSupplier nanoTime;
    /** 0 to 1, without 1. */
    private final DoubleSupplier random;

    private final long begin;
    private int failed;
    private double nextMillis;

    public Backoff(RetryPolicy policy, LongSupplier nanoTime, DoubleSupplier random) {
        this.policy = policy;
        this.nanoTime = nanoTime;
        this.random = random;
        this.begin = nanoTime.getAsLong();
        this.nextMillis = policy.firstWait().toMillis();
    }

    /**
     * An attempt has failed.
     *
     * @param cameFurther whether it has brought something that stays
     * @return how long to wait before the next; empty if there is none
     */
    public Optional<Duration> failed(boolean cameFurther) {
        if (cameFurther) {
            failed = 0;
            nextMillis = policy.firstWait().toMillis();
        }
        failed++;
        if (failed >= policy.attempts()) {
            return Optional.empty();
        }
        double longest = policy.longestWait().toMillis();
        double whole = Math.min(nextMillis, longest);
        nextMillis = whole * policy.factor();
        Duration wait = Duration.ofMillis(Math.round(whole * (1 - policy.jitter() * random.getAsDouble())));
        Duration past = Duration.ofNanos(nanoTime.getAsLong() - begin);
        return past.plus(wait).compareTo(policy.totalTime()) > 0 ? Optional.empty() : Optional.of(wait);
    }
}
