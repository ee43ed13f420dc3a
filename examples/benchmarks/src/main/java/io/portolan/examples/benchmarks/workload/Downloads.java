package io.portolan.examples.benchmarks.workload;

import io.portolan.examples.benchmarks.measure.ProcessTree;
import io.portolan.examples.benchmarks.measure.Tool;
import io.portolan.examples.benchmarks.peer.RunningPeer;
import io.portolan.examples.benchmarks.report.Figure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** One large file, by curl. */
final class Downloads extends LargeFile {

    Downloads(Sizes sizes, Protection protection) {
        super(sizes, protection, "download", 1, 1);
    }

    @Override
    public List<Figure> run(RunningPeer peer, ProcessTree processes, Data data)
            throws IOException, InterruptedException {
        ProcessTree.Cpu before = processes.cpu();
        double seconds = seconds(peer, data, protection());
        processes.awaitQuiet();
        double used = processes.secondsSince(before);
        return figures(seconds, used);
    }

    /** Fetches the file once. */
    static double seconds(RunningPeer peer, Data data, Protection protection) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(protection.curl());
        arguments.addAll(List.of("--output", "/dev/null", "--write-out", "%{time_total}\n", peer.url(Data.BIG)));
        return Tool.curl(data.clients(), arguments).numbers().get(0);
    }
}
