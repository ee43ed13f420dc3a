package io.portolan.sftp.client.servers;

import io.portolan.testing.Patience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A server in a process of its own, which has greeted. */
final class ServerProcess extends ForeignServer {

    private final Process process;

    private ServerProcess(ServerFiles files, int port, String user, String home, Process process) {
        super(files, port, user, home);
        this.process = process;
    }

    static ServerProcess start(ServerFiles files, int port, String user, String home, ProcessBuilder builder)
            throws Exception {
        Path output = files.scratch().resolve("output");
        Process process = builder.directory(files.scratch().toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        ServerProcess server = new ServerProcess(files, port, user, home, process);
        try {
            Awaitility.await("greeting").atMost(Patience.LONG_ENOUGH).until(server::greets);
        } catch (RuntimeException | AssertionError e) {
            String printed = Files.readString(output);
            server.close();
            throw new AssertionError("the server does not greet; its output: " + printed, e);
        }
        return server;
    }

    private boolean greets() throws IOException {
        if (!process.isAlive()) {
            throw new AssertionError("the server has ended");
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.setSoTimeout(Patience.MILLIS);
            return socket.getInputStream().read() == 'S';
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    void stop() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly()
                .onExit()
                .orTimeout(Patience.MILLIS, TimeUnit.MILLISECONDS)
                .join();
    }
}
