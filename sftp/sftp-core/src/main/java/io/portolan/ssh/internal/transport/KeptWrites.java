package io.portolan.ssh.internal.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What the layers above have written while keys were exchanged. The channel is not writable then and they hold still, so that little comes: answers to what was on
 * its way. What goes beyond the limits is a peer that makes us answer without end while it never finishes the exchange.
 */
final class KeptWrites {

    /** Answers to a whole window of small requests; 1,024 of them take some 100 KiB. */
    static final int MAX_MESSAGES = 1_024;

    /** A few of the largest messages. */
    static final int MAX_OCTETS = 1024 * 1024;

    /** What is done in its turn. */
    private sealed interface Kept {

        record Message(ByteBuf payload, ChannelPromise promise) implements Kept {}

        record Action(Runnable action) implements Kept {}
    }

    private final Deque<Kept> kept = new ArrayDeque<>();
    private int octets;

    /** Takes over a message if there is room for it. */
    boolean add(ByteBuf payload, ChannelPromise promise) {
        if (kept.size() >= MAX_MESSAGES || octets + payload.readableBytes() > MAX_OCTETS) {
            return false;
        }
        octets += payload.readableBytes();
        kept.add(new Kept.Message(payload, promise));
        return true;
    }

    /** Does something once what was written before has been written: now if nothing is kept at all. */
    void afterwards(Runnable action, boolean keeping) {
        if (keeping) {
            kept.add(new Kept.Action(action));
        } else {
            action.run();
        }
    }

    /** Writes all, in order. */
    void writeTo(ChannelHandlerContext ctx) {
        for (Kept next = kept.poll(); next != null; next = kept.poll()) {
            if (next instanceof Kept.Message message) {
                octets -= message.payload().readableBytes();
                ctx.write(message.payload(), message.promise());
            } else if (next instanceof Kept.Action then) {
                then.action().run();
            }
        }
    }

    /** Lets go of all. */
    void fail(Throwable cause) {
        for (Kept next = kept.poll(); next != null; next = kept.poll()) {
            if (next instanceof Kept.Message message) {
                message.payload().release();
                message.promise().tryFailure(cause);
            }
        }
        octets = 0;
    }
}
