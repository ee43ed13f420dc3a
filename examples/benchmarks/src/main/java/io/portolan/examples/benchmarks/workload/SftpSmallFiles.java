package io.portolan.examples.benchmarks.workload;

import io.portolan.examples.benchmarks.measure.ProcessTree;
import io.portolan.examples.benchmarks.measure.SftpSession;
import io.portolan.examples.benchmarks.peer.RunningPeer;
import io.portolan.examples.benchmarks.report.Figure;
import io.portolan.examples.benchmarks.report.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A folder of many small files, all of it; the client takes one after the other. */
final class SftpSmallFiles extends SftpWorkload {

    private final SmallFiles.Direction direction;
    private final Metric speed;
    private final Metric cpu;

    SftpSmallFiles(Sizes sizes, SmallFiles.Direction direction) {
        super(direction == SmallFiles.Direction.DOWN ? "small-down" : "small-up", sizes);
        this.direction = direction;
        String title = direction == SmallFiles.Direction.DOWN ? "SFTP small files down" : "SFTP small files up";
        speed = Metric.more(title, "files/s").atLeastBestNative(1.5).build();
        cpu = Metric.less(title + ", server CPU", "µs/file").build();
    }

    @Override
    public List<Figure> run(RunningPeer peer, ProcessTree processes, Data data)
            throws IOException, InterruptedException {
        Path target = direction == SmallFiles.Direction.DOWN
                ? Files.createDirectories(data.clients().resolve("fetched"))
                : Files.createDirectories(data.incoming().resolve(Data.SMALL));
        Data.clear(target);
        String command = direction == SmallFiles.Direction.DOWN
                ? "get -r " + Data.SMALL + "/. " + target
                : "put -r " + data.small() + "/. " + Data.INCOMING + "/" + Data.SMALL;
        double seconds;
        double used;
        try (SftpSession session = session(peer, data, SftpCipher.GCM.options())) {
            ProcessTree.Cpu before = processes.cpu();
            seconds = session.run(command).seconds();
            used = processes.secondsSince(before);
        }
        processes.awaitQuiet();
        SmallFiles.check(peer, target, sizes().smallFiles());
        Data.clear(target);
        Files.delete(target);
        return List.of(
                new Figure(speed, sizes().smallFiles() / seconds), new Figure(cpu, used * 1e6 / sizes().smallFiles()));
    }
}
