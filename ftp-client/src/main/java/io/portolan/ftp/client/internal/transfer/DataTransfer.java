package io.portolan.ftp.client.internal.transfer;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ScheduledFuture;
import io.portolan.core.internal.codec.DecompressionException;
import io.portolan.core.internal.codec.DeflateHandler;
import io.portolan.core.internal.security.DataProtectionHandler;
import io.portolan.core.internal.security.ProtectionException;
import io.portolan.fs.ReadableFile;
import io.portolan.fs.WritableFile;
import io.portolan.ftp.FtpReply;
import io.portolan.ftp.client.FtpCancelledException;
import io.portolan.ftp.client.FtpConnectionException;
import io.portolan.ftp.client.FtpException;
import io.portolan.ftp.client.FtpReplyException;
import io.portolan.ftp.client.FtpSecurityException;
import io.portolan.ftp.client.FtpTimeoutException;
import io.portolan.ftp.client.TruncatedTransferException;
import io.portolan.ftp.client.internal.control.ControlConnection;
import io.portolan.ftp.client.internal.control.TransferExchange;
import io.portolan.ftp.client.internal.data.DataConnector;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One transfer. It has two halves, what the server says and what becomes of the data, which end in either order ({@link ControlHalf}, {@link DataHalf}); it has succeeded when both have, as many octets as the
 * server had told have come, and they are committed. What fails here has the server asked to abort, and is told when it has answered. A session whose server does not answer is closed: its state is not known. Event
 * loop only.
 */
public final class DataTransfer implements TransferExchange.Listener, Pump.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(DataTransfer.class);

    /** How long a server may take to end its side of the data connection when ours has ended; nobody waits for it. */
    private static final Duration LINGER = Duration.ofSeconds(2);

    private static final String GUARD = "guard";

    /** The second digits of replies (RFC 959, section 4.2.1). */
    private static final int SYNTAX = 0;

    private static final int FILE_SYSTEM = 5;

    private final TransferHost host;
    private final TransferRequest request;
    private final ControlConnection control;
    private final EventLoop loop;
    private final CompletableFuture<TransferOutcome> completion = new CompletableFuture<>();
    private final Agreement agreement;

    private DataHalf data = new DataHalf.Awaited();
    private ControlHalf said = new ControlHalf.Preparing();
    private DataConnector.@Nullable Offer offer;
    private @Nullable Closeable file;
    private SendingPump.@Nullable Head head;
    private OptionalLong total = OptionalLong.empty();
    private @Nullable Throwable failure;
    private boolean aborting;
    private boolean checking;
    private boolean committing;
    private boolean ended;
    private boolean accepted;
    private @Nullable ScheduledFuture<?> watch;
    private @Nullable ScheduledFuture<?> deadline;
    private @Nullable ScheduledFuture<?> keepAlive;
    private long lastOctets = -1;

    public DataTransfer(TransferHost host, TransferRequest request) {
        this.host = host;
        this.request = request;
        this.control = host.control();
        this.loop = control.loop();
        this.agreement = new Agreement(host, request);
    }

    /** Begins. */
    public CompletableFuture<TransferOutcome> start() {
        host.underWay(this::lost);
        completion.whenComplete((outcome, failed) -> host.underWay(null));
        CompletableFuture<Void> opened = open();
        agreement.reach().whenComplete((agreed, refused) -> {
            offer = agreed;
            if (ended) {
                letGo();
            } else if (refused != null) {
                end(unwrap(refused));
            } else {
                opened.whenComplete((nothing, failed) -> begin(failed));
            }
        });
        return completion;
    }

    private void begin(@Nullable Throwable notOpened) {
        if (ended) {
            letGo();
        } else if (notOpened != null) {
            end(unwrap(notOpened));
        } else {
            command();
        }
    }

    /** Ends the transfer; its completion fails when the server has answered, or does not. */
    public void cancel() {
        failLocally(new FtpCancelledException(request.shown() + ": cancelled", null));
    }

    // --- before the command

    private CompletableFuture<Void> open() {
        CompletableFuture<Void> opened = new CompletableFuture<>();
        if (request.content() instanceof Content.Incoming incoming) {
            host.lane().call(() -> incoming.sink().open(incoming.offset()), loop, (sink, failed) -> {
                file = sink;
                opened(opened, failed);
            });
        } else {
            Content.Outgoing outgoing = (Content.Outgoing) request.content();
            ByteBuf first = control.channel().alloc().directBuffer(SendingPump.BUFFER_SIZE, SendingPump.BUFFER_SIZE);
            ByteBuffer view = first.nioBuffer(0, SendingPump.portion(request.throttle()));
            host.lane().call(() -> openSource(outgoing, view), loop, (source, failed) -> {
                if (source == null) {
                    first.release();
                } else {
                    file = source.file();
                    total = source.size();
                    head = new SendingPump.Head(first, view.position(), source.whole());
                }
                opened(opened, failed);
            });
        }
        return opened;
    }

    private void opened(CompletableFuture<Void> opened, @Nullable Throwable failed) {
        if (ended) {
            letGo();
        }
        if (failed != null) {
            opened.completeExceptionally(failed);
        } else {
            opened.complete(null);
        }
    }

    /** Its file closes it, should the loop be gone that would be told. */
    private record Source(ReadableFile file, OptionalLong size, boolean whole) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    private static Source openSource(Content.Outgoing outgoing, ByteBuffer view) throws IOException {
        OptionalLong size = outgoing.source().size();
        if (size.isPresent() && size.getAsLong() < outgoing.offset()) {
            throw new FtpException(
                    "there are " + outgoing.offset() + " octets on the server to go on behind, but only "
                            + size.getAsLong() + " to be uploaded: they are not of this file; begin anew",
                    null,
                    false);
        }
        ReadableFile file = outgoing.source().open(outgoing.offset());
        try {
            OptionalLong left = size.isPresent() ? OptionalLong.of(size.getAsLong() - outgoing.offset()) : size;
            return new Source(file, left, SendingPump.fill(file, view));
        } catch (IOException | RuntimeException | Error e) {
            file.close();
            throw e;
        }
    }

    private void command() {
        if (request.restart() == 0) {
            transfer();
            return;
        }
        said = new ControlHalf.Restarting();
        control.send("REST", Long.toString(request.restart())).whenComplete((reply, lost) -> {
            if (lost != null) {
                end(unwrap(lost));
            } else if (!reply.isIntermediate()) {
                end(new FtpReplyException("REST " + request.restart(), reply));
            } else if (failure != null) {
                // some servers would remember the offset until the next transfer
                Throwable cause = failure;
                control.send("REST", "0").whenComplete((forgotten, gone) -> end(cause));
            } else {
                transfer();
            }
        });
    }

    private void transfer() {
        DataConnector.Offer agreed = offer;
        if (agreed == null) {
            throw new IllegalStateException("nothing was agreed upon");
        }
        if (request.isIncoming()) {
            long expected = agreement.expected();
            total = expected < 0 ? OptionalLong.empty() : OptionalLong.of(expected);
        }
        CompletableFuture<Channel> connecting = agreed.open();
        try {
            said = new ControlHalf.Commanded(control.transfer(request.verb(), request.argument(), this));
        } catch (IllegalArgumentException e) {
            agreed.abandon();
            end(e);
            return;
        }
        if (ended) {
            // the control connection was gone already, and all that runs has been stopped
            return;
        }
        connecting.whenComplete(this::connected);
        watchForStall();
        host.keepAlive().ifPresent(this::keepAlive);
    }

    private void connected(@Nullable Channel channel, @Nullable Throwable refused) {
        if (ended || failure != null) {
            if (channel != null) {
                channel.close();
            }
            return;
        }
        if (channel == null) {
            failLocally(unwrap(refused == null ? new IOException("no connection") : refused));
            return;
        }
        data = new DataHalf.Connected(channel);
        try {
            host.prepare(channel, request.type(), request.isIncoming());
        } catch (RuntimeException e) {
            failLocally(e);
            return;
        }
        if (!request.isIncoming()) {
            channel.pipeline().addLast(GUARD, new Guard());
        }
        settle();
    }

    /** Hears of a connection's end while the server has not accepted the command yet. */
    private final class Guard extends ChannelInboundHandlerAdapter {
        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            broken(ctx, cause);
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            broken(ctx, new IOException("the server has closed the data connection"));
        }

        private void broken(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
            if (data instanceof DataHalf.Connected) {
                data = new DataHalf.Broken(cause, 0);
                settle();
            }
        }
    }

    // --- what the server says

    /** Whether the server has said that it begins; to be asked when the transfer has ended. */
    public boolean wasAccepted() {
        return accepted;
    }

    @Override
    public void marked(FtpReply reply) {
        accepted = true;
        if (said instanceof ControlHalf.Commanded commanded) {
            said = new ControlHalf.Accepted(commanded.exchange());
            settle();
        }
    }

    @Override
    public void answered(FtpReply reply) {
        said = new ControlHalf.Answered(reply);
        settle();
    }

    @Override
    public void lost(Throwable cause) {
        said = new ControlHalf.Lost(cause);
        settle();
    }

    // --- what becomes of the data

    private void move(Channel channel) {
        LongConsumer progress = moved -> request.progress().moved(moved, total);
        Pump pump;
        if (file instanceof WritableFile sink) {
            pump = new ReceivingPump(channel, host.lane(), sink, progress, request.throttle(), this);
        } else {
            SendingPump.Head first = head;
            head = null;
            if (!(file instanceof ReadableFile source) || first == null) {
                throw new IllegalStateException("nothing is open");
            }
            pump = new SendingPump(channel, host.lane(), source, first, progress, request.throttle(), this);
        }
        data = new DataHalf.Moving(channel, pump);
        channel.pipeline().addLast("pump", pump);
        if (pump instanceof SendingPump) {
            channel.pipeline().remove(GUARD);
            // what the server says meanwhile is nothing to us, but has to be heard
            channel.config().setAutoRead(true);
        }
        pump.start();
    }

    @Override
    public void moved() {
        if (!(data instanceof DataHalf.Moving moving)) {
            return;
        }
        if (request.isIncoming()) {
            ended(moving);
            moving.channel().close();
            return;
        }
        DeflateHandler deflater = moving.channel().pipeline().get(DeflateHandler.class);
        if (deflater == null) {
            endOutput(moving);
        } else {
            whenSent(moving, deflater.finish(), () -> endOutput(moving));
        }
    }

    /** The end of what protects it, then that of the connection's half: the other stays open until the server ends it. */
    private void endOutput(DataHalf.Moving moving) {
        DataProtectionHandler protection = moving.channel().pipeline().get(DataProtectionHandler.class);
        if (protection == null) {
            shutdown(moving);
        } else {
            whenSent(moving, protection.finish(), () -> shutdown(moving));
        }
    }

    private void shutdown(DataHalf.Moving moving) {
        Channel channel = moving.channel();
        if (!(channel instanceof DuplexChannel duplex)) {
            throw new IllegalStateException("no socket: " + channel);
        }
        whenSent(moving, duplex.shutdownOutput(), () -> {
            loop.schedule(() -> channel.close(), LINGER.toNanos(), TimeUnit.NANOSECONDS);
            ended(moving);
        });
    }

    private void whenSent(DataHalf.Moving moving, Future<?> sent, Runnable next) {
        sent.addListener(done -> {
            if (data != moving) {
                return;
            }
            if (done.isSuccess()) {
                next.run();
            } else {
                connectionFailed(done.cause());
            }
        });
    }

    private void ended(DataHalf.Moving moving) {
        data = new DataHalf.Moved(moving.pump().octets());
        moving.pump().stop();
        settle();
    }

    @Override
    public void connectionFailed(Throwable cause) {
        if (data instanceof DataHalf.Moving moving) {
            long octets = moving.pump().octets();
            moving.pump().stop();
            moving.channel().close();
            data = new DataHalf.Broken(cause, octets);
            settle();
        }
    }

    @Override
    public void localFailed(Throwable cause) {
        failLocally(cause);
    }

    private void failLocally(Throwable cause) {
        if (ended || failure != null || committing) {
            return;
        }
        failure = cause;
        if (checking) {
            // the server is at it, and has to be heard first
            return;
        }
        if (said instanceof ControlHalf.Preparing) {
            // a file that is still to be opened is closed then
            end(cause);
        } else if (!(said instanceof ControlHalf.Restarting)) {
            settle();
        }
    }

    // --- both

    private void settle() {
        if (ended || committing || checking) {
            return;
        }
        if (said instanceof ControlHalf.Lost lost) {
            end(failure == null ? lost.cause() : failure);
        } else if (failure != null) {
            settleFailure(failure);
        } else if (said instanceof ControlHalf.Answered answered) {
            settleAnswer(answered.reply());
        } else if (data instanceof DataHalf.Broken broken) {
            settleBroken(broken);
        } else if (data instanceof DataHalf.Connected connected
                && (request.isIncoming() || said instanceof ControlHalf.Accepted)) {
            move(connected.channel());
        } else if (data instanceof DataHalf.Moved && deadline == null) {
            within(host.timeouts().finalReply(), "no reply to " + request.shown() + " behind its data");
        }
    }

    private void settleFailure(Throwable cause) {
        if (said instanceof ControlHalf.Answered answered) {
            end(isUnconnected(cause) && answered.reply().isPermanentError() ? refused(answered.reply(), cause) : cause);
            return;
        }
        if (aborting) {
            return;
        }
        aborting = true;
        exchange().abort();
        closeData(true);
        deadline(
                host.timeouts().abort(),
                () -> control.close(new FtpTimeoutException(
                        request.shown() + ": the server does not answer ABOR within "
                                + host.timeouts().abort().toMillis() + " ms",
                        cause)));
    }

    private TransferExchange exchange() {
        if (said instanceof ControlHalf.Commanded commanded) {
            return commanded.exchange();
        }
        if (said instanceof ControlHalf.Accepted accepted) {
            return accepted.exchange();
        }
        throw new IllegalStateException("no command is under way");
    }

    private void settleAnswer(FtpReply reply) {
        if (data instanceof DataHalf.Broken broken
                && broken.cause() instanceof ProtectionException
                && (accepted || !isOfFiles(reply))) {
            // what the server says of it is that we have gone
            end(explain(broken));
        } else if (!reply.isPositive()) {
            end(refused(reply, data instanceof DataHalf.Broken broken ? broken.cause() : null));
        } else if (data instanceof DataHalf.Moved moved) {
            complete(moved.octets(), reply);
        } else if (data instanceof DataHalf.Broken broken) {
            end(explain(broken));
        } else if (!request.isIncoming()) {
            end(new TruncatedTransferException(
                    request.shown() + ": the server says that it is done before all was sent: " + reply,
                    null,
                    octets(),
                    total.orElse(-1)));
        } else {
            if (data instanceof DataHalf.Connected connected) {
                move(connected.channel());
            }
            watchForStall();
        }
    }

    private FtpReplyException refused(FtpReply reply, @Nullable Throwable alsoFailed) {
        FtpReplyException refused = new FtpReplyException(request.shown(), reply);
        if (alsoFailed != null) {
            refused.addSuppressed(alsoFailed);
        }
        return refused;
    }

    /** Whether it says that the file or the command is to blame (RFC 959, section 4.2): a server that refuses either may close a data connection whose protection has just begun. */
    private static boolean isOfFiles(FtpReply reply) {
        int group = reply.code() / 10 % 10;
        return !reply.isPositive() && (group == SYNTAX || group == FILE_SYSTEM);
    }

    /** A server that has refused the command may have closed the port that was connected to. */
    private static boolean isUnconnected(Throwable cause) {
        return cause instanceof FtpConnectionException;
    }

    /** The server has most often more to say of it: a full disk, a limit. */
    private void settleBroken(DataHalf.Broken broken) {
        if (deadline == null) {
            deadline(host.timeouts().reply(), () -> {
                FtpException cause = explain(broken);
                failure = cause;
                control.close(cause);
            });
        }
    }

    private FtpException explain(DataHalf.Broken broken) {
        Throwable cause = broken.cause();
        if (cause instanceof FtpException known) {
            return known;
        }
        String text = request.shown() + ": " + cause.getMessage();
        if (cause instanceof ProtectionException) {
            return new FtpSecurityException(text, cause);
        }
        if (cause instanceof DecompressionException) {
            return new FtpException(text, cause, false);
        }
        if (request.isIncoming()) {
            return new TruncatedTransferException(text, cause, broken.octets(), agreement.expected());
        }
        return new FtpConnectionException(text, cause);
    }

    private void complete(long octets, FtpReply reply) {
        long expected = agreement.expected();
        if (request.isIncoming() && expected >= 0 && octets < expected) {
            end(new TruncatedTransferException(
                    request.shown() + ": " + octets + " of " + expected + " octets have come, although the server says "
                            + reply,
                    null,
                    octets,
                    expected));
            return;
        }
        cancelTimers();
        TransferOutcome outcome = new TransferOutcome(octets, reply);
        TransferRequest.Check check = request.check();
        if (check == null) {
            commit(outcome);
            return;
        }
        checking = true;
        check.check(outcome).whenComplete((checked, failed) -> {
            checking = false;
            if (failed != null) {
                end(unwrap(failed));
            } else if (failure != null) {
                end(failure);
            } else {
                commit(outcome);
            }
        });
    }

    private void commit(TransferOutcome outcome) {
        if (ended) {
            return;
        }
        committing = true;
        Closeable open = file;
        file = null;
        host.lane()
                .<Void>callAlways(
                        () -> {
                            try (Closeable closed = open) {
                                if (closed instanceof WritableFile sink) {
                                    sink.commit();
                                }
                            }
                            return null;
                        },
                        loop,
                        (nothing, failed) -> {
                            if (failed != null) {
                                end(failed);
                            } else if (!ended) {
                                ended = true;
                                completion.complete(outcome);
                            }
                        });
    }

    private void end(Throwable cause) {
        if (ended) {
            return;
        }
        ended = true;
        cancelTimers();
        closeData(true);
        agreement.giveUp();
        CompletableFuture<Void> closed = letGo();
        // a file that hangs must not keep what was cancelled from ending
        ScheduledFuture<?> late = loop.schedule(
                () -> closed.complete(null), host.timeouts().abort().toNanos(), TimeUnit.NANOSECONDS);
        closed.whenComplete((nothing, failed) -> {
            late.cancel(false);
            whenAnswered(() -> completion.completeExceptionally(cause));
        });
    }

    /** What comes next begins with nothing on its way, or not at all. */
    private void whenAnswered(Runnable next) {
        if (agreement.over().isDone()) {
            next.run();
            return;
        }
        Duration patience = host.timeouts().abort();
        deadline(
                patience,
                () -> control.close(new FtpTimeoutException(
                        request.shown() + ": given up, and what was asked before it is not answered within "
                                + patience.toMillis() + " ms",
                        null)));
        agreement.over().whenComplete((nothing, failed) -> {
            cancelTimers();
            next.run();
        });
    }

    /** A file that was opened is closed, which aborts what was not committed. */
    private CompletableFuture<Void> letGo() {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        Closeable open = file;
        file = null;
        SendingPump.Head unsent = head;
        head = null;
        if (unsent != null) {
            unsent.buffer().release();
        }
        DataConnector.Offer unused = offer;
        offer = null;
        if (unused != null) {
            unused.abandon();
        }
        if (open == null) {
            closed.complete(null);
            return closed;
        }
        host.lane()
                .<Void>callAlways(
                        () -> {
                            open.close();
                            return null;
                        },
                        loop,
                        (nothing, failed) -> {
                            if (failed != null) {
                                LOG.debug("What was not transferred could not be closed", failed);
                            }
                            closed.complete(null);
                        });
        return closed;
    }

    /** Not in a way that would make an upload look whole: its end is a reset. */
    private void closeData(boolean reset) {
        Channel channel = data.open();
        if (data instanceof DataHalf.Moving moving) {
            moving.pump().stop();
        }
        if (channel == null || !channel.isOpen()) {
            // a socket that is closed takes no options any more
            return;
        }
        DataProtectionHandler protection = channel.pipeline().get(DataProtectionHandler.class);
        if (reset && !request.isIncoming()) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        }
        if (protection != null) {
            protection.cut();
        }
        ChannelFuture closed = channel.close();
        closed.addListener(done -> LOG.trace("data connection closed"));
    }

    // --- time

    private void watchForStall() {
        if (watch != null) {
            watch.cancel(false);
        }
        boolean answered = said instanceof ControlHalf.Answered;
        Duration patience =
                answered && host.timeouts().reply().compareTo(host.timeouts().stall()) < 0
                        ? host.timeouts().reply()
                        : host.timeouts().stall();
        lastOctets = octets();
        watch = loop.schedule(() -> checkForStall(patience), patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    private long octets() {
        return data instanceof DataHalf.Moving moving ? moving.pump().octets() : 0;
    }

    private void checkForStall(Duration patience) {
        if (ended
                || committing
                || checking
                || aborting
                || data instanceof DataHalf.Moved
                || data instanceof DataHalf.Broken) {
            return;
        }
        boolean ours = data instanceof DataHalf.Moving moving && !moving.pump().waitsForServer();
        if (ours || octets() != lastOctets) {
            watchForStall();
            return;
        }
        failLocally(new FtpTimeoutException(
                request.shown() + ": nothing has moved for " + patience.toMillis() + " ms, after " + octets()
                        + " octets",
                null));
    }

    private void within(Duration patience, String otherwise) {
        deadline(
                patience,
                () -> control.close(
                        new FtpTimeoutException(otherwise + " within " + patience.toMillis() + " ms", null)));
    }

    private void deadline(Duration patience, Runnable late) {
        if (deadline != null) {
            deadline.cancel(false);
        }
        deadline = loop.schedule(late, patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void keepAlive(Duration interval) {
        keepAlive = loop.scheduleWithFixedDelay(
                () -> {
                    if (said instanceof ControlHalf.Accepted accepted && !aborting) {
                        accepted.exchange().keepAlive();
                    }
                },
                interval.toNanos(),
                interval.toNanos(),
                TimeUnit.NANOSECONDS);
    }

    private void cancelTimers() {
        cancel(watch);
        cancel(deadline);
        cancel(keepAlive);
        watch = null;
        deadline = null;
        keepAlive = null;
    }

    private static void cancel(@Nullable ScheduledFuture<?> timer) {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private static Throwable unwrap(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
