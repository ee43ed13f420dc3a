package io.portolan.ftp.server.internal.port;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.portolan.core.internal.security.DataClaim;
import io.portolan.core.internal.security.DataClaim.Verdict;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection in a {@link Lobby}. What it says is shown to one candidate after the other, of each connection to one at a time, and nothing more is read meanwhile. Confined to the pool's loop.
 */
final class Guest extends ChannelInboundHandlerAdapter {

    /** More than any client says first, with keys for after quantum computers. */
    static final int MAX_SAID = 16 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(Guest.class);

    private final Lobby lobby;
    private final Queue<PortLease> candidates = new ArrayDeque<>();
    private final Set<PortLease> asked = new HashSet<>();
    private final Channel channel;
    private @Nullable Future<?> timer;
    private byte[] said = {};
    private boolean judged;
    private boolean left;

    /** Whose it is, if that one has a connection already. */
    private @Nullable PortLease awaited;

    Guest(Lobby lobby, Channel channel) {
        this.lobby = lobby;
        this.channel = channel;
    }

    /** It is registered. */
    void begin() {
        timer = channel.eventLoop().schedule(() -> lobby.refuse(this), Lobby.MAX_STAY_MILLIS, TimeUnit.MILLISECONDS);
        channel.read();
    }

    boolean hasLeft() {
        return left;
    }

    boolean waits() {
        return awaited != null;
    }

    boolean waitsFor(PortLease lease) {
        return awaited == lease;
    }

    /** It is known whose it is, and somebody was faster. */
    void waitFor(PortLease lease) {
        awaited = lease;
    }

    /** It need not wait any longer. */
    void decideAgain() {
        PortLease lease = awaited;
        if (lease != null) {
            awaited = null;
            lobby.decided(this, lease, said);
        }
    }

    /** From now on it is somebody else's. */
    Channel leave() {
        left = true;
        if (timer != null) {
            timer.cancel(false);
        }
        if (channel.pipeline().context(this) != null) {
            channel.pipeline().remove(this);
        }
        return channel;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            ByteBuf more = (ByteBuf) message;
            int before = said.length;
            said = Arrays.copyOf(said, before + more.readableBytes());
            more.readBytes(said, before, said.length - before);
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        listen();
    }

    private void listen() {
        if (left || judged) {
            // epoll may read on when the peer ends; what it says then is told with the rest
            return;
        }
        if (said.length == 0) {
            channel.read();
            return;
        }
        judged = true;
        askNext(said);
    }

    /** Shows what has been said to the next candidate, also to those that have come meanwhile. */
    private void askNext(byte[] shown) {
        if (left) {
            return;
        }
        if (candidates.isEmpty()) {
            for (PortLease lease : lobby.candidates()) {
                if (asked.add(lease)) {
                    candidates.add(lease);
                }
            }
        }
        PortLease next = candidates.poll();
        if (next == null) {
            lobby.refuse(this);
            return;
        }
        DataClaim claim = next.request().claim();
        if (claim == null) {
            askNext(shown);
            return;
        }
        CompletionStage<Verdict> asking;
        try {
            asking = claim.judge(shown);
        } catch (RuntimeException e) {
            LOG.debug("{} cannot be judged", channel, e);
            askNext(shown);
            return;
        }
        asking.whenComplete(
                (verdict, failure) -> onLoop(() -> told(next, shown, failure == null ? verdict : Verdict.FOREIGN)));
    }

    private void told(PortLease lease, byte[] shown, Verdict verdict) {
        if (left) {
            return;
        }
        switch (verdict) {
            case OWN -> lobby.decided(this, lease, said);
            case FOREIGN -> askNext(shown);
            case INCOMPLETE -> {
                if (said.length >= MAX_SAID) {
                    lobby.refuse(this);
                } else {
                    candidates.clear();
                    asked.clear();
                    judged = false;
                    if (said.length > shown.length) {
                        listen();
                    } else {
                        channel.read();
                    }
                }
            }
        }
    }

    private void onLoop(Runnable task) {
        if (channel.eventLoop().inEventLoop()) {
            task.run();
            return;
        }
        try {
            channel.eventLoop().execute(task);
        } catch (RejectedExecutionException e) {
            LOG.trace("The loop has ended and its connections with it", e);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        left = true;
        if (timer != null) {
            timer.cancel(false);
        }
        lobby.gone(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.debug("{} failed before it told whose it is", ctx.channel(), cause);
        lobby.refuse(this);
    }
}
