package io.portolan.ssh.internal.connection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;
import io.portolan.ssh.internal.wire.SshMessageNumber;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What was written to a channel and is not sent, cut into CHANNEL_DATA (RFC 4254 section 5.2). Small buffers share a message, so that a burst of replies is one packet. Of large
 * ones slices are sent, not copies; what joins a slice with its header is a few hundred octets of garbage for a packet of 32 KiB, which profiles do not see.
 */
final class PendingData {

    /** Buffers up to this are copied behind the header; it costs less than another component. */
    private static final int SMALL = 1024;

    /** Room at first for a header and some small buffers. */
    private static final int ROOM = 256;

    private static final int DATA = SshMessageNumber.CHANNEL_DATA.number();

    private final Deque<ByteBuf> buffers = new ArrayDeque<>();
    private long octets;

    /** Takes over the buffer. */
    void add(ByteBuf data) {
        if (data.isReadable()) {
            buffers.add(data);
            octets += data.readableBytes();
        } else {
            data.release();
        }
    }

    long octets() {
        return octets;
    }

    /**
     * The payload of the next message. There must be data.
     *
     * @param room how many octets of data it may have at most, 1 or more
     */
    ByteBuf next(ByteBufAllocator allocator, int recipient, int room) {
        ByteBuf head = allocator.heapBuffer(ROOM);
        head.writeByte(DATA).writeInt(recipient).writeInt(0);
        ByteBuf tail = null;
        int left = room;
        for (ByteBuf first = buffers.peek(); first != null && left > 0 && tail == null; first = buffers.peek()) {
            int part = Math.min(first.readableBytes(), left);
            if (part <= SMALL) {
                head.writeBytes(first, part);
                if (!first.isReadable()) {
                    buffers.remove().release();
                }
            } else if (part == first.readableBytes()) {
                tail = buffers.remove();
            } else {
                tail = first.readRetainedSlice(part);
            }
            left -= part;
        }
        int size = room - left;
        octets -= size;
        head.setInt(ConnectionSettings.DATA_HEADER - Integer.BYTES, size);
        return joined(allocator, head, tail);
    }

    private static ByteBuf joined(ByteBufAllocator allocator, ByteBuf head, @Nullable ByteBuf tail) {
        if (tail == null) {
            return head;
        }
        CompositeByteBuf both = allocator.compositeHeapBuffer(2);
        return both.addComponent(true, head).addComponent(true, tail);
    }

    /** Drops everything. */
    void clear() {
        for (ByteBuf buffer = buffers.poll(); buffer != null; buffer = buffers.poll()) {
            buffer.release();
        }
        octets = 0;
    }
}
