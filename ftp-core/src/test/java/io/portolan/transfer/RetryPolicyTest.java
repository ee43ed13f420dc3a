package io.portolan.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

    @Test
    void theDefaultsAreThoseThatAreNamed() {
        RetryPolicy policy = RetryPolicy.defaults();
        assertThat(policy.attempts()).isEqualTo(RetryPolicy.DEFAULT_ATTEMPTS);
        assertThat(policy.firstWait()).isEqualTo(RetryPolicy.DEFAULT_FIRST_WAIT);
        assertThat(policy.factor()).isEqualTo(RetryPolicy.DEFAULT_FACTOR);
        assertThat(policy.longestWait()).isEqualTo(RetryPolicy.DEFAULT_LONGEST_WAIT);
        assertThat(policy.jitter()).isEqualTo(RetryPolicy.DEFAULT_JITTER);
        assertThat(policy.totalTime()).isEqualTo(RetryPolicy.DEFAULT_TOTAL_TIME);
    }

    @Test
    void whatIsOutOfRangeIsRefusedByItsName() {
        RetryPolicy.Builder builder = RetryPolicy.builder();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.attempts(0))
                .withMessageContaining("attempts");
        assertThatIllegalArgumentException().isThrownBy(() -> builder.attempts(1_000_001));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.factor(0.5))
                .withMessageContaining("factor");
        assertThatIllegalArgumentException().isThrownBy(() -> builder.factor(Double.NaN));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.jitter(1.1))
                .withMessageContaining("jitter");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.firstWait(Duration.ofNanos(-1)))
                .withMessageContaining("firstWait");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.longestWait(Duration.ofDays(366)))
                .withMessageContaining("longestWait");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.totalTime(Duration.ofNanos(-1)))
                .withMessageContaining("totalTime");
    }
}
