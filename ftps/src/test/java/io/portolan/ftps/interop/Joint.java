package io.portolan.ftps.interop;

import io.portolan.testing.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Makes one connection of two that both come in: of the server's in active mode, and of a client's that can only connect. */
final class Joint implements AutoCloseable {

    private final ServerSocket forServer = listener();
    private final ServerSocket forClient = listener();

    Joint() throws IOException {
        Thread accepting = new Thread(this::join, "joint");
        accepting.setDaemon(true);
        accepting.start();
    }

    private static ServerSocket listener() throws IOException {
        ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        listener.setSoTimeout(Patience.MILLIS);
        return listener;
    }

    /** What the server is told, as EPRT. */
    String command() {
        return "EPRT |1|127.0.0.1|" + forServer.getLocalPort() + "|";
    }

    /** Where the client connects. */
    String port() {
        return Integer.toString(forClient.getLocalPort());
    }

    private void join() {
        try (Socket server = forServer.accept();
                Socket client = forClient.accept()) {
            CompletableFuture<Void> back = CompletableFuture.runAsync(() -> carry(client, server));
            carry(server, client);
            back.join();
        } catch (IOException closed) {
            // the test is over, or says by itself what it misses
        }
    }

    private static void carry(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            // an end is passed on as one, of whatever kind
            List.of(from, to).forEach(Joint::close);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        forServer.close();
        forClient.close();
    }
}
