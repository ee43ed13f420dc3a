package io.portolan.examples.benchmarks.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A server's process with all that it has started, as {@code /proc} of Linux shows it. */
public final class ProcessTree {

    /** What the kernel counts CPU time in, for user space: USER_HZ, the same on every architecture that we run on. */
    static final double TICKS_PER_SECOND = 100;

    private static final int FIELD_UTIME = 14;
    private static final int FIELD_STIME = 15;
    private static final int FIELD_CSTIME = 17;

    /** The kernel counts in steps of 10 ms, too. */
    private static final long WATCH_MILLIS = 10;

    private static final long QUIET_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(3);

    private static final long SETTLE_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    private final long root;
    private final long quiet;
    private final Map<Long, Long> seen = new ConcurrentHashMap<>();

    /** A tree in its quiet state: no session is on. */
    public ProcessTree(long root) {
        this.root = root;
        this.quiet = fewest();
    }

    /** Whoever has looked whether the server is there may have left the process of a session that is about to end. */
    private long fewest() {
        long fewest = Long.MAX_VALUE;
        for (long end = System.nanoTime() + SETTLE_NANOS; fewest > 1 && System.nanoTime() < end; ) {
            fewest = Math.min(fewest, pids().size());
            LockSupport.parkNanos(SETTLE_NANOS / 10);
        }
        return fewest;
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

    /**
     * CPU time so far.
     *
     * @param waitedFor ticks of the processes that are there and of those that their parents have waited for
     * @param watched ticks of the root, and of every other process when it was last seen
     */
    public record Cpu(long waitedFor, long watched) {}

    /** The CPU time of this moment. */
    public Cpu cpu() {
        watch();
        long waitedFor = 0;
        for (long pid : pids()) {
            waitedFor += ticks(pid, FIELD_UTIME, FIELD_CSTIME);
        }
        long watched = ticks(root, FIELD_UTIME, FIELD_STIME);
        for (long own : seen.values()) {
            watched += own;
        }
        return new Cpu(waitedFor, watched);
    }

    /**
     * User and system seconds of all processes, in steps of 10 ms. A child whose parent ended without having waited for it (as in vsftpd, now and then) is lost to
     * the kernel's sums; one that lives for a few milliseconds is lost to whoever watches. So the larger of both figures is the right one.
     */
    public double secondsSince(Cpu before) {
        Cpu now = cpu();
        return Math.max(now.waitedFor() - before.waitedFor(), now.watched() - before.watched()) / TICKS_PER_SECOND;
    }

    /** Begins to look at the processes of sessions while they live. */
    public ProcessTree watching() {
        Thread watcher = new Thread(
                () -> {
                    try {
                        while (ProcessHandle.of(root).isPresent()) {
                            watch();
                            TimeUnit.MILLISECONDS.sleep(WATCH_MILLIS);
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "watch-" + root);
        watcher.setDaemon(true);
        watcher.start();
        return this;
    }

    private void watch() {
        for (long child : children(root)) {
            watch(child);
        }
    }

    private void watch(long pid) {
        seen.merge(pid, ticks(pid, FIELD_UTIME, FIELD_STIME), Math::max);
        for (long child : children(pid)) {
            watch(child);
        }
    }

    /** Cheaper than to look through all processes, as ProcessHandle does: this is asked for a hundred times a second. */
    private static List<Long> children(long pid) {
        String id = String.valueOf(pid);
        try {
            String list = Files.readString(Path.of("/proc", id, "task", id, "children"));
            return Stream.of(list.split(" "))
                    .filter(each -> !each.isBlank())
                    .map(Long::valueOf)
                    .toList();
        } catch (IOException gone) {
            return List.of();
        }
    }

    static long ticks(long pid, int firstField, int lastField) {
        String stat;
        try {
            stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
        } catch (IOException gone) {
            return 0;
        }
        // the second field is the program's name, which may hold anything but ends with the last parenthesis
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long sum = 0;
        for (int field = firstField; field <= lastField; field++) {
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
