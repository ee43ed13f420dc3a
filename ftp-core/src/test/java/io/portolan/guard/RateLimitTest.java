package io.portolan.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class RateLimitTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** Long after the limit was made, so that all of its burst is there. */
    private final long now = System.nanoTime() + 10 * SECOND;

    @Test
    void withinTheBurstNobodyWaits() {
        RateLimit limit = RateLimit.bytesPerSecond(1_000);
        assertThat(limit.reserve(250, now)).isZero();
    }

    @Test
    void beyondItThePauseIsWhatTheBytesTake() {
        RateLimit limit = RateLimit.bytesPerSecond(1_000);
        limit.reserve(250, now);

        assertThat(limit.reserve(1_000, now)).isEqualTo(SECOND);
        assertThat(limit.reserve(500, now + SECOND)).isEqualTo(SECOND / 2);
    }

    @Test
    void thoseWhoShareALimitQueueUp() {
        RateLimit limit = RateLimit.bytesPerSecond(1_000);
        limit.reserve(250, now);

        assertThat(limit.reserve(1_000, now)).isEqualTo(SECOND);
        assertThat(limit.reserve(1_000, now)).isEqualTo(2 * SECOND);
    }

    @Test
    void timeThatIsNotUsedIsNotSavedUpBeyondTheBurst() {
        RateLimit limit = RateLimit.bytesPerSecond(1_000);
        limit.reserve(250, now);

        assertThat(limit.reserve(1_250, now + 3_600 * SECOND)).isEqualTo(SECOND);
    }

    @Test
    void noLimitIsNoWait() {
        assertThat(RateLimit.unlimited().isUnlimited()).isTrue();
        assertThat(RateLimit.unlimited().reserve(Long.MAX_VALUE, now)).isZero();
        assertThat(RateLimit.unlimited()).hasToString("unlimited");
    }

    @Test
    void aRateOutOfRangeIsRefused() {
        assertThatThrownBy(() -> RateLimit.bytesPerSecond(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RateLimit.bytesPerSecond(RateLimit.MAX_BYTES_PER_SECOND + 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Property
    void whoObeysIsNeverFasterThanTheRateAndTheBurst(
            @ForAll @LongRange(min = 1, max = RateLimit.MAX_BYTES_PER_SECOND) long rate,
            @ForAll @IntRange(min = 1, max = 1 << 20) int chunk) {
        RateLimit limit = RateLimit.bytesPerSecond(rate);
        long time = now;
        double sent = 0;
        for (int i = 0; i < 50; i++) {
            long pause = limit.reserve(chunk, time);
            assertThat(pause).isNotNegative();
            time += pause;
            sent += chunk;
        }
        double allowed = (double) rate * (time - now) / SECOND + rate / 4.0;
        assertThat(sent).isLessThanOrEqualTo(allowed * 1.001 + 50);
    }
}
