package io.portolan.examples.standalone.client;

import io.portolan.examples.standalone.JsonObject;
import io.portolan.mirror.MirrorComparison;
import io.portolan.mirror.MirrorOptions;
import io.portolan.mirror.MirrorResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a directory like another one, on the other side. */
@Command(
        name = "mirror",
        description = "Makes a directory here like one on a server (mirror URL DIR), or the reverse (mirror DIR URL).",
        footer = "Exit codes: see portolan --help.")
public final class MirrorTrees extends TransferCommand {

    @Option(
            names = "--delete",
            description = "Delete in TARGET what SOURCE does not have. Without it nothing is deleted.")
    boolean delete;

    @Option(
            names = {"-n", "--dry-run"},
            description = "Tell what would be done, and do nothing.")
    boolean dryRun;

    @Option(
            names = "--include",
            paramLabel = "PATTERN",
            description = "Only files that match: *.jpg, /2024/**/*.jpg. Repeatable.")
    List<String> includes = new ArrayList<>();

    @Option(
            names = "--exclude",
            paramLabel = "PATTERN",
            description = "Not what matches, which is not deleted either: *.tmp, build/, /logs/*. Repeatable.")
    List<String> excludes = new ArrayList<>();

    @Option(
            names = "--compare",
            paramLabel = "HOW",
            defaultValue = "newer",
            description =
                    "What counts as changed: size, newer (${DEFAULT-VALUE}: other size, or newer in SOURCE), time (other size"
                            + " or time), hash (other size or checksum).")
    Comparison compare = Comparison.NEWER;

    @Parameters(
            arity = "2..*",
            paramLabel = "SOURCE TARGET",
            description = "One is an URL, the other one a directory here.")
    List<String> arguments = new ArrayList<>();

    /** Makes the command. */
    public MirrorTrees() {}

    /** What counts as changed. */
    enum Comparison {
        SIZE(MirrorComparison.SIZE),
        NEWER(MirrorComparison.SIZE_OR_NEWER),
        TIME(MirrorComparison.SIZE_OR_TIME),
        HASH(MirrorComparison.HASH);

        private final MirrorComparison comparison;

        Comparison(MirrorComparison comparison) {
            this.comparison = comparison;
        }
    }

    @Override
    ExitCode run() throws IOException {
        if (arguments.size() != 2 || RemoteUrl.isUrl(arguments.get(0)) == RemoteUrl.isUrl(arguments.get(1))) {
            throw wrong("SOURCE TARGET: one of them is an URL, the other one a directory here");
        }
        boolean down = RemoteUrl.isUrl(arguments.get(0));
        RemoteUrl place = place(arguments.get(down ? 0 : 1));
        Path local = Path.of(arguments.get(down ? 1 : 0));
        if (place.pattern().isPresent()) {
            throw wrong("URL: of a directory; --include takes patterns");
        }
        if (!down && !Files.isDirectory(local)) {
            throw new NotDirectoryException(local.toString());
        }
        MirrorOptions options = options();
        try (Remote remote = open(place.server())) {
            prepare(remote, place, down);
            Report report = report(remote, false);
            Remote.Mirroring how = new Remote.Mirroring(options, new MirrorReport(report, "", dryRun), dryRun);
            try {
                MirrorResult result =
                        down ? remote.mirrorDown(place.path(), local, how) : remote.mirrorUp(local, place.path(), how);
                if (result.failed() == 0 || result.unchanged() > 0) {
                    report.anythingDone();
                }
                ExitCode code = report.end();
                summarise(result);
                return code;
            } catch (IOException e) {
                report.failed(place.path(), e);
                return report.end();
            }
        }
    }

    /** Finds out whether the server can be reached and has the directory, which have exit codes of their own; makes it where files are to go. */
    private void prepare(Remote remote, RemoteUrl place, boolean down) throws IOException {
        try (Connection connection = remote.connect()) {
            if (place.isRoot() || connection.stat(place.path()).isPresent()) {
                return;
            }
            if (down || dryRun) {
                throw Trouble.exception(ExitCode.NOT_FOUND, place.path() + ": there is no such directory");
            }
            connection.createDirectories(place.path());
        }
    }

    private MirrorOptions options() {
        MirrorOptions.Builder options = mirroring(compare.comparison).deleteExtra(delete);
        try {
            includes.forEach(options::include);
            excludes.forEach(options::exclude);
        } catch (IllegalArgumentException e) {
            throw wrong("--include, --exclude: " + e.getMessage());
        }
        return options.build();
    }

    private void summarise(MirrorResult result) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new JsonObject()
                    .add("event", dryRun ? "would-end" : "end")
                    .add("copied", result.copied())
                    .add("bytes", result.octets())
                    .add("unchanged", result.unchanged())
                    .add("directoriesMade", result.directoriesMade())
                    .add("deleted", result.deleted())
                    .add("skipped", result.skipped())
                    .add("failed", result.failed())
                    .end());
        } else if (!quiet) {
            out.println((dryRun ? "would be: " : "") + result);
        }
    }
}
