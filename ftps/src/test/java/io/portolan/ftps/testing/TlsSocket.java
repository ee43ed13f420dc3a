package io.portolan.ftps.testing;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * TLS by an engine over a socket, as the JDK's own socket resumes sessions by the port that it is really connected to, and takes an end without close_notify for a real one.
 */
public final class TlsSocket {

    private static final int RECORDS = 64 * 1024;

    private final Socket raw;
    private final SSLEngine engine;
    private final ByteBuffer sent = ByteBuffer.allocate(RECORDS);
    private final ByteBuffer received = ByteBuffer.allocate(RECORDS).flip();
    private final ByteBuffer plain = ByteBuffer.allocate(RECORDS).flip();
    private byte[] hello = {};
    private boolean ended;

    /** What is to leave with what comes next, or null if all leaves at once. */
    private @Nullable ByteArrayOutputStream held;

    public TlsSocket(Socket raw, SSLEngine engine) {
        this.raw = raw;
        this.engine = engine;
    }

    public SSLSession session() {
        return engine.getSession();
    }

    public SSLEngine engine() {
        return engine;
    }

    /** Shakes hands; with TLS 1.3 the session tickets come later, with what is read. */
    public TlsSocket handshake() throws IOException {
        engine.beginHandshake();
        advance();
        return this;
    }

    /** Shakes hands, and sends something together with what ends that, in one piece. With TLS 1.3 the client has the last word. */
    public TlsSocket handshakeAndWrite(byte[] bytes) throws IOException {
        held = new ByteArrayOutputStream();
        handshake();
        write(bytes);
        letGo();
        held = null;
        return this;
    }

    private void letGo() throws IOException {
        if (held != null) {
            raw.getOutputStream().write(held.toByteArray());
            held.reset();
        }
    }

    private void advance() throws IOException {
        HandshakeStatus status = engine.getHandshakeStatus();
        while (status != HandshakeStatus.NOT_HANDSHAKING && status != HandshakeStatus.FINISHED) {
            if (status == HandshakeStatus.NEED_UNWRAP && plain.hasRemaining()) {
                // data goes on coming when another handshake has been asked for, and is to be read first
                return;
            }
            switch (status) {
                case NEED_WRAP -> wrap(ByteBuffer.allocate(0));
                case NEED_TASK -> engine.getDelegatedTask().run();
                default -> unwrap();
            }
            status = engine.getHandshakeStatus();
        }
    }

    private void wrap(ByteBuffer source) throws IOException {
        byte[] records = records(source);
        if (hello.length == 0) {
            hello = records;
        }
        if (held == null) {
            raw.getOutputStream().write(records);
        } else {
            held.write(records);
        }
    }

    private byte[] records(ByteBuffer source) throws IOException {
        sent.clear();
        engine.wrap(source, sent);
        return Arrays.copyOf(sent.array(), sent.position());
    }

    /** What is said first, as somebody on the way may have recorded it. */
    public byte[] hello() {
        return hello.clone();
    }

    /** Protects something, up to what one record takes, and leaves it to be sent by whoever wants it changed. */
    public byte[] record(byte[] bytes) throws IOException {
        return records(ByteBuffer.wrap(bytes));
    }

    /** Asks for new keys (TLS 1.3), or for another handshake (TLS 1.2), and does not wait for what comes of it. */
    public void askForNewKeys() throws IOException {
        engine.beginHandshake();
        while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
            wrap(ByteBuffer.allocate(0));
        }
    }

    /** Takes in what has come, and waits for more if that is no whole record. */
    private void unwrap() throws IOException {
        plain.compact();
        SSLEngineResult result = engine.unwrap(received, plain);
        plain.flip();
        if (result.getStatus() == Status.CLOSED) {
            ended = true;
        } else if (result.getStatus() == Status.BUFFER_UNDERFLOW) {
            letGo();
            received.compact();
            int count = raw.getInputStream().read(received.array(), received.position(), received.remaining());
            if (count < 0) {
                received.flip();
                throw new EOFException("the connection ended without close_notify");
            }
            received.position(received.position() + count).flip();
        }
    }

    public void write(byte[] bytes) throws IOException {
        ByteBuffer source = ByteBuffer.wrap(bytes);
        while (source.hasRemaining()) {
            wrap(source);
        }
    }

    /** Reads an octet; -1 stands for close_notify, and an end without it is an exception. */
    public int read() throws IOException {
        while (!plain.hasRemaining()) {
            if (ended) {
                return -1;
            }
            unwrap();
            advance();
        }
        return plain.get() & 0xff;
    }

    /** Reads to close_notify. */
    public byte[] readAll() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        int next = read();
        while (next >= 0) {
            all.write(next);
            all.write(plain.array(), plain.position(), plain.remaining());
            plain.position(plain.limit());
            next = read();
        }
        return all.toByteArray();
    }

    /** Says close_notify. */
    public void closeNotify() throws IOException {
        engine.closeOutbound();
        while (!engine.isOutboundDone()) {
            wrap(ByteBuffer.allocate(0));
        }
    }
}
