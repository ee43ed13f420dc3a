package io.portolan.examples.standalone.client;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Deletes files. */
@Command(
        name = "rm",
        description = "Deletes files, and directories with --recursive.",
        footer = "Exit codes: see portolan --help.")
public final class Rm extends ClientCommand {

    @Option(
            names = {"-r", "--recursive"},
            description = "Directories with all that is in them. Links are deleted, what they lead to is left.")
    boolean recursive;

    @Option(
            names = "--everything",
            paramLabel = "HOST",
            description = "Allow to delete all that the login can see, on the host that is named here.")
    @Nullable
    String everything;

    @Option(
            names = {"-q", "--quiet"},
            description = "Tell failures only.")
    boolean quiet;

    @Parameters(arity = "1..*", paramLabel = "URL", description = "Files, directories, or a pattern as the last name.")
    List<String> urls = new ArrayList<>();

    /** Makes the command. */
    public Rm() {}

    @Override
    ExitCode run() throws IOException {
        List<RemoteUrl> places = places(urls);
        places.forEach(this::protectRoot);
        try (Remote remote = open(places.get(0).server());
                Connection connection = remote.connect()) {
            Report report = new Report(this, remote, spec.commandLine().getOut(), null, quiet);
            for (RemoteUrl place : places) {
                try {
                    remove(connection, place, report);
                } catch (IOException e) {
                    report.failed(place.path(), e);
                    if (!connection.isOpen()) {
                        break;
                    }
                }
            }
            return report.end();
        }
    }

    /** A variable that is empty in a script's {@code "$URL/$DIR"} deletes nothing. */
    private void protectRoot(RemoteUrl place) {
        if (!place.isRoot() || place.pattern().isPresent() && !recursive) {
            return;
        }
        if (!place.server().host().equals(everything)) {
            throw wrong(
                    "URL: is all that the login can see; '--recursive --everything HOST', with the host's name, deletes it");
        }
    }

    private void remove(Connection connection, RemoteUrl place, Report report) throws IOException {
        Optional<Glob> pattern = place.pattern();
        if (place.isRoot() || pattern.isPresent()) {
            Glob which = pattern.orElseGet(() -> Glob.EVERYTHING);
            for (RemoteFile file : FileList.matching(connection, place.path(), which)) {
                try {
                    remove(connection, RemoteUrl.child(place.path(), file.name()), file, report);
                } catch (IOException e) {
                    report.failed(RemoteUrl.child(place.path(), file.name()), e);
                }
            }
            return;
        }
        RemoteFile file = connection
                .statLink(place.path())
                .orElseThrow(() -> Trouble.exception(ExitCode.NOT_FOUND, "there is no such file or directory"));
        remove(connection, place.path(), file, report);
    }

    private void remove(Connection connection, String path, RemoteFile file, Report report) throws IOException {
        if (!file.isDirectory()) {
            connection.delete(path);
        } else if (recursive) {
            connection.deleteRecursively(path);
        } else {
            throw Trouble.exception(ExitCode.FAILED, "is a directory; --recursive deletes it with all that is in it");
        }
        report.done("rm", path, -1);
    }
}
