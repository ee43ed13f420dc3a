package io.portolan.ssh.internal.compress;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.portolan.ssh.internal.packet.PacketLimits;
import io.portolan.ssh.internal.wire.DisconnectReason;
import io.portolan.ssh.internal.wire.SshProtocolException;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * {@code zlib@openssh.com}: one stream of zlib in each direction over all payloads, each flushed so that it stands for itself. It is put into the pipeline when a
 * direction begins to be compressed, which is never before the user is logged in: strangers do not reach the inflater.
 *
 * <p>A payload that grows beyond what a packet may have at all is a bomb, and ends the connection; a peer gains no more by compression than a factor on its line.
 */
public final class SshCompressionHandler extends ChannelDuplexHandler {

    /** The name in KEXINIT. The other one, {@code zlib}, which begins before the login, is not offered. */
    public static final String NAME = "zlib@openssh.com";

    /** Room for a payload at first. */
    private static final int CHUNK = 4 * 1024;

    /** What zlib adds at worst: 5 octets for each stored block of 16 KiB, its header, and the flush. */
    public static final int OVERHEAD = 5 * (PacketLimits.MAX_PAYLOAD / (16 * 1024) + 1) + 64;

    private @Nullable Deflater deflater;
    private @Nullable Inflater inflater;

    /** Whether the peer's first stream has not begun, so that what comes may still be as it is. */
    private boolean awaiting;

    /** Compresses what is written from now on, by a new stream; or does so no more. */
    public void deflate(boolean on) {
        Deflater old = deflater;
        if (old != null) {
            old.end();
        }
        // nobody waits on a slow line for the last per cent
        deflater = on ? new Deflater(Deflater.BEST_SPEED) : null;
    }

    /**
     * Expects a first stream from wherever it begins. A client compresses what it sends once it <i>knows</i> that it is logged in, so what it has sent ahead of that comes as it is, such as all
     * of a key exchange that it began within its login. Which is which shows: the first octet of a stream of zlib (RFC 1950 section 2.2) is the number of no message.
     */
    public void inflateOnceItBegins() {
        awaiting = true;
        renewInflater(true);
    }

    /** Expects a new stream from now on; or none any more. */
    public void inflate(boolean on) {
        awaiting &= on;
        renewInflater(on);
    }

    private void renewInflater(boolean on) {
        Inflater old = inflater;
        if (old != null) {
            old.end();
        }
        inflater = on ? new Inflater() : null;
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        // their memory is outside the heap
        deflate(false);
        renewInflater(false);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        Inflater stream = inflater;
        if (stream == null || !(message instanceof ByteBuf payload) || awaiting && !beginsStream(payload)) {
            ctx.fireChannelRead(message);
            return;
        }
        awaiting = false;
        ByteBuf out;
        try {
            out = inflate(stream, payload, ctx.alloc());
        } catch (SshProtocolException e) {
            ctx.fireExceptionCaught(e);
            return;
        } finally {
            payload.release();
        }
        ctx.fireChannelRead(out);
    }

    /** Deflate with any window, a check that is right, and no dictionary. Of the numbers 8, 24, 40 and so on to 120 there is no message that may come here. */
    private static boolean beginsStream(ByteBuf payload) {
        if (payload.readableBytes() < 2) {
            return false;
        }
        int header = payload.getUnsignedShort(payload.readerIndex());
        return (header & 0x8f00) == 0x0800 && (header & 0x20) == 0 && header % 31 == 0;
    }

    private static ByteBuf inflate(Inflater stream, ByteBuf payload, ByteBufAllocator alloc)
            throws SshProtocolException {
        stream.setInput(payload.nioBuffer());
        ByteBuf out = alloc.heapBuffer(CHUNK, PacketLimits.MAX_LENGTH);
        boolean good = false;
        try {
            while (true) {
                if (!out.isWritable()) {
                    if (out.capacity() == out.maxCapacity()) {
                        throw broken("a payload that grows beyond " + PacketLimits.MAX_LENGTH + " octets");
                    }
                    out.capacity(Math.min(2 * out.capacity(), out.maxCapacity()));
                }
                int count = stream.inflate(out.array(), out.arrayOffset() + out.writerIndex(), out.writableBytes());
                out.writerIndex(out.writerIndex() + count);
                if (count == 0) {
                    break;
                }
            }
            if (stream.getRemaining() > 0 || stream.needsDictionary()) {
                throw broken("something behind the end of the stream");
            }
            if (!out.isReadable()) {
                throw broken("a payload of nothing");
            }
            good = true;
            return out;
        } catch (DataFormatException e) {
            throw new SshProtocolException(
                    DisconnectReason.COMPRESSION_ERROR, "what came is not compressed by zlib", e);
        } finally {
            if (!good) {
                out.release();
            }
        }
    }

    private static SshProtocolException broken(String what) {
        return new SshProtocolException(DisconnectReason.COMPRESSION_ERROR, what);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        Deflater stream = deflater;
        if (stream == null || !(message instanceof ByteBuf payload)) {
            ctx.write(message, promise);
            return;
        }
        ByteBuf out;
        try {
            out = deflate(stream, payload, ctx.alloc());
        } finally {
            payload.release();
        }
        ctx.write(out, promise);
    }

    private static ByteBuf deflate(Deflater stream, ByteBuf payload, ByteBufAllocator alloc) {
        stream.setInput(payload.nioBuffer());
        int most = payload.readableBytes() + OVERHEAD;
        ByteBuf out = alloc.heapBuffer(Math.min(CHUNK, most), most);
        boolean good = false;
        try {
            int count;
            do {
                if (!out.isWritable()) {
                    out.capacity(Math.min(2 * out.capacity(), out.maxCapacity()));
                }
                int room = out.writableBytes();
                count = stream.deflate(out.array(), out.arrayOffset() + out.writerIndex(), room, Deflater.SYNC_FLUSH);
                out.writerIndex(out.writerIndex() + count);
                // a full buffer may hide the rest of the flush
            } while (!out.isWritable());
            good = true;
            return out;
        } finally {
            if (!good) {
                out.release();
            }
        }
    }
}
