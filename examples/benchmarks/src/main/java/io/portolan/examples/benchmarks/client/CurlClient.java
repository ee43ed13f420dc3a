package io.portolan.examples.benchmarks.client;

import io.portolan.examples.benchmarks.measure.Children;
import io.portolan.examples.benchmarks.measure.Tool;
import io.portolan.examples.benchmarks.peer.Peer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** curl, once for each file. */
public final class CurlClient implements Client {

    private final Path folder;

    /**
     * curl.
     *
     * @param folder where it runs
     */
    public CurlClient(Path folder) {
        this.folder = folder;
    }

    @Override
    public String name() {
        return "curl";
    }

    @Override
    public Peer.Kind kind() {
        return Peer.Kind.NATIVE;
    }

    @Override
    public boolean takes(Task task) {
        return task.kind() == Task.Kind.DOWNLOAD || task.kind() == Task.Kind.UPLOAD;
    }

    @Override
    public Outcome run(Task task) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>();
        if (task.account().tls()) {
            arguments.addAll(List.of("--ssl-reqd", "--insecure"));
        }
        boolean up = task.kind() == Task.Kind.UPLOAD;
        arguments.addAll(List.of(up ? "--upload-file" : "--output", task.local().toString()));
        arguments.addAll(
                List.of("--write-out", "%{time_total}\n", task.account().url(task.remote())));
        double before = Children.cpuSeconds();
        double seconds = Tool.curl(folder, arguments).numbers().get(0);
        return new Outcome(seconds, Children.cpuSeconds() - before, 0, 0);
    }
}
