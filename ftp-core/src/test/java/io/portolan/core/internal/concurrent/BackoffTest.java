package io.portolan.core.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.transfer.RetryPolicy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 10);
    private double random;

    private Backoff backoff(RetryPolicy policy) {
        return new Backoff(policy, now::get, () -> random);
    }

    private static Duration seconds(double count) {
        return Duration.ofMillis(Math.round(1000 * count));
    }

    @Test
    void waitsGrowUpToTheLongest() {
        Backoff backoff = backoff(RetryPolicy.builder()
                .attempts(6)
                .factor(3)
                .longestWait(Duration.ofSeconds(20))
                .build());
        assertThat(backoff.failed(false)).contains(seconds(1));
        assertThat(backoff.failed(false)).contains(seconds(3));
        assertThat(backoff.failed(false)).contains(seconds(9));
        assertThat(backoff.failed(false)).contains(seconds(20));
        assertThat(backoff.failed(false)).contains(seconds(20));
        assertThat(backoff.failed(false)).isEmpty();
    }

    @Test
    void aPartOfEachWaitIsLeftOutAtRandom() {
        random = 0.5;
        Backoff backoff = backoff(RetryPolicy.builder().jitter(0.4).build());
        assertThat(backoff.failed(false)).contains(seconds(0.8));
        assertThat(backoff.failed(false)).contains(seconds(1.6));
    }

    @Test
    void whatComesFurtherBeginsToCountAnew() {
        Backoff backoff = backoff(RetryPolicy.builder().attempts(3).build());
        assertThat(backoff.failed(false)).contains(seconds(1));
        assertThat(backoff.failed(false)).contains(seconds(2));
        assertThat(backoff.failed(true)).contains(seconds(1));
        assertThat(backoff.failed(false)).contains(seconds(2));
        assertThat(backoff.failed(false)).isEmpty();
    }

    @Test
    void noAttemptBeginsBehindTheTotalTime() {
        Backoff backoff = backoff(RetryPolicy.builder()
                .attempts(100)
                .totalTime(Duration.ofSeconds(5))
                .build());
        now.addAndGet(Duration.ofSeconds(3).toNanos());
        assertThat(backoff.failed(true)).contains(seconds(1));
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(backoff.failed(true)).contains(seconds(1));
        now.addAndGet(1);
        assertThat(backoff.failed(true)).isEmpty();
    }

    @Test
    void neverIsNever() {
        assertThat(backoff(RetryPolicy.never()).failed(true)).isEmpty();
    }
}
