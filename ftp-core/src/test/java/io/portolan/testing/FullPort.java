package io.portolan.testing;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** A port whose queue is full, so that the system drops what comes, as a firewall would. */
public final class FullPort implements Closeable {

    private static final int MAX_TRIES = 16;
    private static final int WAIT_MILLIS = 300;

    private final ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final List<Socket> queued = new ArrayList<>();

    /** Fills it. */
    public FullPort() throws IOException {
        for (int i = 0; i < MAX_TRIES; i++) {
            Socket socket = new Socket();
            queued.add(socket);
            try {
                socket.connect(listening.getLocalSocketAddress(), WAIT_MILLIS);
            } catch (SocketTimeoutException e) {
                return;
            }
        }
        throw new IOException("the queue does not fill");
    }

    /** Which one. */
    public int port() {
        return listening.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : queued) {
            socket.close();
        }
        listening.close();
    }
}
