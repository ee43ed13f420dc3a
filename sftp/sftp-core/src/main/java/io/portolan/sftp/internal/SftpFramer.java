package io.portolan.sftp.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.portolan.ssh.internal.connection.ReceivedOctets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the octets of a channel into packets (draft-ietf-secsh-filexfer-13 section 4: a {@code uint32} length, then that many octets, the first of which is
 * the message's number). A packet that lies whole in one buffer is a slice of it; one that arrives in several is copied, once.
 *
 * <p>Not thread-safe: on the event loop only.
 */
public final class SftpFramer {

    /**
     * The longest packet: 256 KiB of content as OpenSSH's limits@openssh.com has it (SFTP_MAX_MSG_LENGTH), and room for the fields around a WRITE of that size,
     * since some clients take it for the size of the data.
     */
    public static final int MAX_PACKET = 256 * 1024 + 1024;

    /** From how many octets on a packet of content is put together outside the heap, where a file's write finds it without a further copy. */
    private static final int DIRECT_FROM = 16 * 1024;

    private static final int NONE = -1;

    private final ByteBufAllocator allocator;
    private final int maxPacket;
    private final ReceivedOctets received;
    private long available;

    /** The length of the packet that comes next, when its four octets have been read. */
    private int length = NONE;

    /** The packet that comes next, as far as it is here, when it does not lie in one buffer. */
    private @Nullable ByteBuf partial;

    /** Takes packets of up to {@link #MAX_PACKET} octets. */
    public SftpFramer(ByteBufAllocator allocator) {
        this(allocator, MAX_PACKET);
    }

    /** Takes packets of up to so many octets, those of the length not counted. */
    public SftpFramer(ByteBufAllocator allocator, int maxPacket) {
        this.allocator = allocator;
        this.maxPacket = maxPacket;
        this.received = new ReceivedOctets(allocator);
    }

    /** Adds octets. Takes over the buffer. */
    public void add(ByteBuf data) {
        if (data.isReadable()) {
            available += data.readableBytes();
            received.add(data);
        } else {
            data.release();
        }
    }

    /** How many octets have come and are not in a packet that was given out. */
    public long buffered() {
        return available + (partial == null ? 0 : partial.readableBytes()) + (length == NONE ? 0 : Integer.BYTES);
    }

    /**
     * Gives the next packet, without its length; it belongs to the caller.
     *
     * @return a packet of one octet or more, or null if it is not all here yet
     * @throws SftpFramingException if its length is 0 or more than is allowed; nothing can be read behind it
     */
    public @Nullable ByteBuf next() throws SftpFramingException {
        if (length == NONE) {
            if (available < Integer.BYTES) {
                return null;
            }
            length = readLength();
        }
        ByteBuf first = received.peek();
        if (first == null) {
            return null;
        }
        if (partial == null && first.readableBytes() >= length) {
            return sliceOf(first);
        }
        ByteBuf assembled = partial;
        if (assembled == null) {
            assembled = allocate(first);
            partial = assembled;
        }
        fill(assembled);
        if (assembled.readableBytes() < length) {
            return null;
        }
        partial = null;
        length = NONE;
        return assembled;
    }

    private int readLength() throws SftpFramingException {
        long value = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            ByteBuf first = Objects.requireNonNull(received.peek());
            value = value << 8 | first.readUnsignedByte();
            available--;
            dropIfRead(first);
        }
        if (value < 1 || value > maxPacket) {
            throw new SftpFramingException("a packet of " + value + " octets; from 1 to " + maxPacket + " are allowed");
        }
        return (int) value;
    }

    private ByteBuf sliceOf(ByteBuf first) {
        ByteBuf packet = first.readRetainedSlice(length);
        available -= length;
        length = NONE;
        dropIfRead(first);
        return packet;
    }

    /** By the length that the peer claims, which {@link #maxPacket} bounds: growing with what arrives would copy it again. */
    private ByteBuf allocate(ByteBuf first) {
        int number = first.getUnsignedByte(first.readerIndex());
        boolean content = number == SftpMessageNumber.WRITE.number() || number == SftpMessageNumber.DATA.number();
        return content && length >= DIRECT_FROM
                ? allocator.directBuffer(length, length)
                : allocator.heapBuffer(length, length);
    }

    private void fill(ByteBuf packet) {
        ByteBuf first = received.peek();
        while (first != null && packet.isWritable()) {
            int count = Math.min(packet.writableBytes(), first.readableBytes());
            packet.writeBytes(first, count);
            available -= count;
            dropIfRead(first);
            first = received.peek();
        }
    }

    private void dropIfRead(ByteBuf first) {
        if (!first.isReadable()) {
            Objects.requireNonNull(received.poll()).release();
        }
    }

    /** Lets go of what is buffered. */
    public void close() {
        received.release();
        available = 0;
        length = NONE;
        if (partial != null) {
            partial.release();
            partial = null;
        }
    }
}
