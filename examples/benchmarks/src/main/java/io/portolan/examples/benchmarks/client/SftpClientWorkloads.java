package io.portolan.examples.benchmarks.client;

import io.portolan.examples.benchmarks.peer.Protocol;
import io.portolan.examples.benchmarks.report.Metric;
import io.portolan.examples.benchmarks.workload.Sizes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** All that SFTP clients are measured at, with the project's goals. One connection each. */
final class SftpClientWorkloads {

    /** Files over a long way, each of which takes some round trips of JSch. */
    private static final int DISTANT_FILES = 100;

    private static final int SHORT_WAY = 50;
    private static final int PARTS = 8;
    private static final int LONG_WAY = 150;
    private static final double MEGABYTE = 1e6;
    private static final double GIBIBYTE = 1 << 30;
    private static final double MICROSECOND = 1e-6;

    private SftpClientWorkloads() {}

    static List<ClientWorkload> all(Sizes sizes) {
        List<ClientWorkload> all = new ArrayList<>();
        for (Task.Kind way : List.of(Task.Kind.DOWNLOAD, Task.Kind.UPLOAD)) {
            all.add(big(sizes, way, 0));
            all.add(big(sizes, way, SHORT_WAY));
            all.add(big(sizes, way, LONG_WAY));
        }
        all.add(parts(sizes, SHORT_WAY));
        all.add(parts(sizes, LONG_WAY));
        for (Task.Kind way : List.of(Task.Kind.DOWNLOAD_MANY, Task.Kind.UPLOAD_MANY)) {
            all.add(small(way, sizes.smallFiles(), 0));
            all.add(small(way, distantFiles(sizes), SHORT_WAY));
        }
        all.add(listing(sizes));
        all.add(sessions(sizes));
        return all;
    }

    static int distantFiles(Sizes sizes) {
        return Math.min(DISTANT_FILES, sizes.smallFiles());
    }

    private static String after(String name, int delay) {
        return "sftp-" + name + (delay == 0 ? "" : "-" + delay + "ms");
    }

    private static String titled(String title, int delay) {
        return "SFTP " + title + (delay == 0 ? "" : ", " + delay + " ms");
    }

    private static ClientWorkload big(Sizes sizes, Task.Kind kind, int delay) {
        String name = kind.name().toLowerCase(Locale.ROOT);
        Metric.Builder speed = Metric.more(titled(name, delay), "MB/s");
        Metric cpu = null;
        if (delay == 0) {
            speed.atLeastBestNative(1).timesBetterThanJava(1.3);
            cpu = Metric.less(titled(name, delay) + ", client CPU", "s/GiB")
                    .timesBetterThanJava(1 / 0.7)
                    .build();
        } else {
            speed.atLeastBestNative(3);
        }
        return workload(
                after(name, delay),
                kind,
                1,
                delay,
                sizes.bigFile() / MEGABYTE,
                speed.build(),
                sizes.bigFile() / GIBIBYTE,
                cpu,
                null);
    }

    /** OpenSSH's server takes 2 MiB in a round trip on each connection, so that one alone is held up by it whatever its client does. */
    private static ClientWorkload parts(Sizes sizes, int delay) {
        return new ClientWorkload(
                after("upload-parts", delay),
                Protocol.SFTP,
                Task.Kind.UPLOAD,
                false,
                1,
                PARTS,
                1,
                delay,
                sizes.bigFile() / MEGABYTE,
                Metric.more(titled("upload on " + PARTS + " connections (others one)", delay), "MB/s")
                        .atLeastBestNative(3)
                        .build(),
                sizes.bigFile() / GIBIBYTE,
                null,
                null,
                null);
    }

    private static ClientWorkload small(Task.Kind kind, int files, int delay) {
        String way = kind == Task.Kind.DOWNLOAD_MANY ? "down" : "up";
        String title = titled("small files " + way, delay);
        Metric.Builder speed = Metric.more(title, "files/s");
        if (delay == 0) {
            speed.atLeastBestNative(3).timesBetterThanJava(3);
        } else {
            speed.timesBetterThanJava(20);
        }
        return workload(
                after("small-" + way, delay),
                kind,
                files,
                delay,
                files,
                speed.build(),
                files * MICROSECOND,
                Metric.less(title + ", client CPU", "µs/file").build(),
                null);
    }

    private static ClientWorkload listing(Sizes sizes) {
        int entries = sizes.largeFolder();
        return workload(
                "sftp-list",
                Task.Kind.LIST,
                1,
                0,
                entries,
                Metric.more("SFTP listing", "entries/s").timesBetterThanJava(2).build(),
                entries * MICROSECOND,
                Metric.less("SFTP listing, client CPU", "µs/entry").build(),
                null);
    }

    private static ClientWorkload sessions(Sizes sizes) {
        int sessions = sizes.clientSessions();
        return workload(
                "sftp-sessions",
                Task.Kind.SESSIONS,
                sessions,
                0,
                sessions,
                Metric.more("SFTP sessions, opened one after the other", "1/s").build(),
                sessions * MICROSECOND * 1000,
                Metric.less("SFTP sessions, client CPU", "ms each").build(),
                Metric.less("threads with " + sessions + " SFTP sessions", "").build());
    }

    private static ClientWorkload workload(
            String name,
            Task.Kind kind,
            int files,
            int delay,
            double amount,
            Metric speed,
            double cpuAmount,
            @Nullable Metric cpu,
            @Nullable Metric threads) {
        return new ClientWorkload(
                name, Protocol.SFTP, kind, false, files, 1, 1, delay, amount, speed, cpuAmount, cpu, null, threads);
    }
}
