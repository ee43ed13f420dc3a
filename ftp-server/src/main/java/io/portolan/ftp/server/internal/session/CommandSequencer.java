package io.portolan.ftp.server.internal.session;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.portolan.core.internal.codec.FtpRequest;
import io.portolan.core.internal.codec.RequestLine;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Lets one command at a time through (RFC 959 §5.4), and those that are meant for it while a transfer runs. What a client sends ahead waits here, up to
 * {@value #LIMIT} commands; then nothing more is read from it until it is served. Nothing is read, and no command begun, while the client does not read its
 * replies either: a few octets of a command can make a thousand of a reply, which would all be kept for it.
 */
final class CommandSequencer extends ChannelInboundHandlerAdapter {

    /** More than clients that pipeline send ahead (lftp: a few dozen), little enough to hold for ten thousand sessions. */
    static final int LIMIT = 128;

    /** Tells whether a command may pass one that runs. */
    private final Predicate<FtpRequest> mayPass;

    /** Tells whether what runs is something that others may pass. */
    private final BooleanSupplier interruptible;

    private @Nullable Queue<RequestLine> waiting;
    private @Nullable ChannelHandlerContext context;
    private boolean busy;
    private boolean releasing;

    CommandSequencer(BooleanSupplier interruptible, Predicate<FtpRequest> mayPass) {
        this.interruptible = interruptible;
        this.mayPass = mayPass;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        RequestLine line = (RequestLine) message;
        if (!ctx.channel().isWritable()) {
            enqueue(ctx, line);
        } else if (busy
                && line instanceof FtpRequest request
                && interruptible.getAsBoolean()
                && mayPass.test(request)) {
            ctx.fireChannelRead(line);
        } else if (busy || waiting() > 0) {
            enqueue(ctx, line);
        } else {
            ctx.fireChannelRead(line);
        }
    }

    private void enqueue(ChannelHandlerContext ctx, RequestLine line) {
        if (waiting == null) {
            waiting = new ArrayDeque<>(8);
        }
        waiting.add(line);
        regulate(ctx);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        release();
        regulate(ctx);
        ctx.fireChannelWritabilityChanged();
    }

    private void regulate(ChannelHandlerContext ctx) {
        boolean reads = ctx.channel().config().isAutoRead();
        int room = reads ? LIMIT : LIMIT / 2 + 1;
        boolean shouldRead = ctx.channel().isWritable() && waiting() < room;
        if (shouldRead != reads) {
            ctx.channel().config().setAutoRead(shouldRead);
        }
    }

    /** A command has begun: those behind it wait. */
    void begin() {
        busy = true;
    }

    /** Whether a command runs; one that is let through meanwhile passes it. */
    boolean isBusy() {
        return busy;
    }

    /** It has been replied to: the next one may come. */
    void finished() {
        busy = false;
        release();
    }

    private void release() {
        if (releasing || context == null) {
            return;
        }
        // a command that is replied to at once must not make the stack grow with the queue
        releasing = true;
        try {
            while (!busy
                    && waiting != null
                    && !waiting.isEmpty()
                    && context.channel().isWritable()) {
                RequestLine next = waiting.remove();
                regulate(context);
                context.fireChannelRead(next);
            }
        } finally {
            releasing = false;
        }
    }

    /** How many commands wait. */
    int waiting() {
        return waiting == null ? 0 : waiting.size();
    }

    /** Forgets what waits: it was sent under conditions that are no more. */
    void clear() {
        waiting = null;
    }
}
