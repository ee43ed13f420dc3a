package io.portolan.sftp.client.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The window on paths that are computed: each octet takes a round trip, and the path takes so many in a second. */
class FlightWindowTest {

    private static final long MEBI = 1 << 20;

    private final FlightWindow window = new FlightWindow(FlightWindow.MOST);

    /** Moves a file over a path; returns how long that takes. */
    private long move(long octets, double octetsPerNano, long roundTrip, int most) {
        record Chunk(int octets, long answeredAt) {}
        ArrayDeque<Chunk> underWay = new ArrayDeque<>();
        long now = 0;
        long pathFree = 0;
        long flying = 0;
        long asked = 0;
        long delivered = 0;
        while (delivered < octets) {
            while (asked < octets) {
                int chunk = (int) Math.min(window.chunk(32 * 1024, most), octets - asked);
                if (flying > 0 && flying + chunk > window.size()) {
                    window.limited();
                    break;
                }
                pathFree = Math.max(pathFree, now) + (long) (chunk / octetsPerNano);
                window.asked(chunk, now);
                underWay.add(new Chunk(chunk, pathFree + roundTrip));
                flying += chunk;
                asked += chunk;
            }
            Chunk next = underWay.remove();
            now = Math.max(now, next.answeredAt());
            flying -= next.octets();
            delivered += next.octets();
            window.answered(next.octets(), now);
        }
        return now;
    }

    private static double mebiPerSecond(double rate) {
        return rate * MEBI / TimeUnit.SECONDS.toNanos(1);
    }

    @ParameterizedTest
    @CsvSource({"100, 10", "100, 50", "100, 150", "1000, 10", "30, 300", "1, 50"})
    void fillsALongPathAsFarAsItsMemoryAllows(int mebiPerSecond, int roundTripMillis) {
        double rate = mebiPerSecond(mebiPerSecond);
        long roundTrip = TimeUnit.MILLISECONDS.toNanos(roundTripMillis);
        // some seconds' worth
        long octets = 8L * mebiPerSecond * MEBI;
        long took = move(octets, rate, roundTrip, 255 * 1024);
        double possible = Math.min(rate, (double) FlightWindow.MOST / roundTrip);
        assertThat(octets / (double) took).isGreaterThan(0.75 * possible);
    }

    @ParameterizedTest
    @CsvSource({"100, 0", "100, 1", "10, 10", "1, 50", "1000, 0"})
    void doesNotGrowFarBeyondWhatThePathHolds(int mebiPerSecond, int roundTripMillis) {
        double rate = mebiPerSecond(mebiPerSecond);
        long roundTrip = TimeUnit.MILLISECONDS.toNanos(roundTripMillis) + TimeUnit.MICROSECONDS.toNanos(50);
        move(32L * mebiPerSecond * MEBI, rate, roundTrip, 255 * 1024);
        double holds = rate * roundTrip;
        assertThat((double) window.size()).isLessThanOrEqualTo(Math.max(4 * holds, 2.0 * FlightWindow.FIRST));
    }

    @Test
    void staysAsItIsWhileSomethingElseHoldsTheTransferUp() {
        for (int i = 1; i < 10_000; i++) {
            window.asked(32 * 1024, i * 1000L);
            window.answered(32 * 1024, i * 1000L + 500);
        }
        assertThat(window.size()).isEqualTo(FlightWindow.FIRST);
    }

    @Test
    void keepsToAMemoryThatIsLessThanItBeginsWith() {
        FlightWindow small = new FlightWindow(100_000);
        assertThat(small.size()).isEqualTo(100_000);
        for (int i = 1; i < 1000; i++) {
            small.limited();
            small.asked(50_000, i);
            small.answered(50_000, i);
            assertThat(small.size()).isEqualTo(100_000);
        }
    }

    @Test
    void hasSeveralRequestsUnderWayHoweverSmallItIs() {
        assertThat(window.chunk(32 * 1024, 255 * 1024)).isEqualTo(FlightWindow.FIRST / FlightWindow.REQUESTS);
        assertThat(window.chunk(32 * 1024, 32 * 1024)).isEqualTo(32 * 1024);
        assertThat(new FlightWindow(FlightWindow.FIRST / 4).chunk(32 * 1024, 255 * 1024))
                .isEqualTo(32 * 1024);
    }
}
