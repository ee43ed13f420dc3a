package io.portolan.examples.benchmarks.workload;

import io.portolan.examples.benchmarks.load.TlsVisitor;
import io.portolan.examples.benchmarks.measure.ProcessTree;
import io.portolan.examples.benchmarks.measure.Tool;
import io.portolan.examples.benchmarks.peer.RunningPeer;
import io.portolan.examples.benchmarks.report.Figure;
import io.portolan.examples.benchmarks.report.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Many small files over one control connection: in the clear by lftp, its start, the login and the listing included; with TLS by {@link TlsVisitor}, the login included, as lftp itself waits for about 47 ms at each
 * protected file.
 */
final class SmallFiles extends Workload {

    /** Which way they go. */
    enum Direction {
        /** {@code mirror}. */
        DOWN,
        /** {@code mput}. */
        UP
    }

    private final Direction direction;
    private final Protection protection;
    private final Metric speed;
    private final Metric cpu;

    SmallFiles(Sizes sizes, Direction direction, Protection protection) {
        super(protection.prefix() + (direction == Direction.DOWN ? "small-down" : "small-up"), sizes);
        this.protection = protection;
        this.direction = direction;
        String title = protection.title() + (direction == Direction.DOWN ? "small files down" : "small files up");
        speed = Metric.more(title, "files/s")
                .atLeastBestNative(protection == Protection.PLAIN ? 1.2 : 1.5)
                .build();
        cpu = Metric.less(title + ", server CPU", "µs/file").build();
    }

    @Override
    public List<Figure> run(RunningPeer peer, ProcessTree processes, Data data)
            throws IOException, InterruptedException {
        Path target = direction == Direction.DOWN
                ? Files.createDirectories(data.clients().resolve("fetched"))
                : data.incoming();
        Data.clear(target);
        ProcessTree.Cpu before = processes.cpu();
        double seconds = protection == Protection.PLAIN ? byLftp(peer, data, target) : byTls(peer, data, target);
        processes.awaitQuiet();
        double used = processes.secondsSince(before);
        check(peer, target, sizes().smallFiles());
        Data.clear(target);
        return List.of(
                new Figure(speed, sizes().smallFiles() / seconds), new Figure(cpu, used * 1e6 / sizes().smallFiles()));
    }

    private double byLftp(RunningPeer peer, Data data, Path target) throws IOException, InterruptedException {
        String commands = direction == Direction.DOWN
                ? "mirror --parallel=1 " + Data.SMALL + " " + target
                : "lcd " + data.small() + "\ncd " + Data.INCOMING + "\nmput *";
        return Tool.lftp(
                        data.clients(),
                        peer.user(),
                        peer.password(),
                        peer.address().getPort(),
                        "set ftp:ssl-allow no\n",
                        commands)
                .seconds();
    }

    private double byTls(RunningPeer peer, Data data, Path target) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(data.small())) {
            files = all.sorted().toList();
        }
        long begun = System.nanoTime();
        try (TlsVisitor client = new TlsVisitor(peer.address(), peer.user(), peer.password(), protection.version())) {
            client.enter(direction == Direction.DOWN ? Data.SMALL : Data.INCOMING);
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                if (direction == Direction.DOWN) {
                    client.fetch(name, target.resolve(name));
                } else {
                    client.store(file, name);
                }
            }
        }
        return (System.nanoTime() - begun) / 1e9;
    }

    static void check(RunningPeer peer, Path target, int expected) throws IOException {
        try (Stream<Path> all = Files.list(target)) {
            long whole = all.filter(file -> file.toFile().length() == Sizes.SMALL_FILE)
                    .count();
            if (whole != expected) {
                throw new IOException(peer.name() + ": " + whole + " files of " + expected + " have arrived");
            }
        }
    }
}
