package io.portolan.core.internal.nio;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicBoolean;

/** A stream, and what is done at its end. */
final class TracedInput extends FilterInputStream {

    private final OnClose end;
    private final AtomicBoolean ended = new AtomicBoolean();

    TracedInput(InputStream stream, OnClose end) {
        super(stream);
        this.end = end;
    }

    @Override
    public void close() throws IOException {
        if (ended.compareAndSet(false, true)) {
            try {
                super.close();
            } finally {
                end.run();
            }
        }
    }
}
