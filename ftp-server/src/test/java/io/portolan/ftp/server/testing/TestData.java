package io.portolan.ftp.server.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.testing.Patience;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import org.jspecify.annotations.Nullable;

/** The client's end of a data connection; of an active one, from the moment on that the server has connected. */
public final class TestData implements AutoCloseable {

    private final @Nullable ServerSocket listener;
    private @Nullable Socket socket;

    private TestData(@Nullable ServerSocket listener, @Nullable Socket socket) {
        this.listener = listener;
        this.socket = socket;
    }

    static TestData connected(Socket socket) {
        return new TestData(null, socket);
    }

    static TestData listening(ServerSocket listener) {
        return new TestData(listener, null);
    }

    /** The connection, waited for if the server is to make it. */
    public Socket socket() throws IOException {
        Socket now = socket;
        if (now == null) {
            if (listener == null) {
                throw new IllegalStateException("neither connected nor listening");
            }
            now = listener.accept();
            now.setSoTimeout(Patience.MILLIS);
            socket = now;
        }
        return now;
    }

    /** Reads to the end. */
    public byte[] readAll() throws IOException {
        return socket().getInputStream().readAllBytes();
    }

    /** Nothing comes. The server resets a connection that it had not taken yet when it gave up its port. */
    public void expectNothing() throws IOException {
        try {
            assertThat(readAll()).isEmpty();
        } catch (SocketException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
    }

    /** Reads a part; what is behind it stays in the socket, or with the server. */
    public byte[] read(int length) throws IOException {
        return socket().getInputStream().readNBytes(length);
    }

    public void write(byte[] bytes) throws IOException {
        socket().getOutputStream().write(bytes);
        socket().getOutputStream().flush();
    }

    /** Ends the client's side: an upload is whole. */
    public void end() throws IOException {
        socket().shutdownOutput();
    }

    /** Breaks the connection: the server sees a reset, not an end. */
    public void reset() throws IOException {
        socket().setSoLinger(true, 0);
        socket().close();
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
        }
        if (listener != null) {
            listener.close();
        }
    }
}
