package io.portolan.examples.benchmarks.client;

import io.portolan.examples.benchmarks.peer.CrowdedServer;
import io.portolan.examples.benchmarks.peer.Protocol;
import io.portolan.examples.benchmarks.report.Metric;
import io.portolan.examples.benchmarks.workload.Sizes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** All that clients are measured at, with the project's goals. */
public final class ClientWorkloads {

    /** Protected files: without session resumption and with Nagle's algorithm, Commons Net makes 21 in a second. */
    private static final int PROTECTED_FILES = 200;

    /** Files over a long way, which take three round trips each. */
    private static final int DISTANT_FILES = 400;

    private static final int PARALLEL = 8;
    private static final int DELAY_MILLIS = 50;
    private static final int HEAP_MEBIBYTES = 32;
    private static final double MEGABYTE = 1e6;
    private static final double GIBIBYTE = 1 << 30;
    private static final double MICROSECOND = 1e-6;

    private ClientWorkloads() {}

    /** In the order of the tables. */
    public static List<ClientWorkload> all(Sizes sizes) {
        List<ClientWorkload> all = new ArrayList<>();
        all.add(big(sizes, Task.Kind.DOWNLOAD, false));
        all.add(big(sizes, Task.Kind.UPLOAD, false));
        all.add(big(sizes, Task.Kind.DOWNLOAD, true));
        all.add(big(sizes, Task.Kind.UPLOAD, true));
        for (Task.Kind way : List.of(Task.Kind.DOWNLOAD_MANY, Task.Kind.UPLOAD_MANY)) {
            int files = sizes.smallFiles();
            all.add(small("small-" + way(way), way, false, files, 1, 1, 0, 1.3, null));
            all.add(small("parallel-" + way(way), way, false, files, PARALLEL, 1, 0, 3.0, null));
            all.add(small("threads-" + way(way), way, false, files, PARALLEL, PARALLEL, 0, 1.0, null));
            all.add(small("tls-small-" + way(way), way, true, few(sizes, PROTECTED_FILES), 1, 1, 0, 20.0, null));
            all.add(small(
                    "distant-" + way(way),
                    way,
                    false,
                    few(sizes, DISTANT_FILES),
                    PARALLEL,
                    PARALLEL,
                    DELAY_MILLIS,
                    null,
                    1.0));
        }
        all.add(listing(sizes));
        all.add(crowd());
        all.addAll(SftpClientWorkloads.all(sizes));
        return all;
    }

    /** The numbers of files that folders are needed with. */
    public static List<Integer> folders(Sizes sizes) {
        return List.of(few(sizes, PROTECTED_FILES), few(sizes, DISTANT_FILES), SftpClientWorkloads.distantFiles(sizes));
    }

    private static int few(Sizes sizes, int files) {
        return Math.min(files, sizes.smallFiles());
    }

    private static String way(Task.Kind kind) {
        return kind == Task.Kind.DOWNLOAD || kind == Task.Kind.DOWNLOAD_MANY ? "down" : "up";
    }

    private static ClientWorkload big(Sizes sizes, Task.Kind kind, boolean tls) {
        String title = (tls ? "TLS " : "") + kind.name().toLowerCase(Locale.ROOT);
        Metric.Builder speed = Metric.more(title, "MB/s");
        Metric.Builder cpu = Metric.less(title + ", client CPU", "s/GiB");
        if (!tls) {
            speed.atLeastBestNative(0.95).timesBetterThanJava(1);
            cpu.timesBetterThanJava(1 / 0.8);
        } else if (kind == Task.Kind.DOWNLOAD) {
            speed.timesBetterThanJava(1.3);
        }
        return new ClientWorkload(
                (tls ? "tls-" : "") + kind.name().toLowerCase(Locale.ROOT),
                Protocol.FTP,
                kind,
                tls,
                1,
                1,
                1,
                0,
                sizes.bigFile() / MEGABYTE,
                speed.build(),
                sizes.bigFile() / GIBIBYTE,
                cpu.build(),
                null,
                null);
    }

    private static ClientWorkload small(
            String name,
            Task.Kind way,
            boolean tls,
            int files,
            int connections,
            int javaConnections,
            int delay,
            @Nullable Double overJava,
            @Nullable Double overNative) {
        String title = (tls ? "TLS " : "") + "small files " + way(way)
                + (connections > 1 ? ", " + connections + " connections" : "")
                + (connections == javaConnections ? "" : " (Commons Net one)")
                + (delay > 0 ? ", " + delay + " ms" : "");
        Metric.Builder speed = Metric.more(title, "files/s");
        if (overJava != null) {
            speed.timesBetterThanJava(overJava);
        }
        if (overNative != null) {
            speed.atLeastBestNative(overNative);
        }
        return new ClientWorkload(
                name,
                Protocol.FTP,
                way,
                tls,
                files,
                connections,
                javaConnections,
                delay,
                files,
                speed.build(),
                files * MICROSECOND,
                Metric.less(title + ", client CPU", "µs/file").build(),
                null,
                null);
    }

    private static ClientWorkload listing(Sizes sizes) {
        int entries = sizes.listings() * sizes.entries();
        return new ClientWorkload(
                "list",
                Protocol.FTP,
                Task.Kind.LIST,
                false,
                sizes.listings(),
                1,
                1,
                0,
                entries,
                Metric.more("listing", "entries/s").timesBetterThanJava(3).build(),
                entries * MICROSECOND,
                Metric.less("listing, client CPU", "µs/entry").build(),
                null,
                null);
    }

    private static ClientWorkload crowd() {
        return new ClientWorkload(
                "million",
                Protocol.FTP,
                Task.Kind.STREAM,
                false,
                1,
                1,
                1,
                0,
                CrowdedServer.ENTRIES,
                Metric.more("listing of a million", "entries/s").build(),
                CrowdedServer.ENTRIES * MICROSECOND,
                Metric.less("listing of a million, client CPU", "µs/entry").build(),
                Metric.less("listing of a million, heap and garbage", "MiB")
                        .atMost(HEAP_MEBIBYTES)
                        .build(),
                null);
    }
}
