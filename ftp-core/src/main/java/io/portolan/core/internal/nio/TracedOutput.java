package io.portolan.core.internal.nio;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicBoolean;

/** A stream, what its failures mean, and what is done at its end. */
final class TracedOutput extends OutputStream {

    private final OutputStream stream;
    private final OpenEnd end;
    private final AtomicBoolean ended = new AtomicBoolean();

    TracedOutput(OutputStream stream, OpenEnd end) {
        this.stream = stream;
        this.end = end;
    }

    @Override
    public void write(int octet) throws IOException {
        try {
            stream.write(octet);
        } catch (IOException e) {
            throw end.explained(e);
        }
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
        try {
            stream.write(octets, offset, length);
        } catch (IOException e) {
            throw end.explained(e);
        }
    }

    @Override
    public void flush() throws IOException {
        try {
            stream.flush();
        } catch (IOException e) {
            throw end.explained(e);
        }
    }

    @Override
    public void close() throws IOException {
        if (ended.compareAndSet(false, true)) {
            try {
                stream.close();
            } catch (IOException e) {
                throw end.explained(e);
            } finally {
                end.closed();
            }
        }
    }
}
