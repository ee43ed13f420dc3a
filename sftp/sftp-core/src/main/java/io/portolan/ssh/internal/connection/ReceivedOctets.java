package io.portolan.ssh.internal.connection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Octets of a channel that wait, in their order. Windows count octets, not buffers: small pieces that have to wait are put together, so that a peer that sends its window octet by
 * octet costs little more than its octets. On the event loop only.
 */
@SuppressWarnings("ReferenceEquality") // it is about the same buffer, not about equal content
public final class ReceivedOctets {

    /** A piece below this is put together with others. */
    private static final int SMALL = 512;

    private static final int GATHERED = 4 * 1024;

    private final ByteBufAllocator allocator;
    private final ArrayDeque<ByteBuf> pieces = new ArrayDeque<>();

    /** Where small pieces go as long as it is the last and has room. */
    private @Nullable ByteBuf gathering;

    public ReceivedOctets(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    /** Adds a piece behind all others. Takes over the buffer. */
    public void add(ByteBuf data) {
        int octets = data.readableBytes();
        ByteBuf last = pieces.peekLast();
        if (last == null || octets >= SMALL) {
            pieces.add(data);
            return;
        }
        ByteBuf room = gathering;
        if (room == null || room != last || room.writableBytes() < octets) {
            room = allocator.heapBuffer(GATHERED, GATHERED);
            gathering = room;
            pieces.add(room);
        }
        room.writeBytes(data);
        data.release();
    }

    /** Puts a piece back in front of all others. Takes over the buffer. */
    public void addFirst(ByteBuf data) {
        pieces.addFirst(data);
    }

    public boolean isEmpty() {
        return pieces.isEmpty();
    }

    /** The first piece, which stays here; null if there is none. */
    public @Nullable ByteBuf peek() {
        return pieces.peek();
    }

    /** Takes out the first piece, which is the caller's then; null if there is none. */
    public @Nullable ByteBuf poll() {
        ByteBuf first = pieces.poll();
        if (first == gathering) {
            gathering = null;
        }
        return first;
    }

    /** How many buffers there are. */
    int buffers() {
        return pieces.size();
    }

    /** Lets go of all. */
    public void release() {
        for (ByteBuf next = poll(); next != null; next = poll()) {
            next.release();
        }
    }
}
