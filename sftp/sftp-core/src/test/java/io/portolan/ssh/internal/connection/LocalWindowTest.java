package io.portolan.ssh.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.ssh.internal.wire.SshProtocolException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How the credit that we give follows the path, the worker, and the budget. */
class LocalWindowTest {

    private static final ConnectionSettings SETTINGS = ConnectionSettings.defaults();
    private static final int LEAST = ConnectionSettings.LEAST_WINDOW;
    private static final int USUAL = ConnectionSettings.USUAL_WINDOW;
    private static final int MOST = ConnectionSettings.MOST_WINDOW;
    private static final int MB = 1_000_000;

    private final WindowBudget budget = new WindowBudget(100L * MOST);

    private LocalWindow window() {
        return new LocalWindow(SETTINGS, budget, 0);
    }

    /** The octets a second that come through such a path, once all has settled. */
    private static long throughput(LocalWindow window, long roundTripMicros, long pathRate, long workerRate)
            throws SshProtocolException {
        SimulatedPath path = new SimulatedPath(window, roundTripMicros, pathRate, workerRate);
        path.run(TimeUnit.SECONDS.toMicros(3));
        long before = path.consumed();
        path.run(TimeUnit.SECONDS.toMicros(1));
        return path.consumed() - before;
    }

    @Test
    void aLongAndFastPathIsFilled() throws SshProtocolException {
        LocalWindow window = window();
        assertThat(throughput(window, 50_000, 200 * MB, 1_000 * MB)).isGreaterThan(180 * MB);
        assertThat(window.size()).isBetween(10L * MB, (long) MOST);
    }

    @Test
    void theWindowHasALimit() throws SshProtocolException {
        LocalWindow window = window();
        assertThat(throughput(window, 150_000, 1_000 * MB, 1_000 * MB)).isGreaterThan(100 * MB);
        assertThat(window.size()).isEqualTo(MOST);
    }

    @Test
    void aShortPathGetsTheUsualWindow() throws SshProtocolException {
        LocalWindow window = window();
        assertThat(throughput(window, 200, 800 * MB, 800 * MB)).isGreaterThan(700 * MB);
        assertThat(window.size()).isEqualTo(USUAL);
    }

    @Test
    void aSlowPathGetsTheUsualWindow() throws SshProtocolException {
        LocalWindow window = window();
        assertThat(throughput(window, 100_000, 5 * MB, 1_000 * MB)).isGreaterThan(4 * MB);
        assertThat(window.size()).isEqualTo(USUAL);
    }

    @Test
    void aSlowWorkerDoesNotMakeTheWindowGrow() throws SshProtocolException {
        LocalWindow window = window();
        assertThat(throughput(window, 50_000, 500 * MB, 5 * MB)).isBetween(4L * MB, 6L * MB);
        assertThat(window.size()).isEqualTo(USUAL);
        assertThat(window.held()).isLessThanOrEqualTo(USUAL);
    }

    @Test
    void aWorkerThatStandsStillHoldsOneWindow() throws SshProtocolException {
        LocalWindow window = window();
        assertThat(throughput(window, 50_000, 500 * MB, 0)).isZero();
        assertThat(window.held()).isEqualTo(USUAL);
    }

    @Test
    void withoutBudgetThereIsTheLeastWindowAndItWorks() throws SshProtocolException {
        LocalWindow window = new LocalWindow(SETTINGS, new WindowBudget(0), 0);
        assertThat(throughput(window, 1_000, 200 * MB, 200 * MB)).isGreaterThan(150 * MB);
        assertThat(window.size()).isEqualTo(LEAST);
    }

    @Test
    void whoOnlyAsksForThingsLeasesNothing() throws SshProtocolException {
        long before = budget.available();
        LocalWindow window = window();
        for (int i = 0; i < LocalWindow.EARNEST / 64; i++) {
            window.received(64);
            window.consumed(64);
            window.adjustment(TimeUnit.MILLISECONDS.toNanos(i));
        }
        assertThat(budget.available()).isEqualTo(before);
        assertThat(window.size()).isEqualTo(LEAST);
    }

    @Test
    void aWindowThatIsNotUsedAnyMoreShrinks() throws SshProtocolException {
        long before = budget.available();
        LocalWindow window = window();
        throughput(window, 100_000, 200 * MB, 1_000 * MB);
        assertThat(window.size()).isEqualTo(MOST);
        assertThat(budget.available()).isEqualTo(before - (MOST - LEAST));
        throughputOver(window, TimeUnit.SECONDS.toMicros(120));
        assertThat(window.size()).isEqualTo(USUAL);
        assertThat(budget.available()).isEqualTo(before - (USUAL - LEAST));
        window.close();
        window.close();
        assertThat(budget.available()).isEqualTo(before);
    }

    private static void throughputOver(LocalWindow window, long micros) throws SshProtocolException {
        new SimulatedPath(window, 100_000, MB, 1_000 * MB, TimeUnit.SECONDS.toMicros(10)).run(micros);
    }

    @Test
    void creditIsNeverMoreThanTheWindow() throws SshProtocolException {
        LocalWindow window = new LocalWindow(SETTINGS, new WindowBudget(0), 0);
        window.received(LEAST);
        assertThatThrownBy(() -> window.received(1)).isInstanceOf(SshProtocolException.class);
        assertThat(window.adjustment(1)).isZero();
        window.consumed(1);
        assertThat(window.adjustment(2)).isOne();
        window.received(1);
        assertThatThrownBy(() -> window.received(1)).isInstanceOf(SshProtocolException.class);
    }

    @Test
    void nobodyConsumesWhatHasNotCome() throws SshProtocolException {
        LocalWindow window = window();
        window.received(10);
        window.consumed(4);
        assertThatThrownBy(() -> window.consumed(7)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> window.consumed(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aLargeWindowMakesRoomForTheUsualOnesOfOthers() throws SshProtocolException {
        WindowBudget scarce = new WindowBudget(MOST - LEAST);
        LocalWindow large = new LocalWindow(SETTINGS, scarce, 0);
        SimulatedPath longPath = new SimulatedPath(large, 100_000, 200 * MB, 1_000 * MB);
        longPath.run(TimeUnit.SECONDS.toMicros(5));
        assertThat(large.size()).isEqualTo(MOST);
        assertThat(scarce.available()).isZero();

        LocalWindow other = new LocalWindow(SETTINGS, scarce, 0);
        SimulatedPath otherPath = new SimulatedPath(other, 100_000, 200 * MB, 1_000 * MB);
        otherPath.run(TimeUnit.SECONDS.toMicros(5));
        longPath.run(TimeUnit.SECONDS.toMicros(4));
        otherPath.run(TimeUnit.SECONDS.toMicros(2));

        assertThat(large.size()).isEqualTo(USUAL);
        assertThat(other.size()).isGreaterThanOrEqualTo(USUAL);
    }
}
