package io.portolan.sftp.server.internal.request;

import io.netty.buffer.ByteBuf;
import io.portolan.sftp.internal.SftpStatus;
import io.portolan.sftp.server.internal.engine.Reply;
import io.portolan.sftp.server.internal.engine.Request;
import io.portolan.sftp.server.internal.engine.SftpChannel;
import io.portolan.sftp.server.internal.handle.FileHandle;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The whole of a small file, read when it was opened: of the four requests that a client makes for one, only OPEN goes to a lane. It counts for a moment, as the cached
 * attributes of a network file system do, and only as long as the channel has not been asked to change anything.
 *
 * <p>On the event loop, but for {@link #fill}.
 */
final class HeadStart implements FileHandle.Ahead {

    /** Files that are smaller are read ahead: most of those in trees of many, and little to have read in vain of a larger one. */
    static final int MAX_FILE = 16 * 1024;

    /** How many of a channel's files are kept at a time, so that what is opened and not read costs no more than a READ. */
    static final int MAX_KEPT = 8;

    /** How long it counts: longer than a round trip, shorter than anybody waits before looking for a change that another has made. */
    private static final long FRESH_NANOS = 500_000_000L;

    private final SftpChannel channel;
    private final long changes;
    private byte @Nullable [] content;
    private boolean kept = true;
    private long readAt;
    private boolean whole;
    private int size;

    private HeadStart(SftpChannel channel) {
        this.channel = channel;
        this.changes = channel.changes();
    }

    /** Begins one, if there are not too many. Must be {@link #close}d. */
    static @Nullable HeadStart begin(SftpChannel channel) {
        return channel.keepAhead(MAX_KEPT) ? new HeadStart(channel) : null;
    }

    /** Reads the file. On its lane; blocks. */
    void fill(FileHandle file) throws IOException {
        readAt = System.nanoTime();
        ByteBuffer buffer = ByteBuffer.allocate(MAX_FILE);
        file.read(buffer, 0);
        size = buffer.position();
        whole = size < MAX_FILE;
        content = Arrays.copyOf(buffer.array(), size);
    }

    /** Whether it holds all of the file. */
    boolean isWhole() {
        return whole;
    }

    /**
     * Answers a READ.
     *
     * @return the answer, or null if it must be asked of the file
     */
    @Nullable
    Reply answer(Request request, FileHandle file, long offset, int length) {
        if (changes != channel.changes() || System.nanoTime() - readAt > FRESH_NANOS) {
            return null;
        }
        if (offset == size && length > 0) {
            file.transfer().endReached();
            close();
            return channel.status(request, SftpStatus.EOF, "End of file");
        }
        byte[] octets = content;
        if (offset != 0 || length < size || octets == null) {
            return null;
        }
        // the end still counts
        close();
        ByteBuf packet = channel.allocator().heapBuffer(ReadRequest.HEADER + size);
        packet.setBytes(ReadRequest.HEADER, octets);
        return ReadRequest.data(request, channel, file, packet, offset, size, length);
    }

    @Override
    public void close() {
        content = null;
        if (kept) {
            kept = false;
            channel.releaseAhead();
        }
    }
}
