package io.portolan.ssh.internal.connection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.EventExecutor;
import io.portolan.ssh.internal.transport.ConnectionLoop;
import io.portolan.ssh.internal.wire.DisconnectReason;
import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshWriter;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;

/**
 * What a connection's channels send. Messages go at once; data and credit once a turn of the event loop, so that many small writes become few packets. Data goes only
 * while the socket takes it and no keys are exchanged, one packet of each channel after the other.
 */
final class ConnectionOutput {

    /**
     * Replies that may wait for a peer that does not read. Nobody asks for a thousand things without looking at an answer, and one who does shall not have our memory.
     */
    static final int MAX_UNSENT_REPLIES = 4096;

    private final ChannelHandlerContext ctx;
    private final ConnectionLoop loop;
    private final Queue<OpenChannel> withData = new ArrayDeque<>();
    private final Set<OpenChannel> touched = new LinkedHashSet<>();
    private int unsentReplies;
    private boolean wrote;
    private boolean scheduled;
    private boolean ending;
    private boolean again;
    private boolean stopped;

    ConnectionOutput(ChannelHandlerContext ctx) {
        this.ctx = ctx;
        this.loop = new ConnectionLoop(ctx.channel());
    }

    EventExecutor eventLoop() {
        return loop;
    }

    ByteBufAllocator allocator() {
        return ctx.alloc();
    }

    /** Whether the socket takes more. */
    boolean isWritable() {
        return !stopped && ctx.channel().isWritable();
    }

    /** Sends a message. */
    void send(SshWriter message) {
        if (stopped) {
            return;
        }
        ByteBuf payload = ctx.alloc().heapBuffer(message.size());
        message.writeTo(payload);
        send(payload);
    }

    /** Sends what the peer asked for. */
    void reply(SshWriter message) throws SshProtocolException {
        countReply();
        send(message);
    }

    /**
     * The peer has asked for something and will get a reply.
     *
     * @throws SshProtocolException if it has asked for much and reads nothing
     */
    void countReply() throws SshProtocolException {
        unsentReplies = ctx.channel().isWritable() ? 0 : unsentReplies + 1;
        if (unsentReplies > MAX_UNSENT_REPLIES) {
            throw new SshProtocolException(
                    DisconnectReason.BY_APPLICATION, "the peer asks and does not read the answers");
        }
    }

    /** Sends a message. Takes over the buffer. */
    void send(ByteBuf payload) {
        if (stopped) {
            payload.release();
            return;
        }
        ctx.write(payload);
        wrote = true;
        schedule();
    }

    /** At the turn's end there may be data of this channel to send, or credit to give. */
    void touch(OpenChannel channel) {
        if (!stopped) {
            touched.add(channel);
            schedule();
        }
    }

    /** The turn ends at the latest when the event loop has done what it has to do now. */
    private void schedule() {
        if (!scheduled) {
            scheduled = true;
            loop.execute(() -> {
                scheduled = false;
                endOfTurn();
            });
        }
    }

    /** Sends what has gathered. Called again, it finds nothing to do. */
    void endOfTurn() {
        if (ending) {
            again = true;
            return;
        }
        ending = true;
        try {
            do {
                again = false;
                sendGathered();
            } while (again);
        } finally {
            ending = false;
        }
    }

    private void sendGathered() {
        if (isWritable()) {
            giveCredit();
            sendData();
            // Those who are told now may write again, which is for the next turn.
            List<OpenChannel> those = List.copyOf(touched);
            touched.clear();
            those.forEach(OpenChannel::tellIfWritable);
        }
        if (wrote && !stopped) {
            wrote = false;
            ctx.flush();
        }
    }

    private void giveCredit() {
        long now = touched.isEmpty() ? 0 : System.nanoTime();
        for (OpenChannel channel : touched) {
            channel.giveCredit(now);
            if (channel.hasToSend()) {
                enqueue(channel);
            }
        }
    }

    private void enqueue(OpenChannel channel) {
        if (!channel.isQueued()) {
            channel.setQueued(true);
            withData.add(channel);
        }
    }

    private void sendData() {
        while (isWritable()) {
            OpenChannel channel = withData.poll();
            if (channel == null) {
                return;
            }
            channel.setQueued(false);
            channel.sendNext();
            touched.add(channel);
            if (channel.hasToSend()) {
                enqueue(channel);
            }
        }
    }

    /** The channel has nothing to send any more. */
    void forget(OpenChannel channel) {
        touched.remove(channel);
        if (channel.isQueued()) {
            channel.setQueued(false);
            withData.remove(channel);
        }
    }

    /** The connection is gone: nothing is sent any more. */
    void stop() {
        stopped = true;
        touched.clear();
        withData.clear();
    }
}
