package io.portolan.examples.benchmarks.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server's process with all that it has started, as {@code /proc} of Linux shows it. */
public final class ProcessTree {

    /** What the kernel counts CPU time in, for user space: USER_HZ, the same on every architecture that we run on. */
    private static final double TICKS_PER_SECOND = 100;

    private static final int FIELD_UTIME = 14;
    private static final int FIELD_CSTIME = 17;

    private static final long QUIET_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final long root;
    private final long quiet;

    /** A tree in its quiet state: no session is on. */
    public ProcessTree(long root) {
        this.root = root;
        this.quiet = pids().size();
    }

    private List<Long> pids() {
        return ProcessHandle.of(root)
                .map(handle -> Stream.concat(Stream.of(handle), handle.descendants())
                        .map(ProcessHandle::pid)
                        .toList())
                .orElse(List.of());
    }

    /** Waits until the processes of sessions are gone and their CPU time has gone to their parent. */
    public void awaitQuiet() throws InterruptedException {
        long end = System.nanoTime() + QUIET_LIMIT_NANOS;
        while (pids().size() > quiet && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    /** User and system seconds of all processes, those included that have ended and been waited for. In steps of 10 ms. */
    public double cpuSeconds() {
        long ticks = 0;
        for (long pid : pids()) {
            ticks += ticks(pid);
        }
        return ticks / TICKS_PER_SECOND;
    }

    private static long ticks(long pid) {
        String stat;
        try {
            stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
        } catch (IOException gone) {
            return 0;
        }
        // the second field is the program's name, which may hold anything but ends with the last parenthesis
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long sum = 0;
        for (int field = FIELD_UTIME; field <= FIELD_CSTIME; field++) {
            sum += Long.parseLong(fields[field - 3]);
        }
        return sum;
    }

    /** Bytes of memory, with what processes share counted once. */
    public long memory() {
        long kibibytes = 0;
        for (long pid : pids()) {
            kibibytes += proportionalSet(pid);
        }
        return kibibytes * 1024;
    }

    private static long proportionalSet(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", String.valueOf(pid), "smaps_rollup"))) {
            return lines.filter(line -> line.startsWith("Pss:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException | UncheckedIOException gone) {
            return 0;
        }
    }
}
