package io.portolan.examples.benchmarks.workload;

import io.portolan.examples.benchmarks.measure.ProcessTree;
import io.portolan.examples.benchmarks.measure.Tool;
import io.portolan.examples.benchmarks.peer.RunningPeer;
import io.portolan.examples.benchmarks.report.Figure;
import io.portolan.examples.benchmarks.report.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** One large file the other way, by curl, under a name that is not there yet. */
final class Uploads extends Workload {

    private static final Metric SPEED =
            Metric.more("upload", "MB/s").atLeastBestNative(0.95).build();
    private static final Metric CPU = Metric.less("upload, server CPU", "s/GiB")
            .atMostBestNative(1.1)
            .timesBetterThanApache(1.5)
            .build();

    Uploads(Sizes sizes) {
        super("upload", sizes);
    }

    @Override
    public List<Figure> run(RunningPeer peer, ProcessTree processes, Data data)
            throws IOException, InterruptedException {
        Data.clear(data.incoming());
        ProcessTree.Cpu before = processes.cpu();
        double seconds = Tool.curl(
                        data.clients(),
                        "--upload-file",
                        data.big().toString(),
                        "--output",
                        "/dev/null",
                        "--write-out",
                        "%{time_total}\n",
                        peer.url(Data.INCOMING + "/upload.bin"))
                .numbers()
                .get(0);
        processes.awaitQuiet();
        double cpu = processes.secondsSince(before);
        Path arrived = data.incoming().resolve("upload.bin");
        if (Files.size(arrived) != sizes().bigFile()) {
            throw new IOException(peer.name() + " has " + Files.size(arrived) + " bytes of " + sizes().bigFile());
        }
        Data.clear(data.incoming());
        return List.of(
                new Figure(SPEED, sizes().bigFile() / Downloads.MEGABYTE / seconds),
                new Figure(CPU, cpu * Downloads.GIBIBYTE / sizes().bigFile()));
    }
}
