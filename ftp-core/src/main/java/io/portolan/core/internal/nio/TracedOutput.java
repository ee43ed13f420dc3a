package io.portolan.core.internal.nio;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicBoolean;

/** A stream, and what is done at its end. */
final class TracedOutput extends OutputStream {

    private final OutputStream stream;
    private final OnClose end;
    private final AtomicBoolean ended = new AtomicBoolean();

    TracedOutput(OutputStream stream, OnClose end) {
        this.stream = stream;
        this.end = end;
    }

    @Override
    public void write(int octet) throws IOException {
        stream.write(octet);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
        stream.write(octets, offset, length);
    }

    @Override
    public void flush() throws IOException {
        stream.flush();
    }

    @Override
    public void close() throws IOException {
        if (ended.compareAndSet(false, true)) {
            try {
                stream.close();
            } finally {
                end.run();
            }
        }
    }
}
