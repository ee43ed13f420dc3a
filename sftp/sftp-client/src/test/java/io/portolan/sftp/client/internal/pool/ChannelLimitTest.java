package io.portolan.sftp.client.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How many channels are asked for. */
class ChannelLimitTest {

    private static final Duration RETRY = Duration.ofSeconds(60);

    private final AtomicLong clock = new AtomicLong();
    private final ChannelLimit limit = new ChannelLimit(4, RETRY, clock::get);

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    @Test
    void whatWasRefusedIsTriedAgainOneByOne() {
        assertThat(limit.now()).isEqualTo(4);
        limit.refusedBeside(2);
        assertThat(limit.now()).isEqualTo(2);
        pass(RETRY.minusNanos(1));
        assertThat(limit.now()).isEqualTo(2);
        pass(Duration.ofNanos(1));
        assertThat(limit.now()).isEqualTo(3);
        pass(RETRY.multipliedBy(5));
        assertThat(limit.now()).isEqualTo(4);
        assertThat(limit.now()).isEqualTo(4);
    }

    @Test
    void aRefusalNeverRaisesItAndLeavesOne() {
        limit.refusedBeside(2);
        limit.refusedBeside(3);
        assertThat(limit.now()).isEqualTo(2);
        limit.refusedBeside(0);
        assertThat(limit.now()).isEqualTo(1);
    }

    @Test
    void whatBreaksConnectionsTwiceIsNotTriedAThirdTime() {
        limit.brokenBeside(1);
        assertThat(limit.now()).isEqualTo(1);
        pass(RETRY);
        assertThat(limit.now()).isEqualTo(2);
        limit.brokenBeside(1);
        pass(RETRY.multipliedBy(10));
        assertThat(limit.now()).isEqualTo(1);
    }

    @Test
    void aConnectionThatBreaksWithAllItsChannelsTellsNothing() {
        limit.brokenBeside(4);
        limit.brokenBeside(4);
        assertThat(limit.now()).isEqualTo(4);
    }
}
