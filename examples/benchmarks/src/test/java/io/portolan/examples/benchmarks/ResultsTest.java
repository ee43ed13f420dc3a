package io.portolan.examples.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.examples.benchmarks.peer.Peer;
import io.portolan.examples.benchmarks.report.Figure;
import io.portolan.examples.benchmarks.report.Goal;
import io.portolan.examples.benchmarks.report.Metric;
import io.portolan.examples.benchmarks.report.Results;
import io.portolan.examples.benchmarks.report.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultsTest {

    private static final Metric SPEED =
            Metric.more("speed", "MB/s").atLeastBestNative(0.95).build();
    private static final Metric CPU =
            Metric.less("CPU", "s").atMostBestNative(1.1).timesBetterThanJava(2).build();

    private final Results results = new Results("Apache");

    private void add(Metric metric, String peer, Peer.Kind kind, double... values) {
        for (double value : values) {
            results.add(new Figure(metric, value), peer, kind);
        }
    }

    @Test
    void theBestNativeServerIsTheFastestWhereMoreIsBetter() {
        add(SPEED, "portolan", Peer.Kind.PORTOLAN, 96);
        add(SPEED, "vsftpd", Peer.Kind.NATIVE, 50);
        add(SPEED, "pure-ftpd", Peer.Kind.NATIVE, 100);

        assertThat(results.ratio(SPEED, Goal.Against.BEST_NATIVE)).hasValue(0.96);
        assertThat(results.reached(SPEED, SPEED.goals().get(0))).contains(true);
    }

    @Test
    void theBestNativeServerIsTheCheapestWhereLessIsBetter() {
        add(CPU, "portolan", Peer.Kind.PORTOLAN, 1.2);
        add(CPU, "vsftpd", Peer.Kind.NATIVE, 2);
        add(CPU, "proftpd", Peer.Kind.NATIVE, 1);
        add(CPU, "apache", Peer.Kind.JAVA, 2.4);

        assertThat(results.reached(CPU, CPU.goals().get(0))).contains(false);
        assertThat(results.reached(CPU, CPU.goals().get(1))).contains(true);
    }

    @Test
    void withoutAnybodyToCompareWithNothingIsClaimed() {
        add(SPEED, "portolan", Peer.Kind.PORTOLAN, 96);

        assertThat(results.ratio(SPEED, Goal.Against.BEST_NATIVE)).isEmpty();
        assertThat(results.reached(SPEED, SPEED.goals().get(0))).isEmpty();
    }

    @Test
    void theMedianIsTheMiddleValueOrTheMeanOfTwo() {
        assertThat(Samples.median(List.of(3.0, 1.0, 2.0))).isEqualTo(2);
        assertThat(Samples.median(List.of(4.0, 1.0, 2.0, 3.0))).isEqualTo(2.5);
    }
}
