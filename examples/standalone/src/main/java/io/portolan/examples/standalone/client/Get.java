package io.portolan.examples.standalone.client;

import io.portolan.fs.FileType;
import io.portolan.mirror.MirrorComparison;
import io.portolan.transfer.TransferSink;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Downloads files; each is under its name when it is whole. */
@Command(
        name = "get",
        description = "Downloads files, and directories with --recursive. A file is under its name when it is whole.",
        footer = "Exit codes: see portolan --help.")
public final class Get extends TransferCommand {

    @Option(
            names = {"-r", "--recursive"},
            description = "Directories with all that is in them; what is here already and has not changed is left.")
    boolean recursive;

    @Option(
            names = {"-c", "--continue"},
            description =
                    "Go on where an earlier attempt was cut off: keeps what has come in LOCAL.part until it is whole.")
    boolean resume;

    @Option(
            names = "--verify",
            paramLabel = "HOW",
            defaultValue = "none",
            description =
                    "Ask the server afterwards: hash, size, best (what it can), none (${DEFAULT-VALUE}; the size that it has"
                            + " told before counts in any case).")
    Check verify = Check.NONE;

    @Parameters(
            arity = "1..*",
            paramLabel = "URL... [LOCAL]",
            description =
                    "Files, directories, or a pattern as the last name; and where they go: a file, a directory, - for the"
                            + " output, by default the current directory.")
    List<String> arguments = new ArrayList<>();

    /** Makes the command. */
    public Get() {}

    @Override
    ExitCode run() throws IOException {
        String last = arguments.get(arguments.size() - 1);
        boolean named = arguments.size() > 1 && !RemoteUrl.isUrl(last);
        List<RemoteUrl> places = places(named ? arguments.subList(0, arguments.size() - 1) : arguments);
        boolean toOutput = named && last.equals(STREAM);
        Path target = named && !toOutput ? Path.of(last) : null;
        if (toOutput && (recursive || resume)) {
            throw wrong("-: the output takes neither directories nor what was cut off");
        }
        boolean several = places.size() > 1 || places.get(0).pattern().isPresent();
        if (target != null && several && !Files.isDirectory(target)) {
            throw wrong("LOCAL: has to be a directory that exists, as there may be several files");
        }
        connections();
        try (Remote remote = open(places.get(0).server())) {
            Report report = report(remote, toOutput);
            List<Wanted> trees = new ArrayList<>();
            // closed before the mirror has connections of its own
            try (Connection connection = remote.connect()) {
                List<Wanted> files = new ArrayList<>();
                for (RemoteUrl place : places) {
                    find(connection, place, report, files, trees);
                }
                fetch(remote, connection, report, files, target, toOutput);
            }
            for (Wanted tree : trees) {
                mirror(remote, report, tree, target);
            }
            return report.end();
        }
    }

    private void fetch(
            Remote remote,
            Connection connection,
            Report report,
            List<Wanted> files,
            @Nullable Path target,
            boolean toOutput)
            throws IOException {
        int connections = toOutput ? 1 : connections();
        if (files.size() == 1 && connections > 1 && isBig(files.get(0).file()) && !resume) {
            inParts(remote, report, files.get(0), target, connections);
            return;
        }
        List<Crew.Job> jobs = files.stream()
                .map(file -> (Crew.Job) lent -> fetch(lent, report, file, target, toOutput))
                .toList();
        Crew.run(remote, connection, jobs, connections);
    }

    /** Something that is there. */
    private record Wanted(String path, RemoteFile file) {}

    private static boolean isBig(RemoteFile file) {
        return file.size().orElse(0) >= WORTH_PARTS;
    }

    private void find(Connection connection, RemoteUrl place, Report report, List<Wanted> files, List<Wanted> trees)
            throws IOException {
        try {
            for (Wanted wanted : found(connection, place)) {
                if (wanted.file().isDirectory()) {
                    if (!recursive) {
                        throw Trouble.exception(ExitCode.FAILED, "is a directory; --recursive fetches what is in it");
                    }
                    trees.add(wanted);
                } else if (wanted.file().type() == FileType.OTHER) {
                    report.skipped(wanted.path(), "is neither a file nor a directory");
                } else {
                    files.add(wanted);
                }
            }
        } catch (IOException e) {
            report.failed(place.path(), e);
        }
    }

    private List<Wanted> found(Connection connection, RemoteUrl place) throws IOException {
        if (place.pattern().isEmpty()) {
            if (place.isRoot()) {
                return List.of(new Wanted(place.path(), FileList.directory(place.name())));
            }
            Optional<RemoteFile> file = connection.stat(place.path());
            return List.of(new Wanted(
                    place.path(),
                    file.orElseThrow(
                            () -> Trouble.exception(ExitCode.NOT_FOUND, "there is no such file or directory"))));
        }
        Glob pattern = place.pattern().get();
        return FileList.matching(connection, place.path(), pattern).stream()
                .filter(file -> recursive || !file.isDirectory())
                .map(file -> new Wanted(RemoteUrl.child(place.path(), file.name()), file))
                .toList();
    }

    private void fetch(Connection connection, Report report, Wanted wanted, @Nullable Path target, boolean toOutput)
            throws IOException {
        try {
            Connection.Transfer how = new Connection.Transfer(resume, verify, report.progress(wanted.path()));
            if (toOutput) {
                OutputStream output = new FileOutputStream(FileDescriptor.out);
                report.done(
                        "get",
                        wanted.path(),
                        connection.download(wanted.path(), TransferSink.toOutputStream(output), how));
                return;
            }
            Path file = local(wanted, target);
            if (resume && isHere(file, wanted.file())) {
                report.skipped(wanted.path(), "is here already");
                report.anythingDone();
                return;
            }
            TransferSink sink = resume ? TransferSink.toPathResumable(file) : TransferSink.toPath(file);
            long octets = connection.download(wanted.path(), sink, how);
            keepTime(file, wanted.file());
            report.done("get", wanted.path(), octets);
        } catch (IOException e) {
            report.failed(wanted.path(), e);
        }
    }

    private void inParts(Remote remote, Report report, Wanted wanted, @Nullable Path target, int connections)
            throws IOException {
        try {
            Path file = local(wanted, target);
            long octets = remote.fetchInParts(wanted.path(), file, Math.min(connections, MOST_PARTS), verify);
            keepTime(file, wanted.file());
            report.done("get", wanted.path(), octets);
        } catch (IOException e) {
            report.failed(wanted.path(), e);
        }
    }

    private void mirror(Remote remote, Report report, Wanted tree, @Nullable Path target) throws IOException {
        try {
            Path directory = tree.file().name().isEmpty() ? here(target) : local(tree, target);
            Remote.Mirroring how = new Remote.Mirroring(
                    mirroring(MirrorComparison.SIZE_OR_TIME).build(),
                    new MirrorReport(report, tree.path(), false),
                    false);
            if (remote.mirrorDown(tree.path(), directory, how).failed() == 0) {
                report.anythingDone();
            }
        } catch (IOException e) {
            report.failed(tree.path(), e);
        }
    }

    private static Path here(@Nullable Path target) {
        return target == null ? Path.of("") : target;
    }

    private static Path local(Wanted wanted, @Nullable Path target) throws IOException {
        if (target != null && !Files.isDirectory(target)) {
            return target;
        }
        return LocalNames.in(here(target), wanted.file().name());
    }

    private static boolean isHere(Path file, RemoteFile wanted) throws IOException {
        return Files.isRegularFile(file)
                && wanted.size().isPresent()
                && Files.size(file) == wanted.size().getAsLong();
    }

    private void keepTime(Path file, RemoteFile wanted) throws IOException {
        if (!noTimes && wanted.modified().isPresent()) {
            Files.setLastModifiedTime(file, FileTime.from(wanted.modified().get()));
        }
    }
}
