package io.portolan.examples.benchmarks.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLEngine;

/** A control connection that AUTH TLS has protected. Not for several threads. */
final class TlsControl implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 60_000;

    private final TlsStream stream;

    private TlsControl(TlsStream stream) {
        this.stream = stream;
    }

    /** Connects, and shakes hands by an engine. */
    static TlsControl open(InetSocketAddress server, SSLEngine engine) throws IOException {
        Socket socket = connect(server);
        TlsStream stream = new TlsStream(socket, engine);
        boolean handedOver = false;
        try {
            expect(plainLine(socket), '2');
            socket.getOutputStream().write("AUTH TLS\r\n".getBytes(StandardCharsets.US_ASCII));
            expect(plainLine(socket), '2');
            stream.handshake();
            handedOver = true;
            return new TlsControl(stream);
        } finally {
            if (!handedOver) {
                stream.close();
            }
        }
    }

    static Socket connect(InetSocketAddress server) throws IOException {
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.connect(server, TIMEOUT_MILLIS);
        return socket;
    }

    String say(String command, char firstDigit) throws IOException {
        stream.write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
        return reply(firstDigit);
    }

    /** The last line of the next reply. */
    String reply(char firstDigit) throws IOException {
        String line = stream.line();
        while (line.length() < 4 || line.charAt(3) == '-' || !Character.isDigit(line.charAt(0))) {
            line = stream.line();
        }
        return expect(line, firstDigit);
    }

    private static String plainLine(Socket socket) throws IOException {
        StringBuilder line = new StringBuilder();
        int octet = socket.getInputStream().read();
        while (octet >= 0 && octet != '\n') {
            line.append((char) octet);
            octet = socket.getInputStream().read();
        }
        return line.length() >= 4 && line.charAt(3) == '-' ? plainLine(socket) : line.toString();
    }

    private static String expect(String line, char firstDigit) throws IOException {
        if (line.isEmpty() || line.charAt(0) != firstDigit) {
            throw new IOException("expected " + firstDigit + "xx, got " + line);
        }
        return line;
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
