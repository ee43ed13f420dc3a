package io.portolan.ftps.servers;

import io.portolan.testing.FreePorts;
import io.portolan.testing.Patience;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** A server of somebody else's on a free port of the loopback address, over an empty folder, {@value #FOLDER}, with one user. */
public final class ForeignServer implements AutoCloseable {

    /** Longer than any of them takes to start on a busy machine. */
    private static final Duration START = Duration.ofSeconds(30);

    /** Where users can write, below the root. */
    public static final String FOLDER = "pub";

    private static final String FOR_ALL_TO_READ = "rwxr-xr-x";
    private static final String FOR_ALL_TO_WRITE = "rwxrwxrwx";

    private final ForeignProgram program;
    private final ServerSetup setup;
    private final Path scratch;
    private final Process process;

    private ForeignServer(ForeignProgram program, ServerSetup setup, Path scratch, Process process) {
        this.program = program;
        this.setup = setup;
        this.scratch = scratch;
        this.process = process;
    }

    /** Starts one in the clear; where there is none the test is skipped, and in CI it fails. */
    public static ForeignServer start(ForeignProgram program) throws Exception {
        return start(program, "127.0.0.1", null, false);
    }

    /**
     * Starts one.
     *
     * @param address where it listens
     * @param keys what it shows, or null if there is to be no TLS; without TLS nothing goes then
     * @param reuse whether data connections have to resume the session, where it can demand it
     */
    public static ForeignServer start(ForeignProgram program, String address, @Nullable PemFiles keys, boolean reuse)
            throws Exception {
        Assumptions.assumeTrue(
                !program.needsRoot() || System.getProperty("user.name").equals("root"), "only root can start it");
        Installed installed =
                program.file().isPresent() ? Installed.find(program.file().get()) : Installed.system();
        Path scratch = Files.createTempDirectory("portolan-server");
        // they serve as other users
        allow(scratch, FOR_ALL_TO_READ);
        Path root = Files.createDirectory(scratch.resolve("root"));
        allow(root, FOR_ALL_TO_READ);
        // vsftpd serves no root that its users can write to
        allow(Files.createDirectory(root.resolve(FOLDER)), FOR_ALL_TO_WRITE);
        ServerSetup setup = new ServerSetup(installed, scratch, root, address, FreePorts.inARow(1), keys, reuse);
        List<String> command = program.command(setup);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(scratch.toFile())
                .redirectErrorStream(true)
                .redirectOutput(scratch.resolve("output").toFile());
        installed.prepare(builder);
        ForeignServer server = new ForeignServer(program, setup, scratch, builder.start());
        try {
            Awaitility.await().atMost(START).until(server::greets);
        } catch (ConditionTimeoutException e) {
            String output = server.output();
            server.close();
            throw new AssertionError(program + " does not greet; its output: " + output, e);
        }
        return server;
    }

    private static void allow(Path folder, String permissions) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(permissions));
    }

    private boolean greets() throws IOException {
        if (!process.isAlive()) {
            throw new AssertionError(program + " has ended; its output: " + output());
        }
        try (Socket socket = new Socket(InetAddress.getByName(setup.address()), setup.port())) {
            socket.setSoTimeout(Patience.MILLIS);
            String line = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
            return line != null && line.startsWith("220");
        } catch (ConnectException e) {
            return false;
        }
    }

    private String output() throws IOException {
        StringBuilder all = new StringBuilder();
        for (String name : List.of("output", "log", "tls-log")) {
            Path file = scratch.resolve(name);
            if (Files.exists(file)) {
                all.append(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
            }
        }
        return all.toString();
    }

    public int port() {
        return setup.port();
    }

    public String address() {
        return setup.address();
    }

    /** The folder that users can write to. */
    public Path files() {
        return setup.root().resolve(FOLDER);
    }

    public String user() {
        return program.user();
    }

    public String password() {
        return ForeignProgram.PASSWORD;
    }

    @Override
    public void close() {
        // ProFTPD and Pure-FTPd have children
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly()
                .onExit()
                .orTimeout(Patience.MILLIS, TimeUnit.MILLISECONDS)
                .join();
        try (Stream<Path> all = Files.walk(scratch)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
