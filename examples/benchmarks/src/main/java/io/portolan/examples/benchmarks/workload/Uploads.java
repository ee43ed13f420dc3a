package io.portolan.examples.benchmarks.workload;

import io.portolan.examples.benchmarks.measure.ProcessTree;
import io.portolan.examples.benchmarks.measure.Tool;
import io.portolan.examples.benchmarks.peer.RunningPeer;
import io.portolan.examples.benchmarks.report.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One large file the other way, by curl, under a name that is not there yet. */
final class Uploads extends LargeFile {

    Uploads(Sizes sizes, Protection protection) {
        super(sizes, protection, "upload", 0.95, 1.1);
    }

    @Override
    public List<Figure> run(RunningPeer peer, ProcessTree processes, Data data)
            throws IOException, InterruptedException {
        Data.clear(data.incoming());
        ProcessTree.Cpu before = processes.cpu();
        List<String> arguments = new ArrayList<>(protection().curl());
        arguments.addAll(List.of("--upload-file", data.big().toString(), "--output", "/dev/null"));
        arguments.addAll(List.of("--write-out", "%{time_total}\n", peer.url(Data.INCOMING + "/upload.bin")));
        double seconds = Tool.curl(data.clients(), arguments).numbers().get(0);
        processes.awaitQuiet();
        double used = processes.secondsSince(before);
        Path arrived = data.incoming().resolve("upload.bin");
        if (Files.size(arrived) != sizes().bigFile()) {
            throw new IOException(peer.name() + " has " + Files.size(arrived) + " bytes of " + sizes().bigFile());
        }
        Data.clear(data.incoming());
        return figures(seconds, used);
    }
}
