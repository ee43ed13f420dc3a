package io.portolan.examples.benchmarks.workload;

import io.portolan.examples.benchmarks.report.Figure;
import io.portolan.examples.benchmarks.report.Metric;
import java.util.List;

/** One large file, one way or the other: how fast it goes, and what it costs. */
abstract class LargeFile extends Workload {

    static final double MEGABYTE = 1e6;
    private static final double GIBIBYTE = 1L << 30;

    private final Protection protection;
    private final Metric speed;
    private final Metric cpu;

    /**
     * @param way what the figures are called
     * @param speedOverNative the goal without protection
     * @param cpuOverNative the goal without protection
     */
    LargeFile(Sizes sizes, Protection protection, String way, double speedOverNative, double cpuOverNative) {
        super(protection.prefix() + way, sizes);
        this.protection = protection;
        Metric.Builder speedGoal = Metric.more(protection.title() + way, "MB/s");
        Metric.Builder cpuGoal = Metric.less(protection.title() + way + ", server CPU", "s/GiB");
        if (protection == Protection.TLS) {
            speed = speedGoal.atLeastBestNative(1.15).build();
            cpu = cpuGoal.atMostBestNative(0.8).build();
        } else {
            speed = speedGoal.atLeastBestNative(speedOverNative).build();
            cpu = cpuGoal.atMostBestNative(cpuOverNative)
                    .timesBetterThanJava(1.5)
                    .build();
        }
    }

    final Protection protection() {
        return protection;
    }

    final List<Figure> figures(double seconds, double cpuSeconds) {
        return List.of(
                new Figure(speed, sizes().bigFile() / MEGABYTE / seconds),
                new Figure(cpu, cpuSeconds * GIBIBYTE / sizes().bigFile()));
    }
}
