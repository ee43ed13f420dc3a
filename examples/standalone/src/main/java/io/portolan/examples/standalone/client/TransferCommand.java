package io.portolan.examples.standalone.client;

import io.portolan.mirror.MirrorComparison;
import io.portolan.mirror.MirrorLinks;
import io.portolan.mirror.MirrorOptions;
import java.io.PrintWriter;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What the commands have in common that move files. */
@Command
abstract class TransferCommand extends ClientCommand {

    /** As many as the mirror takes, which is more than most servers let in. */
    private static final int MOST_PARALLEL = 64;

    /** Below, to log in several times takes longer than to move a file over one connection. */
    static final long WORTH_PARTS = 8L << 20;

    /** As many as a transfer in parts takes. */
    static final int MOST_PARTS = 16;

    /** What stands for the input or the output. */
    static final String STREAM = "-";

    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,2}");

    @Option(
            names = "--parallel",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "How many connections, and so files at a time (${DEFAULT-VALUE}). A single big file is fetched in parts, and with SFTP sent in parts.")
    String parallel = "1";

    @Option(
            names = "--no-times",
            description =
                    "Leave the time of what arrives; by default it gets that of its source, where the server can.")
    boolean noTimes;

    @Option(
            names = "--permissions",
            description =
                    "Files in directories get the permissions of their source, where the server tells and sets them.")
    boolean permissions;

    @Option(
            names = "--links",
            paramLabel = "HOW",
            defaultValue = "skip",
            description =
                    "Symbolic links in directories: skip (${DEFAULT-VALUE}), follow (copy what they lead to; not with FTP), keep"
                            + " (make links, if they stay inside; not with FTP).")
    Linking links = Linking.SKIP;

    @Option(
            names = {"-q", "--quiet"},
            description = "Tell failures only.")
    boolean quiet;

    TransferCommand() {}

    /** What is done with links. */
    enum Linking {
        SKIP(MirrorLinks.SKIP),
        FOLLOW(MirrorLinks.FOLLOW),
        KEEP(MirrorLinks.KEEP);

        private final MirrorLinks links;

        Linking(MirrorLinks links) {
            this.links = links;
        }
    }

    int connections() {
        int number = DIGITS.matcher(parallel).matches() ? Integer.parseInt(parallel) : 0;
        if (number < 1 || number > MOST_PARALLEL) {
            throw wrong("--parallel: is not within 1 to " + MOST_PARALLEL);
        }
        return number;
    }

    /** To the output, unless that is where a file goes. */
    Report report(Remote remote, boolean outputIsData) {
        PrintWriter err = spec.commandLine().getErr();
        PrintWriter out = outputIsData ? err : spec.commandLine().getOut();
        return new Report(this, remote, out, bar(err), quiet || outputIsData && !json);
    }

    private @Nullable ProgressBar bar(PrintWriter err) {
        return quiet || json || !Terminal.isErrorOutput() ? null : new ProgressBar(err, System::nanoTime);
    }

    /** For whole directories. */
    MirrorOptions.Builder mirroring(MirrorComparison comparison) {
        return MirrorOptions.builder()
                .comparison(comparison)
                .parallel(connections())
                .atomicUploads(true)
                .keepTimes(!noTimes)
                .keepPermissions(permissions)
                .links(links.links);
    }
}
