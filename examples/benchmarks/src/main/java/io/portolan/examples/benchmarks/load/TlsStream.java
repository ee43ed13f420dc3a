package io.portolan.examples.benchmarks.load;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;

/** A client's TLS by an engine over a socket that blocks. Not for several threads. */
final class TlsStream implements AutoCloseable {

    private static final int RECORDS = 64 * 1024;

    private final Socket socket;
    private final SSLEngine engine;
    private final ByteBuffer out = ByteBuffer.allocate(RECORDS);
    private final ByteBuffer in = ByteBuffer.allocate(RECORDS).flip();
    private final ByteBuffer plain = ByteBuffer.allocate(RECORDS).flip();
    private boolean ended;

    TlsStream(Socket socket, SSLEngine engine) {
        this.socket = socket;
        this.engine = engine;
    }

    void handshake() throws IOException {
        engine.beginHandshake();
        advance();
    }

    private void advance() throws IOException {
        HandshakeStatus status = engine.getHandshakeStatus();
        while (status != HandshakeStatus.NOT_HANDSHAKING && status != HandshakeStatus.FINISHED && !ended) {
            switch (status) {
                case NEED_WRAP -> wrap(ByteBuffer.allocate(0));
                case NEED_TASK -> engine.getDelegatedTask().run();
                default -> unwrap();
            }
            status = engine.getHandshakeStatus();
        }
    }

    private void wrap(ByteBuffer source) throws IOException {
        out.clear();
        engine.wrap(source, out);
        socket.getOutputStream().write(out.array(), 0, out.position());
    }

    private void unwrap() throws IOException {
        plain.compact();
        Status status;
        try {
            status = engine.unwrap(in, plain).getStatus();
        } finally {
            plain.flip();
        }
        if (status == Status.CLOSED) {
            ended = true;
        } else if (status == Status.BUFFER_UNDERFLOW) {
            in.compact();
            int count = socket.getInputStream().read(in.array(), in.position(), in.remaining());
            in.position(in.position() + Math.max(count, 0)).flip();
            ended = count < 0;
        }
    }

    void write(byte[] bytes) throws IOException {
        ByteBuffer source = ByteBuffer.wrap(bytes);
        while (source.hasRemaining()) {
            wrap(source);
        }
    }

    /** Reads to the peer's end, with close_notify or, as some servers end, without. */
    void readAll(OutputStream to) throws IOException {
        while (fill()) {
            to.write(plain.array(), plain.position(), plain.remaining());
            plain.position(plain.limit());
        }
    }

    private boolean fill() throws IOException {
        while (!plain.hasRemaining() && !ended) {
            unwrap();
            if (!engine.isOutboundDone()) {
                advance();
            }
        }
        return plain.hasRemaining();
    }

    String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (fill()) {
            byte octet = plain.get();
            if (octet == '\n') {
                return line.toString(StandardCharsets.UTF_8).stripTrailing();
            }
            line.write(octet);
        }
        throw new EOFException("the server closed the connection");
    }

    /** Says close_notify. */
    void end() throws IOException {
        engine.closeOutbound();
        while (!engine.isOutboundDone()) {
            wrap(ByteBuffer.allocate(0));
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
