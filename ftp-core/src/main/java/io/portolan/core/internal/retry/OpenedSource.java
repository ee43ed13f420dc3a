package io.portolan.core.internal.retry;

import io.portolan.fs.ReadableFile;
import io.portolan.transfer.TransferSource;
import java.io.IOException;
import java.util.OptionalLong;

/** A source of which is known whether anything can have been read from it. */
public final class OpenedSource implements TransferSource {

    private final TransferSource source;
    private volatile boolean opened;

    /** Of one that has not been opened. */
    public OpenedSource(TransferSource source) {
        this.source = source;
    }

    /** Whether it was, by anybody. */
    public boolean wasOpened() {
        return opened;
    }

    @Override
    public OptionalLong size() throws IOException {
        return source.size();
    }

    @Override
    public boolean isRepeatable() {
        return source.isRepeatable();
    }

    @Override
    public ReadableFile open(long offset) throws IOException {
        opened = true;
        return source.open(offset);
    }
}
