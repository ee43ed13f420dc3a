package io.portolan.ftps.internal;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.PendingWriteQueue;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/**
 * Stands before TLS on the data connection of an upload, and keeps back what TLS 1.3 says after the handshake, which is session tickets, until the client has told its end. Many clients
 * never read on such a connection; if they close it over tickets that they have not read, or that come a moment later, their system answers with a reset and throws away what of
 * the file it has not sent yet. Those that wait for our close_notify find the tickets before it.
 */
final class HeldRecords extends ChannelDuplexHandler {

    /** The content type of encrypted records (RFC 8446 §5.2); the first ones that a server sends end with its Finished. */
    private static final int APPLICATION_DATA = 23;

    /** More than tickets take; a peer that makes us say more, by asking for new keys, gets it at once. */
    static final int LIMIT = 16 * 1024;

    /** The same in writes, since each has a buffer of a whole record's size. */
    static final int WRITES = 16;

    private @Nullable ChannelHandlerContext context;
    private @Nullable PendingWriteQueue held;
    private boolean encrypted;
    private boolean answered;
    private boolean released;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        answered |= encrypted;
        ctx.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        ByteBuf records = (ByteBuf) message;
        if (released || !answered) {
            encrypted |= records.isReadable() && records.getUnsignedByte(records.readerIndex()) == APPLICATION_DATA;
            ctx.write(message, promise);
            return;
        }
        if (held == null) {
            held = new PendingWriteQueue(ctx);
        }
        held.add(message, promise);
        if (held.bytes() > LIMIT || held.size() > WRITES) {
            release(ctx);
        }
    }

    /** An alert may be among what is kept back. */
    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        release(ctx);
        ctx.close(promise);
    }

    private void release(ChannelHandlerContext ctx) {
        released = true;
        PendingWriteQueue waiting = held;
        held = null;
        if (waiting != null) {
            waiting.removeAndWriteAll();
            ctx.flush();
        }
    }

    /** From now on nothing is kept back. */
    void release() {
        if (context != null) {
            release(context);
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (held != null) {
            held.removeAndFailAll(new ClosedChannelException());
        }
    }
}
