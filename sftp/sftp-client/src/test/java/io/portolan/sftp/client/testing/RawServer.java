package io.portolan.sftp.client.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A server of octets: each connection runs a script on a thread of its own, until it ends or this does. */
public final class RawServer implements AutoCloseable {

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Thread thread;

    /** What it does with one connection. */
    public interface Script {
        void run(Socket socket) throws IOException, InterruptedException;
    }

    public RawServer(Script script) throws IOException {
        thread = new Thread(() -> {
            while (!listener.isClosed()) {
                try (Socket socket = listener.accept()) {
                    script.run(socket);
                } catch (IOException e) {
                    // the end of a connection, or of this
                } catch (InterruptedException e) {
                    return;
                }
            }
        });
        thread.start();
    }

    /** Reads until the client hangs up. */
    public static void drain(Socket socket) throws IOException {
        byte[] octets = new byte[1024];
        while (socket.getInputStream().read(octets) >= 0) {
            // and throws them away
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
