package io.portolan.ftp.server.internal.transfer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What opening a transfer gives.
 *
 * @param content what is moved
 * @param head its beginning, if it was read already
 * @param closed whether the file is closed already, since all of it was read
 */
record Opened(Content content, @Nullable Head head, boolean closed) implements AutoCloseable {

    /** For one that nobody waits for any more. */
    @Override
    public void close() throws IOException {
        if (!closed) {
            content.file().close();
        }
    }

    /** Files up to this size are read whole when they are opened, so that they cost one hop to the lane instead of three; larger ones would wait for their first byte. */
    static final int SMALL_FILE = 64 * 1024;

    /** A first look at a listing: some hundred lines. */
    private static final int LISTING_HEAD = 16 * 1024;

    /** Reads the beginning of what is small and near; runs on the lane. */
    static Opened of(Content content) throws IOException {
        if (!(content instanceof Content.Outgoing outgoing)) {
            return new Opened(content, null, false);
        }
        try {
            Head head = headOf(outgoing);
            if (head != null && head.whole()) {
                outgoing.source().close();
                return new Opened(content, head, true);
            }
            return new Opened(content, head, false);
        } catch (IOException | RuntimeException e) {
            outgoing.source().close();
            throw e;
        }
    }

    private static @Nullable Head headOf(Content.Outgoing outgoing) throws IOException {
        if (!outgoing.isFile()) {
            return read(outgoing, LISTING_HEAD, false);
        }
        Optional<FileChannel> file = outgoing.source().fileChannel();
        if (file.isEmpty()) {
            // not a file of this machine: its first byte may be long in coming, and 150 is not to wait for it
            return null;
        }
        long length = Math.max(0, file.get().size() - file.get().position());
        return length <= SMALL_FILE ? read(outgoing, (int) length, true) : null;
    }

    private static Head read(Content.Outgoing outgoing, int length, boolean known) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        boolean end = false;
        while (bytes.hasRemaining() && !end) {
            end = outgoing.source().read(bytes) < 0;
        }
        return new Head(bytes.flip(), end || known);
    }
}
