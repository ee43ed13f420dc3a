package io.portolan.sftp.client.testing;

import io.portolan.testing.FreePorts;
import io.portolan.testing.Peer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;

/** OpenSSH's sshd on a free port of the loopback address, with the user who runs the test as its only one. */
public final class SshdFixture implements AutoCloseable {

    /** Where it wants to be started by its full path, as it starts itself anew for each connection. */
    private static final Path PROGRAM = Path.of("/usr/sbin/sshd");

    private static final Path PRIVILEGE_SEPARATION = Path.of("/run/sshd");

    private final Process process;
    private final Path output;
    private final int port;

    private SshdFixture(Process process, Path output, int port) {
        this.process = process;
        this.output = output;
        this.port = port;
    }

    /**
     * Starts it, or skips the test if there is none.
     *
     * @param hostKeys its keys
     * @param authorized the lines of authorized_keys
     * @param more further settings
     */
    public static SshdFixture start(Path folder, List<Path> hostKeys, List<String> authorized, String... more)
            throws Exception {
        if (!Files.isExecutable(PROGRAM)) {
            throw Peer.missing("sshd");
        }
        if (user().equals("root")) {
            Files.createDirectories(PRIVILEGE_SEPARATION);
        }
        int port = FreePorts.inARow(1);
        Path home = Files.createTempDirectory(folder, "sshd");
        Path keys = Files.write(home.resolve("authorized_keys"), authorized);
        StringBuilder settings = new StringBuilder("Port " + port + "\nListenAddress 127.0.0.1\n");
        hostKeys.forEach(key -> settings.append("HostKey ").append(key).append('\n'));
        settings.append("AuthorizedKeysFile ").append(keys).append('\n');
        for (String line : List.of(
                "PermitRootLogin yes",
                "PidFile none",
                "UsePAM no",
                "UseDNS no",
                "StrictModes no",
                "LogLevel ERROR",
                "Subsystem sftp internal-sftp")) {
            settings.append(line).append('\n');
        }
        for (String line : more) {
            settings.append(line).append('\n');
        }
        Path configuration = Files.writeString(home.resolve("sshd_config"), settings);
        Path output = home.resolve("output");
        Process process = new ProcessBuilder(PROGRAM.toString(), "-D", "-e", "-f", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        SshdFixture server = new SshdFixture(process, output, port);
        Awaitility.await("sshd").until(server::answers);
        return server;
    }

    private boolean answers() throws IOException {
        if (!process.isAlive()) {
            throw new IOException("sshd has ended: " + Files.readString(output));
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    public int port() {
        return port;
    }

    /** Who can log in. */
    public static String user() {
        return System.getProperty("user.name");
    }

    @Override
    public void close() {
        kill();
    }

    /** It, and what serves its connections. */
    public void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
    }
}
