package io.portolan.examples.standalone.client;

import io.portolan.mirror.MirrorComparison;
import io.portolan.transfer.TransferSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Uploads files; each is under its name when it is whole. */
@Command(
        name = "put",
        description = "Uploads files, and directories with --recursive. A file is under its name when it is whole.",
        footer = "Exit codes: see portolan --help.")
public final class Put extends TransferCommand {

    @Option(
            names = {"-r", "--recursive"},
            description =
                    "Directories with all that is in them; what is there already and has not changed is left. Their files are sent under their own names at once.")
    boolean recursive;

    @Option(
            names = {"-c", "--continue"},
            description =
                    "Go on where an earlier attempt was cut off: keeps what has come in NAME.part there until it is whole.")
    boolean resume;

    @Option(
            names = "--verify",
            paramLabel = "HOW",
            defaultValue = "none",
            description =
                    "Ask the server afterwards, before the file gets its name: hash, size, best (what it can), none"
                            + " (${DEFAULT-VALUE}: its word that it has all).")
    Check verify = Check.NONE;

    @Option(names = "--mkdir", description = "Make the directory on the server if it is not there.")
    boolean makeDirectory;

    @Parameters(
            arity = "2..*",
            paramLabel = "LOCAL... URL",
            description =
                    "Files and directories, or - for the input; and where they go: a directory, or the name of one file.")
    List<String> arguments = new ArrayList<>();

    /** Makes the command. */
    public Put() {}

    @Override
    ExitCode run() throws IOException {
        List<String> sources = arguments.subList(0, arguments.size() - 1);
        RemoteUrl place = place(arguments.get(arguments.size() - 1));
        if (place.pattern().isPresent()) {
            throw wrong("URL: a pattern is no place to put files; write %2A, %3F, %5B for characters");
        }
        boolean input = sources.contains(STREAM);
        if (input && (sources.size() > 1 || resume || place.directory())) {
            throw wrong("-: the input is one file, has to be given a name, and cannot go on where it was cut off");
        }
        int connections = connections();
        try (Remote remote = connect.open(place.server(), input)) {
            Report report = report(remote, false);
            List<Path> trees = new ArrayList<>();
            boolean directory;
            // closed before the mirror has connections of its own
            try (Connection connection = remote.connect()) {
                if (makeDirectory && place.directory() && !place.isRoot()) {
                    connection.createDirectories(place.path());
                }
                directory = !input && (sources.size() > 1 || isDirectory(connection, place));
                List<Crew.Job> files =
                        input ? List.of(lent -> sendInput(lent, report, place.path())) : new ArrayList<>();
                for (String source : input ? List.<String>of() : sources) {
                    find(Path.of(source), place.path(), directory, report, files, trees);
                }
                if (!input && inParts(remote, sources, connections)) {
                    Path source = Path.of(sources.get(0));
                    String path = directory ? target(place.path(), source) : place.path();
                    files = List.of(lent -> sendInParts(remote, lent, report, source, path));
                }
                for (Path tree : trees) {
                    connection.createDirectories(directory ? target(place.path(), tree) : place.path());
                }
                Crew.run(remote, connection, files, connections);
            }
            for (Path tree : trees) {
                mirror(remote, report, tree, directory ? target(place.path(), tree) : place.path());
            }
            return report.end();
        }
    }

    private static boolean isDirectory(Connection connection, RemoteUrl place) throws IOException {
        return place.directory()
                || connection.stat(place.path()).filter(RemoteFile::isDirectory).isPresent();
    }

    private void find(
            Path source, String place, boolean directory, Report report, List<Crew.Job> files, List<Path> trees)
            throws IOException {
        try {
            if (Files.isDirectory(source)) {
                if (!recursive) {
                    throw Trouble.exception(ExitCode.FAILED, "is a directory; --recursive sends what is in it");
                }
                trees.add(source);
                return;
            }
            if (!Files.exists(source, LinkOption.NOFOLLOW_LINKS)) {
                throw new NoSuchFileException(source.toString());
            }
            String path = directory ? target(place, source) : place;
            files.add(connection -> send(connection, report, source, path));
        } catch (IOException e) {
            report.failed(source.toString(), e);
        }
    }

    private static String target(String place, Path source) throws IOException {
        Path name = source.toAbsolutePath().normalize().getFileName();
        if (name == null) {
            throw Trouble.exception(ExitCode.FAILED, "has no name that it could have there");
        }
        return RemoteUrl.child(place, name.toString());
    }

    private void send(Connection connection, Report report, Path source, String path) throws IOException {
        try {
            Instant modified = Files.getLastModifiedTime(source).toInstant();
            long octets = connection.upload(
                    TransferSource.fromPath(source),
                    path,
                    new Connection.Transfer(resume, verify, report.progress(path)));
            if (!noTimes) {
                connection.setModified(path, modified);
            }
            report.done("put", path, octets);
        } catch (IllegalArgumentException e) {
            report.failed(path, new Trouble(ExitCode.FAILED, String.valueOf(e.getMessage())));
        } catch (IOException e) {
            report.failed(path, e);
        }
    }

    private boolean inParts(Remote remote, List<String> sources, int connections) throws IOException {
        if (sources.size() > 1 || connections == 1 || resume || !remote.storesInParts()) {
            return false;
        }
        Path source = Path.of(sources.get(0));
        return Files.isRegularFile(source) && Files.size(source) >= WORTH_PARTS;
    }

    private void sendInParts(Remote remote, Connection connection, Report report, Path source, String path)
            throws IOException {
        try {
            Instant modified = Files.getLastModifiedTime(source).toInstant();
            long octets = remote.storeInParts(source, path, Math.min(connections(), MOST_PARTS), verify);
            if (!noTimes) {
                connection.setModified(path, modified);
            }
            report.done("put", path, octets);
        } catch (IOException e) {
            report.failed(path, e);
        }
    }

    private void sendInput(Connection connection, Report report, String path) throws IOException {
        TransferSource source = TransferSource.fromInputStream(System.in);
        try {
            report.done(
                    "put",
                    path,
                    connection.upload(source, path, new Connection.Transfer(false, verify, report.progress(path))));
        } catch (IOException e) {
            report.failed(path, e);
        }
    }

    private void mirror(Remote remote, Report report, Path tree, String path) throws IOException {
        try {
            Remote.Mirroring how = new Remote.Mirroring(
                    mirroring(MirrorComparison.SIZE_OR_NEWER).build(), new MirrorReport(report, path, false), false);
            if (remote.mirrorUp(tree, path, how).failed() == 0) {
                report.anythingDone();
            }
        } catch (IOException e) {
            report.failed(tree.toString(), e);
        }
    }
}
