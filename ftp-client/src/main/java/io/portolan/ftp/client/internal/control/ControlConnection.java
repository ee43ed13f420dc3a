package io.portolan.ftp.client.internal.control;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import io.portolan.core.internal.codec.ControlCharset;
import io.portolan.core.internal.codec.FtpReplyDecoder;
import io.portolan.core.internal.codec.FtpRequest;
import io.portolan.core.internal.codec.FtpRequestEncoder;
import io.portolan.core.internal.codec.MalformedReplyException;
import io.portolan.core.internal.security.ProtectionException;
import io.portolan.ftp.FtpReply;
import io.portolan.ftp.client.FtpConnectionException;
import io.portolan.ftp.client.FtpException;
import io.portolan.ftp.client.FtpProtocolException;
import io.portolan.ftp.client.FtpReplyException;
import io.portolan.ftp.client.FtpSecurityException;
import io.portolan.ftp.client.FtpTimeoutException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The control connection. Its pipeline is:
 *
 * <pre>
 * security?  what protects it
 * replies    octets to replies: Telnet, bounded lines and replies, charset
 * exchanges  this: each reply to the command that it answers, which is the first that waits for one
 * </pre>
 *
 * <p>A reply that nothing waits for, one that makes no sense, and one that does not come in time end it: what follows could be taken for the reply to another command. Event loop only.
 */
public final class ControlConnection extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(ControlConnection.class);

    /** How many commands may wait for replies at a time, as {@link #send} is given them ahead of the replies to those before. */
    static final int MAX_AWAITED = 64;

    private static final String REPLIES = "replies";
    private static final String EXCHANGES = "exchanges";
    private static final int SERVICE_NOT_AVAILABLE = 421;

    private final Channel channel;
    private final FtpReplyDecoder decoder;
    private final ControlCharset charset;
    private final Duration patience;
    private final Deque<Exchange> awaited = new ArrayDeque<>();
    private final CompletableFuture<FtpException> closed = new CompletableFuture<>();
    private final CommandExchange greeting = new CommandExchange("greeting", 0);
    private @Nullable ScheduledFuture<?> timer;
    private @Nullable FtpException cause;
    private boolean leaving;

    private ControlConnection(Channel channel, ControlCharset charset, Duration patience) {
        this.channel = channel;
        this.charset = charset;
        this.patience = patience;
        this.decoder = new FtpReplyDecoder(charset);
    }

    /**
     * Takes a connection over.
     *
     * @param channel a connection that does not read yet; its handlers so far stay in front
     * @param charset of commands and replies
     * @param patience how long a reply may take
     */
    public static ControlConnection on(Channel channel, ControlCharset charset, Duration patience) {
        ControlConnection control = new ControlConnection(channel, charset, patience);
        channel.pipeline().addLast(REPLIES, control.decoder).addLast(EXCHANGES, control);
        return control;
    }

    /** Where everything of this session happens. */
    public EventLoop loop() {
        return channel.eventLoop();
    }

    public ChannelPipeline pipeline() {
        return channel.pipeline();
    }

    public Channel channel() {
        return channel;
    }

    /** The server's address; behind a proxy, the proxy's. */
    public InetSocketAddress remoteAddress() {
        return (InetSocketAddress) channel.remoteAddress();
    }

    public InetSocketAddress localAddress() {
        return (InetSocketAddress) channel.localAddress();
    }

    /** Completes with why, when the connection is over. */
    public CompletableFuture<FtpException> closed() {
        return closed;
    }

    public boolean isOpen() {
        return cause == null;
    }

    /** The reply that servers begin with; to be called once, before the first command. */
    public CompletableFuture<FtpReply> greeting() {
        await(greeting);
        return greeting.reply();
    }

    /** Whether octets are here behind the reply that is being told: after AUTH nobody may have sent any. */
    public boolean hasUnreadOctets() {
        return decoder.hasBufferedBytes();
    }

    /**
     * Sends a command and leaves.
     *
     * @return its final reply; fails with an {@link FtpException} if none will come, with an {@link IllegalArgumentException} if the command cannot be sent, which then has no effect
     */
    public CompletableFuture<FtpReply> send(String verb, String argument) {
        CompletableFuture<FtpReply> reply = write(verb, argument);
        channel.flush();
        return reply;
    }

    /** As {@link #send}, but the command may wait for {@link #flush}. */
    public CompletableFuture<FtpReply> write(String verb, String argument) {
        return write(verb, argument, Duration.ZERO);
    }

    /** As {@link #send}, for a command whose reply may take longer than others. */
    public CompletableFuture<FtpReply> sendSlow(String verb, String argument, Duration atLeast) {
        CompletableFuture<FtpReply> reply = write(verb, argument, atLeast);
        channel.flush();
        return reply;
    }

    private CompletableFuture<FtpReply> write(String verb, String argument, Duration atLeast) {
        FtpRequest request = new FtpRequest(verb, argument);
        CommandExchange exchange = new CommandExchange(request.toString(), atLeast.toNanos());
        IllegalArgumentException refused = write(request, exchange);
        return refused == null ? exchange.reply() : CompletableFuture.failedFuture(refused);
    }

    /** Sends what {@link #write} was given. */
    public void flush() {
        channel.flush();
    }

    /**
     * Sends the command of a transfer.
     *
     * @throws IllegalArgumentException if the command cannot be sent
     */
    public TransferExchange transfer(String verb, String argument, TransferExchange.Listener listener) {
        FtpRequest request = new FtpRequest(verb, argument);
        TransferExchange exchange = new TransferExchange(request.toString(), this, listener);
        IllegalArgumentException refused = write(request, exchange);
        if (refused != null) {
            throw refused;
        }
        channel.flush();
        return exchange;
    }

    private @Nullable IllegalArgumentException write(FtpRequest request, Exchange exchange) {
        if (cause != null) {
            exchange.failed(cause);
            return null;
        }
        ByteBuf octets;
        try {
            octets = FtpRequestEncoder.encode(request, charset, channel.alloc());
        } catch (IllegalArgumentException e) {
            return e;
        }
        if (LOG.isTraceEnabled()) {
            LOG.trace("{} > {}", channel.id(), request);
        }
        try {
            await(exchange);
        } catch (IllegalStateException e) {
            octets.release();
            throw e;
        }
        channel.write(octets);
        return null;
    }

    /** A command whose reply the exchange that is under way counts. */
    void writeUnanswered(String verb) {
        if (cause == null) {
            channel.writeAndFlush(FtpRequestEncoder.encode(new FtpRequest(verb, ""), charset, channel.alloc()));
        }
    }

    private void await(Exchange exchange) {
        if (awaited.size() >= MAX_AWAITED) {
            throw new IllegalStateException("more than " + MAX_AWAITED + " commands wait for replies");
        }
        if (awaited.peekLast() instanceof TransferExchange transfer && !transfer.isOver()) {
            // it counts the replies to come, and would take this one's for its own
            throw new IllegalStateException("a command while a transfer is under way: " + transfer.shown());
        }
        exchange.waitAnew();
        awaited.add(exchange);
        if (timer == null) {
            watch(patience.toNanos());
        }
    }

    /** One timer looks at whoever waits for the longest, so that a command costs none of its own. */
    private void watch(long nanos) {
        timer = loop().schedule(this::look, nanos, TimeUnit.NANOSECONDS);
    }

    private void look() {
        timer = null;
        Exchange first = awaited.peek();
        if (first == null || cause != null) {
            return;
        }
        long allowed = Math.max(patience.toNanos(), first.patienceNanos());
        long left = first.waitingSince() + allowed - System.nanoTime();
        if (!first.isTimed()) {
            watch(patience.toNanos());
        } else if (left > 0) {
            // not for all that is left: the next command may be granted less
            watch(Math.min(left, patience.toNanos()));
        } else {
            close(new FtpTimeoutException(
                    first.shown() + ": no reply within " + TimeUnit.NANOSECONDS.toMillis(allowed) + " ms", null));
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        FtpReply reply = (FtpReply) message;
        if (LOG.isTraceEnabled()) {
            LOG.trace("{} < {}", channel.id(), reply);
        }
        if (cause != null) {
            return;
        }
        Exchange first = awaited.peek();
        if (first == null) {
            close(
                    reply.code() == SERVICE_NOT_AVAILABLE
                            ? new FtpReplyException("idle session", reply)
                            : new FtpProtocolException("a reply to nothing: " + reply, null));
            return;
        }
        if (reply.code() == SERVICE_NOT_AVAILABLE) {
            close(new FtpReplyException(first.shown(), reply));
            return;
        }
        first.waitAnew();
        if (reply.isPreliminary() && first.isTooManyPreliminary()) {
            close(new FtpProtocolException(
                    first.shown() + ": more than " + Exchange.MAX_PRELIMINARY + " preliminary replies", null));
            return;
        }
        if (isLast(first, reply)) {
            next(first);
        }
    }

    /** The exchange is taken out before anybody hears of its end, who may well begin the next. */
    private boolean isLast(Exchange first, FtpReply reply) {
        if (first instanceof TransferExchange) {
            return first.replied(reply);
        }
        if (!reply.isPreliminary()) {
            next(first);
        }
        first.replied(reply);
        return false;
    }

    private void next(Exchange done) {
        awaited.remove(done);
        Exchange next = awaited.peek();
        if (next != null) {
            next.waitAnew();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        Exchange first = awaited.peek();
        close(new FtpConnectionException(
                leaving
                        ? "the session has been closed"
                        : "the server has closed the control connection" + (first == null ? "" : ": " + first.shown()),
                null));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable failure) {
        close(explain(failure));
    }

    private static FtpException explain(Throwable failure) {
        if (failure instanceof MalformedReplyException) {
            return new FtpProtocolException("the server does not speak FTP: " + failure.getMessage(), failure);
        }
        if (failure instanceof ProtectionException) {
            return new FtpSecurityException(String.valueOf(failure.getMessage()), failure);
        }
        if (failure instanceof FtpException ftp) {
            return ftp;
        }
        if (failure instanceof IOException) {
            return new FtpConnectionException("the control connection has broken: " + failure.getMessage(), failure);
        }
        return new FtpException("the control connection has failed: " + failure, failure, false);
    }

    /** The connection will be closed by the server or by us, and that is what is wanted. */
    public void leaving() {
        leaving = true;
    }

    /** Ends the connection; whatever waits for a reply fails. */
    public void close(FtpException reason) {
        if (cause != null) {
            return;
        }
        cause = reason;
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
        channel.close();
        Exchange waiting = awaited.poll();
        while (waiting != null) {
            waiting.failed(reason);
            waiting = awaited.poll();
        }
        closed.complete(reason);
    }
}
