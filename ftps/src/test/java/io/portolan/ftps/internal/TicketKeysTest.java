package io.portolan.ftps.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The keys of BoringSSL's tickets; that real tickets are read is shown by SharedPortTest, where nothing else tells sessions apart. */
class TicketKeysTest {

    private final AtomicLong clock = new AtomicLong(-5);
    private final TicketKeys keys = new TicketKeys(clock::get);

    @Test
    void aKeyIsChangedAfterADayAndKeptForReadingForAnother() {
        byte[] first = name(0);
        assertThat(keys.change()).isFalse();
        clock.addAndGet(TicketKeys.LIFE_NANOS);
        assertThat(keys.change()).isTrue();
        assertThat(keys.change()).isFalse();
        assertThat(keys.forBoringSsl()).hasSize(2);
        assertThat(name(0)).isNotEqualTo(first);
        assertThat(name(1)).isEqualTo(first);
        clock.addAndGet(TicketKeys.LIFE_NANOS);
        assertThat(keys.change()).isTrue();
        assertThat(name(1)).isNotEqualTo(first);
    }

    @Test
    void aKeyThatNobodyUsedForTwoDaysIsNotKept() {
        clock.addAndGet(2 * TicketKeys.LIFE_NANOS);
        assertThat(keys.change()).isTrue();
        assertThat(keys.forBoringSsl()).hasSize(1);
    }

    @Test
    void whatIsNoTicketOfOursIsNobodys() {
        Random random = new Random(9);
        for (int length = 0; length < 300; length++) {
            byte[] ticket = new byte[length];
            random.nextBytes(ticket);
            assertThat(keys.sessionIdContext(ticket)).isEmpty();
            System.arraycopy(name(0), 0, ticket, 0, Math.min(length, 16));
            assertThat(keys.sessionIdContext(ticket)).isEmpty();
        }
    }

    private byte[] name(int index) {
        return keys.forBoringSsl()[index].name();
    }
}
