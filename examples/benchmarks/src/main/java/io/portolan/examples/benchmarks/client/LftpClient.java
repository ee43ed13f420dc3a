package io.portolan.examples.benchmarks.client;

import io.portolan.examples.benchmarks.measure.Children;
import io.portolan.examples.benchmarks.measure.Tool;
import io.portolan.examples.benchmarks.peer.Peer;
import java.io.IOException;
import java.nio.file.Path;

/** lftp's {@code mirror}, once for each task. Without TLS only: with it, lftp waits for about 47 ms at each file. */
public final class LftpClient implements Client {

    private final Path folder;

    /**
     * lftp.
     *
     * @param folder where it runs
     */
    public LftpClient(Path folder) {
        this.folder = folder;
    }

    @Override
    public String name() {
        return "lftp";
    }

    @Override
    public Peer.Kind kind() {
        return Peer.Kind.NATIVE;
    }

    @Override
    public boolean takes(Task task) {
        return !task.account().tls()
                && (task.kind() == Task.Kind.DOWNLOAD_MANY || task.kind() == Task.Kind.UPLOAD_MANY);
    }

    @Override
    public Outcome run(Task task) throws IOException, InterruptedException {
        boolean up = task.kind() == Task.Kind.UPLOAD_MANY;
        String command = "mirror " + (up ? "--reverse " : "") + "--parallel=" + task.connections() + " "
                + (up ? task.local() + " " + task.remote() : task.remote() + " " + task.local());
        double before = Children.cpuSeconds();
        Tool.Run run = Tool.lftp(
                folder,
                task.account().user(),
                task.account().password(),
                task.account().port(),
                "set ftp:ssl-allow no\nset net:connection-limit 0\nset net:reconnect-interval-base 1",
                command);
        return new Outcome(run.seconds(), Children.cpuSeconds() - before, 0, 0);
    }
}
