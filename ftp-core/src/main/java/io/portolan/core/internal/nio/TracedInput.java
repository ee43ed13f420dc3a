package io.portolan.core.internal.nio;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicBoolean;

/** A stream, what its failures mean, and what is done at its end. */
final class TracedInput extends InputStream {

    private final InputStream stream;
    private final OpenEnd end;
    private final AtomicBoolean ended = new AtomicBoolean();

    TracedInput(InputStream stream, OpenEnd end) {
        this.stream = stream;
        this.end = end;
    }

    @Override
    public int read() throws IOException {
        try {
            return stream.read();
        } catch (IOException e) {
            throw end.explained(e);
        }
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        try {
            return stream.read(target, offset, length);
        } catch (IOException e) {
            throw end.explained(e);
        }
    }

    @Override
    public int available() throws IOException {
        return stream.available();
    }

    @Override
    public void close() throws IOException {
        if (ended.compareAndSet(false, true)) {
            try {
                stream.close();
            } finally {
                end.closed();
            }
        }
    }
}
