package io.portolan.examples.benchmarks.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A server written in C, from a folder that {@code peers.sh} filled or from where the system has it. It serves as the user {@code nobody}. */
abstract class NativePeer implements Peer {

    static final String USER = "bench";
    static final String PASSWORD = "bench";
    static final String RUN_AS = "nobody";

    /** The user's number and its group's, on Debian. */
    static final int RUN_AS_ID = 65534;

    /** crypt(3) of the password with MD5, the cheapest that is taken: logins are to be measured, not hashes. */
    static final String HASH = "$1$bench$IDaFocGqo.f39hZ5dc3P7.";

    private final String program;
    private final @Nullable Path unpacked;

    NativePeer(String program, @Nullable Path unpacked) {
        this.program = program;
        this.unpacked = unpacked;
    }

    /** What is run, once the scratch folder holds the settings. */
    abstract List<String> command(Path root, Path scratch, int port, Certificate certificate)
            throws IOException, InterruptedException;

    /** Who logs in. */
    String user() {
        return USER;
    }

    @Override
    public String name() {
        return program;
    }

    @Override
    public Kind kind() {
        return Kind.NATIVE;
    }

    @Override
    public Protocol protocol() {
        return Protocol.FTP;
    }

    @Override
    public Optional<String> missing() {
        if (!Files.isExecutable(binary("sbin", program))) {
            return Optional.of("not installed; peers.sh fetches it, --natives FOLDER says where it is");
        }
        return "root".equals(System.getProperty("user.name"))
                ? Optional.empty()
                : Optional.of("needs root, for it changes its root directory");
    }

    final Path binary(String folder, String name) {
        return (unpacked == null ? Path.of("/") : unpacked)
                .resolve("usr")
                .resolve(folder)
                .resolve(name);
    }

    /** A folder in which there is nothing, and into which nobody can write. */
    final Path emptyFolder(Path scratch) throws IOException {
        return unpacked == null ? Files.createDirectories(scratch.resolve("empty")) : unpacked.resolve("empty");
    }

    final ProcessBuilder builder(List<String> command, Path scratch) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(scratch.toFile());
        if (unpacked != null) {
            builder.environment().put("LD_LIBRARY_PATH", libraries(unpacked));
        }
        return builder;
    }

    private static String libraries(Path unpacked) throws IOException {
        try (Stream<Path> all = Files.walk(unpacked)) {
            return all.filter(file -> file.getFileName().toString().contains(".so."))
                    .map(file -> String.valueOf(file.getParent()))
                    .distinct()
                    .collect(Collectors.joining(":"));
        }
    }

    @Override
    public RunningPeer start(Path root, Path scratch, Keys keys) throws IOException, InterruptedException {
        Files.createDirectories(scratch);
        int port = RunningPeer.freePort();
        Process process = builder(command(root, scratch, port, keys.certificate()), scratch)
                .redirectErrorStream(true)
                .redirectOutput(scratch.resolve("output").toFile())
                .start();
        return RunningPeer.of(this, process, port, user(), PASSWORD);
    }
}
