package io.portolan.ftps.servers;

import io.portolan.testing.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where programs are that are not in a path: below a folder that {@code examples/benchmarks/peers.sh} has filled, if the environment names one in {@value #FOLDER}, since the packages of servers conflict with each other; or else
 * where the system has them.
 *
 * @param prefix the folder, or the root
 */
record Installed(Path prefix) {

    static final String FOLDER = "FTP_SERVERS";

    private static final Path SYSTEM = Path.of("/");

    /** Finds a program by its path below the prefix; where there is none the test is skipped, and in CI it fails. */
    static Installed find(Path program) {
        String folder = System.getenv(FOLDER);
        Installed there = new Installed(folder == null ? SYSTEM : Path.of(folder));
        if (Files.isExecutable(there.path(program.toString()))) {
            return there;
        }
        Installed system = new Installed(SYSTEM);
        if (!Files.isExecutable(system.path(program.toString()))) {
            throw Peer.missing(program.getFileName().toString());
        }
        return system;
    }

    /** For what is found elsewhere. */
    static Installed system() {
        return new Installed(SYSTEM);
    }

    /** A file of it. */
    Path path(String below) {
        return prefix.resolve(below);
    }

    /** Lets a process find the libraries. */
    void prepare(ProcessBuilder builder) throws IOException {
        if (prefix.equals(SYSTEM)) {
            return;
        }
        try (Stream<Path> all = Files.walk(prefix)) {
            builder.environment()
                    .put(
                            "LD_LIBRARY_PATH",
                            all.filter(file -> file.getFileName().toString().contains(".so."))
                                    .map(file -> String.valueOf(file.getParent()))
                                    .distinct()
                                    .collect(Collectors.joining(":")));
        }
    }
}
