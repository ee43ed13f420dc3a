package io.portolan.examples.standalone.client;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists directories, as they come: none is held in memory, so they are in the server's order. */
@Command(
        name = "ls",
        description = "Lists directories and files of a server, one in a line, in the server's order.",
        footer = "Exit codes: see portolan --help.")
public final class Ls extends ClientCommand {

    /** Directories that wait for their turn: what a server can make us remember. */
    private static final int MOST_WAITING = 100_000;

    /** How deep directories may lie, as a server can pretend that they never end. */
    private static final int MOST_DEPTH = 100;

    @Option(
            names = {"-l", "--long"},
            description = "Permissions, owner, group, size and time (UTC) as well.")
    boolean longForm;

    @Option(
            names = {"-R", "--recursive"},
            description = "Whatever is in the directories below, with its path.")
    boolean recursive;

    @Parameters(arity = "1..*", paramLabel = "URL", description = "Directories, files, or a pattern as the last name.")
    List<String> urls = new ArrayList<>();

    private final Set<ExitCode> failures = EnumSet.noneOf(ExitCode.class);
    private boolean anything;

    /** Makes the command. */
    public Ls() {}

    /** A directory whose turn comes: where it is, and under what it is shown. */
    private record Waiting(String path, String prefix, int depth) {}

    @Override
    ExitCode run() throws IOException {
        List<RemoteUrl> places = places(urls);
        ListingPrinter printer = new ListingPrinter(spec.commandLine().getOut(), json, longForm);
        try (Remote remote = open(places.get(0).server());
                Connection connection = remote.connect()) {
            for (RemoteUrl place : places) {
                try {
                    list(connection, place, printer);
                } catch (IOException e) {
                    failed(remote, place.path(), e);
                    if (!connection.isOpen()) {
                        break;
                    }
                }
            }
        }
        return ExitCode.of(anything, failures);
    }

    private void failed(Remote remote, String path, IOException failure) throws IOException {
        Trouble trouble = remote.explain(failure);
        if (trouble.code() == ExitCode.INTERRUPTED) {
            throw failure;
        }
        complain(shown(path) + ": " + trouble.words());
        failures.add(trouble.code());
    }

    private void list(Connection connection, RemoteUrl place, ListingPrinter printer) throws IOException {
        Deque<Waiting> waiting = new ArrayDeque<>();
        if (place.pattern().isPresent()) {
            matching(connection, place, place.pattern().get(), printer, waiting);
        } else {
            Optional<RemoteFile> file = place.directory() ? Optional.empty() : connection.stat(place.path());
            if (file.isEmpty() && !place.directory()) {
                throw Trouble.exception(ExitCode.NOT_FOUND, "there is no such file or directory");
            }
            if (file.isPresent() && !file.get().isDirectory()) {
                // what a link leads to may be a directory, which is for its listing to say
                printer.print("", file.get());
                anything = true;
                return;
            }
            waiting.push(new Waiting(place.path(), "", 1));
        }
        while (!waiting.isEmpty()) {
            Waiting directory = waiting.pop();
            below(connection, directory, printer, waiting);
        }
    }

    private void matching(
            Connection connection, RemoteUrl place, Glob pattern, ListingPrinter printer, Deque<Waiting> waiting)
            throws IOException {
        boolean[] found = {false};
        long unread = connection.list(place.path(), file -> {
            if (pattern.matches(file.name())) {
                found[0] = true;
                printer.print("", file);
                if (recursive && file.isDirectory()) {
                    wait(waiting, new Waiting(RemoteUrl.child(place.path(), file.name()), file.name() + "/", 2));
                }
            }
        });
        tell(place.path(), unread);
        if (!found[0]) {
            throw Trouble.exception(ExitCode.NOT_FOUND, "nothing there matches the pattern");
        }
        anything = true;
    }

    private void below(Connection connection, Waiting directory, ListingPrinter printer, Deque<Waiting> waiting)
            throws IOException {
        List<Waiting> found = new ArrayList<>();
        long unread = connection.list(directory.path(), file -> {
            printer.print(directory.prefix(), file);
            if (recursive && file.isDirectory()) {
                if (directory.depth() == MOST_DEPTH) {
                    throw Trouble.exception(ExitCode.FAILED, "more than " + MOST_DEPTH + " directories in each other");
                }
                String path = RemoteUrl.child(directory.path(), file.name());
                found.add(new Waiting(path, directory.prefix() + file.name() + "/", directory.depth() + 1));
                if (found.size() + waiting.size() > MOST_WAITING) {
                    throw tooMany();
                }
            }
        });
        anything = true;
        tell(directory.path(), unread);
        Collections.reverse(found);
        found.forEach(waiting::push);
    }

    private static void wait(Deque<Waiting> waiting, Waiting directory) throws IOException {
        if (waiting.size() == MOST_WAITING) {
            throw tooMany();
        }
        waiting.addLast(directory);
    }

    private static IOException tooMany() {
        return Trouble.exception(
                ExitCode.FAILED, "more than " + MOST_WAITING + " directories; list those below one by one");
    }

    private void tell(String path, long unread) {
        if (unread > 0) {
            complain(shown(path) + ": " + unread
                    + " lines of the server's listing were not understood, and are left out");
            failures.add(ExitCode.FAILED);
        }
    }
}
