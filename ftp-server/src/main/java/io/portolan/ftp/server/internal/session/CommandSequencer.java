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

    /**
     * What waits may become more, as lines are read by the buffer, not by the line: one record of TLS holds some three thousand commands. It is the end of the
     * session, since who sends that many does not wait for replies at all.
     */
    static final int HARD_LIMIT = 32 * LIMIT;

    /** Tells whether a command may pass one that runs, though none that waits: QUIT before it would make it void. */
    private final Predicate<FtpRequest> mayPass;

    /** Tells whether a command may pass those that wait as well. */
    private final Predicate<FtpRequest> overtakes;

    /** Tells whether what runs is something that others may pass. */
    private final BooleanSupplier interruptible;

    private final Runnable tooMany;

    private @Nullable Queue<RequestLine> waiting;
    private @Nullable ChannelHandlerContext context;
    private boolean busy;
    private int passing;
    private boolean releasing;
    private boolean overrun;

    /**
     * Makes the sequencer of one session.
     *
     * @param tooMany told once when more than {@link #HARD_LIMIT} commands wait; they are forgotten, as is all that comes
     */
    CommandSequencer(
            BooleanSupplier interruptible,
            Predicate<FtpRequest> mayPass,
            Predicate<FtpRequest> overtakes,
            Runnable tooMany) {
        this.interruptible = interruptible;
        this.mayPass = mayPass;
        this.overtakes = overtakes;
        this.tooMany = tooMany;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        RequestLine line = (RequestLine) message;
        if (overrun) {
            return;
        }
        if (!ctx.channel().isWritable()) {
            enqueue(ctx, line);
        } else if (busy && line instanceof FtpRequest request && interruptible.getAsBoolean() && passes(request)) {
            ctx.fireChannelRead(line);
        } else if (busy || passing > 0 || waiting() > 0) {
            enqueue(ctx, line);
        } else {
            ctx.fireChannelRead(line);
        }
    }

    private boolean passes(FtpRequest request) {
        return overtakes.test(request) || waiting() == 0 && mayPass.test(request);
    }

    private void enqueue(ChannelHandlerContext ctx, RequestLine line) {
        if (waiting() >= HARD_LIMIT) {
            overrun = true;
            clear();
            tooMany.run();
            return;
        }
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

    /** A command has begun that passes the one that runs: those that wait have to wait for its reply as well, as ABOR's comes behind that of the transfer. */
    void beginPassing() {
        passing++;
    }

    /** It has been replied to. */
    void finishedPassing() {
        passing--;
        release();
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
                    && passing == 0
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
