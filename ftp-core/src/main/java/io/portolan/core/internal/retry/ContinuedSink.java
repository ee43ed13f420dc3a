package io.portolan.core.internal.retry;

import io.portolan.fs.FileInfo;
import io.portolan.fs.ReadableFile;
import io.portolan.fs.WritableFile;
import io.portolan.transfer.TransferSink;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A sink that stays open while the attempts at one download come and go, so that any sink can go on, a stream as well. What the attempts commit and close is left open until {@link #publish} or {@link #close}.
 * Workers of an attempt that has failed may be late; they do not reach the sink any more. Safe to use from any thread.
 */
public final class ContinuedSink implements TransferSink, Closeable {

    private final TransferSink sink;
    private @Nullable WritableFile file;
    private @Nullable View view;
    private @Nullable FileInfo kept;
    private long first;
    private long position;

    /** Of a sink that is opened when the first octets come. */
    public ContinuedSink(TransferSink sink) {
        this.sink = sink;
    }

    @Override
    public synchronized long resumeOffset() throws IOException {
        return file == null ? sink.resumeOffset() : position;
    }

    @Override
    public synchronized Optional<ReadableFile> openKept() throws IOException {
        return sink.openKept();
    }

    @Override
    public boolean isRepeatable() {
        return sink.isRepeatable();
    }

    @Override
    public synchronized WritableFile open(long offset) throws IOException {
        if (file == null) {
            file = sink.open(offset);
            first = offset;
            position = offset;
        } else if (offset != position) {
            throw new IOException("goes on at " + position + ", not at " + offset);
        }
        View next = new View();
        view = next;
        return next;
    }

    /** The attempt is over: nothing that is left of it is written any more. */
    public synchronized void endAttempt() {
        view = null;
    }

    /** How many octets have come in these attempts. */
    public synchronized long written() {
        return position - first;
    }

    /** How many octets had come before. */
    public synchronized long first() {
        return first;
    }

    /** Forgets all that has come, where the sink can. */
    public synchronized void beginAnew() throws IOException {
        close();
        file = sink.open(0);
        first = 0;
        position = 0;
    }

    /** All is there: the sink makes of it what it makes of what is whole. */
    public synchronized void publish() throws IOException {
        WritableFile whole = file;
        if (whole == null) {
            return;
        }
        whole.commit();
        FileInfo original = kept;
        if (original != null) {
            file = null;
            whole.close();
            sink.keep(original);
        }
    }

    /** When it is published: until then the sink has nothing that could have times. */
    @Override
    public synchronized void keep(FileInfo original) {
        kept = original;
    }

    @Override
    public synchronized void close() throws IOException {
        view = null;
        WritableFile open = file;
        file = null;
        first = 0;
        position = 0;
        if (open != null) {
            open.close();
        }
    }

    private void write(View from, ByteBuffer source) throws IOException {
        synchronized (this) {
            WritableFile open = file;
            if (view != from || open == null) {
                throw new IOException("this attempt is over");
            }
            int before = source.remaining();
            try {
                open.write(source);
            } finally {
                position += before - source.remaining();
            }
        }
    }

    private final class View implements WritableFile {
        @Override
        public void write(ByteBuffer source) throws IOException {
            ContinuedSink.this.write(this, source);
        }

        @Override
        public void commit() {
            // it is published when the file is known not to have changed meanwhile
        }

        @Override
        public void close() {
            // another attempt may go on
        }
    }
}
