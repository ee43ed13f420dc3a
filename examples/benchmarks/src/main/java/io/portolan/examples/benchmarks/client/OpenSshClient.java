package io.portolan.examples.benchmarks.client;

import io.portolan.examples.benchmarks.measure.Children;
import io.portolan.examples.benchmarks.measure.Tool;
import io.portolan.examples.benchmarks.peer.Peer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** OpenSSH's {@code sftp}, once for each task: its login is in the figures, as that of the others is. */
public final class OpenSshClient implements Client {

    /** What all clients encrypt with. */
    static final String CIPHER = "aes128-gcm@openssh.com";

    private final Path folder;

    /**
     * sftp.
     *
     * @param folder where it runs
     */
    public OpenSshClient(Path folder) {
        this.folder = folder;
    }

    @Override
    public String name() {
        return "sftp";
    }

    @Override
    public Peer.Kind kind() {
        return Peer.Kind.NATIVE;
    }

    @Override
    public boolean takes(Task task) {
        return task.kind() != Task.Kind.SESSIONS;
    }

    @Override
    public Outcome run(Task task) throws IOException, InterruptedException {
        String command = switch (task.kind()) {
            case DOWNLOAD -> "get " + task.remote() + " " + task.local();
            case UPLOAD -> "put " + task.local() + " " + task.remote();
            // what is in the folder, not the folder
            case DOWNLOAD_MANY -> "get -r " + task.remote() + "/. " + task.local();
            case UPLOAD_MANY -> "put -r " + task.local() + "/. " + task.remote();
            // unsorted
            case LIST -> "ls -1f " + task.remote();
            case STREAM, SESSIONS -> throw new IOException("not measured");
        };
        double before = Children.cpuSeconds();
        Tool.Run run = Tool.sftp(
                folder,
                task.account().user(),
                task.account().identity(),
                task.account().port(),
                List.of("-c", CIPHER),
                command);
        // it repeats what it was told
        long printed =
                run.output().lines().filter(line -> !line.startsWith("sftp> ")).count();
        return new Outcome(run.seconds(), Children.cpuSeconds() - before, printed, 0);
    }
}
