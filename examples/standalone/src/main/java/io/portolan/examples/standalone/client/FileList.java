package io.portolan.examples.standalone.client;

import io.portolan.fs.FileType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Files of which it has to be known which there are before anything is done with them. */
final class FileList {

    /** What a server can make us remember. */
    static final int MOST = 1_000_000;

    private FileList() {}

    /** The files that a pattern is for: at least one. */
    static List<RemoteFile> matching(Connection connection, String directory, Glob pattern) throws IOException {
        List<RemoteFile> found = new ArrayList<>();
        long unread = connection.list(directory, file -> {
            if (pattern.matches(file.name())) {
                if (found.size() == MOST) {
                    throw Trouble.exception(ExitCode.FAILED, "more than " + MOST + " files match the pattern");
                }
                found.add(file);
            }
        });
        if (unread > 0) {
            throw Trouble.exception(
                    ExitCode.FAILED, unread + " lines of the server's listing were not understood: name the files");
        }
        if (found.isEmpty()) {
            throw Trouble.exception(ExitCode.NOT_FOUND, "nothing there matches the pattern");
        }
        return found;
    }

    /** A directory that need not be asked for. */
    static RemoteFile directory(String name) {
        return new RemoteFile(
                name,
                FileType.DIRECTORY,
                OptionalLong.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
