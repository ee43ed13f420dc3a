package io.portolan.examples.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** Where things stay between starts: its owner's and nobody else's. */
final class StateFolder {

    private StateFolder() {}

    /** The folder that the options name, or the usual one. */
    static Path of(ServeOptions options) {
        Path folder = options.state == null
                ? usual(System.getenv(), Path.of(System.getProperty("user.home")))
                : options.state;
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw options.wrong("--state: " + folder + ": is not a folder");
        }
        return folder;
    }

    /** As the XDG base directory specification has it, which says that a relative path counts for nothing. */
    static Path usual(Map<String, String> environment, Path home) {
        String chosen = environment.getOrDefault("XDG_STATE_HOME", "");
        Path base = !chosen.isEmpty() && Path.of(chosen).isAbsolute() ? Path.of(chosen) : home.resolve(".local/state");
        return base.resolve("portolan");
    }

    /** Makes it if it is not there, and those above it. One that is there keeps its permissions: what is secret in it has its own. */
    static Path create(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return folder;
        }
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")))
                : Files.createDirectories(folder);
    }
}
