package io.portolan.ftp.server.internal.transfer;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ScheduledFuture;
import io.portolan.core.internal.codec.DeflateHandler;
import io.portolan.core.internal.concurrent.WorkerLane;
import io.portolan.core.internal.security.DataProtectionHandler;
import io.portolan.ftp.server.FtpTimeouts;
import io.portolan.session.TransferInfo;
import io.portolan.session.TransferInfo.Direction;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One transfer, from its command to its {@link TransferOutcome}: open the file, get the data connection, pump, publish. Whatever happens, the file is
 * closed, the port given back and the owner told exactly once. Event loop only.
 */
public final class Transfer implements Pump.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(Transfer.class);

    /** How long the peer may take to close its side after we have closed ours; two seconds are what peers that never do it are granted elsewhere. */
    private static final Duration LINGER = Duration.ofSeconds(2);

    /**
     * After the end of an upload's data connection the control connection is listened to for so long before the file is published. A client that is
     * killed ends both in the same way as one that has sent everything, one after the other, and only the end of the control connection tells that the file is
     * not whole. A machine under load takes some milliseconds from one to the other.
     */
    private static final Duration LAST_WORD = Duration.ofMillis(10);

    /** The same for one that was silent before: it may well have been killed, by a machine with many things to do, and whole uploads seldom end like this. */
    private static final Duration LAST_WORD_AFTER_SILENCE = Duration.ofMillis(250);

    private static final long SILENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** An upload that came as one burst was written by the client in one go, and is not made to wait: many small files would be slow for nothing. */
    private static final int ONE_BURST = 256 * 1024;

    private static final long ONE_BURST_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** Who has sent everything closes right behind it. An end that comes later than this can be that of a client that was killed while it was idle. */
    private static final long AT_ONCE_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    /**
     * How long another connection is waited for when one has been refused, which may have been a faster neighbour's. Clients connect before they say the command, or as soon as they have read 150, and connections whose
     * first packets are lost are tried again after one second and three. A client that was itself refused, and is to be told so, waits for as long.
     */
    private static final Duration AFTER_REFUSAL = Duration.ofSeconds(3);

    /** What a transfer needs from its session. */
    public interface Owner {

        /** The file is open: say 150. */
        void opened(Content content);

        /**
         * Puts what the session wants (TLS, MODE Z, TYPE A) before the pump.
         *
         * @return whether the pump's bytes go to the socket as they are
         */
        boolean prepare(Channel data, Content content);

        /** Whether the kernel may send a file, on the event loop, which waits for the disk then. */
        boolean allowsZeroCopy();

        /** Whether what {@link #prepare} puts there encrypts. */
        boolean isEncrypted();

        /**
         * Whether the peer is still there to hear of the end. A client that dies ends its data connection in the same way as one that has sent
         * everything; only the control connection, which dies with it, tells them apart.
         */
        boolean wantsCommit();

        /** The transfer is over. */
        void ended(TransferOutcome outcome);
    }

    /** Opens the file, on the lane. */
    @FunctionalInterface
    public interface Opener {
        Content open() throws IOException;
    }

    private enum Phase {
        OPENING,
        CONNECTING,
        /** The connection has to show that it is the right client's. */
        PROVING,
        MOVING,
        PUBLISHING,
        ENDED
    }

    private final EventLoop loop;
    private final WorkerLane lane;
    private final Opener opener;
    private final DataConnector connector;
    private final FtpTimeouts timeouts;
    private final Throttle throttle;
    private final Owner owner;
    private final Instant startedAt = Instant.now();
    private final long startedNanos = System.nanoTime();
    private final List<Runnable> whenEnded = new ArrayList<>(1);
    private final List<Runnable> whenReleased = new ArrayList<>(1);

    private Phase phase = Phase.OPENING;
    private @Nullable Content content;
    private @Nullable Head head;
    private @Nullable Channel channel;
    private @Nullable Pump pump;
    private @Nullable ScheduledFuture<?> timer;
    private long connectingSince;

    /** Why the first connection was refused, and the next one is waited for. */
    private @Nullable Throwable refusal;

    private long lastBytes;
    /** Whether the pump's bytes are those on the wire. */
    private boolean untouched;

    /** Whether the call that opens the file has not come back yet: the file may still appear after the transfer's end. */
    private boolean opening = true;

    /** Whether the file is closed, or a task on the lane will do it. */
    private boolean fileClosed;

    public Transfer(
            EventLoop loop,
            WorkerLane lane,
            Opener opener,
            DataConnector connector,
            FtpTimeouts timeouts,
            Throttle throttle,
            Owner owner) {
        this.loop = loop;
        this.lane = lane;
        this.opener = opener;
        this.connector = connector;
        this.timeouts = timeouts;
        this.throttle = throttle;
        this.owner = owner;
    }

    /** Begins. */
    public void start() {
        timer = loop.schedule(
                () -> end(new TransferOutcome.Stalled(false)), timeouts.stall().toNanos(), TimeUnit.NANOSECONDS);
        lane.call(() -> Opened.of(opener.open()), loop, this::opened);
    }

    private void opened(@Nullable Opened result, @Nullable Throwable failure) {
        opening = false;
        Content opened = result == null ? null : result.content();
        head = result == null ? null : result.head();
        fileClosed = result != null && result.closed();
        if (opened == null) {
            if (phase == Phase.ENDED) {
                release();
            }
            end(new TransferOutcome.FileFailed(
                    failure == null ? new IOException("nothing was opened") : failure, false));
            return;
        }
        content = opened;
        if (phase == Phase.ENDED) {
            closeFile();
            release();
            return;
        }
        cancelTimer();
        phase = Phase.CONNECTING;
        orEnd(() -> connect(opened));
    }

    /** Whatever the session's or the file system's code throws ends the transfer: nothing else would, as no timer runs in between. */
    private void orEnd(Runnable step) {
        try {
            step.run();
        } catch (Throwable failure) {
            end(new TransferOutcome.FileFailed(failure, true));
        }
    }

    private void connect(Content opened) {
        owner.opened(opened);
        if (phase != Phase.CONNECTING) {
            // a reply that could not be written has ended the session, and with it the transfer
            return;
        }
        connectingSince = System.nanoTime();
        await(connector.open(), timeouts.dataConnect());
    }

    private void await(Future<Channel> connecting, Duration patience) {
        if (connecting.isDone()) {
            connected(connecting);
            return;
        }
        timer = loop.schedule(
                () -> notConnected(
                        "no data connection within " + timeouts.dataConnect().toSeconds() + " seconds"),
                patience.toNanos(),
                TimeUnit.NANOSECONDS);
        connecting.addListener((Future<Channel> future) -> connected(future));
    }

    private void notConnected(String reason) {
        end(refusal == null ? new TransferOutcome.NotConnected(reason) : new TransferOutcome.ConnectionLost(refusal));
    }

    private void connected(Future<Channel> connecting) {
        cancelTimer();
        if (!connecting.isSuccess()) {
            if (phase == Phase.CONNECTING) {
                notConnected(String.valueOf(connecting.cause().getMessage()));
            }
            return;
        }
        Channel data = connecting.getNow();
        if (phase != Phase.CONNECTING || content == null) {
            data.close();
            return;
        }
        phase = Phase.PROVING;
        channel = data;
        Content moved = content;
        orEnd(() -> move(data, moved));
    }

    private void move(Channel data, Content moved) {
        untouched = owner.prepare(data, moved);
        Pump started = pumpFor(data, moved, untouched && throttle == Throttle.NONE);
        pump = started;
        data.pipeline().addLast("pump", (ChannelHandler) started);
        watchForStall();
        DataProtectionHandler protection = protection();
        if (protection == null) {
            begin(started);
        } else {
            protection.whenAccepted(() -> begin(started));
            data.read();
        }
    }

    private void begin(Pump accepted) {
        if (phase == Phase.PROVING && accepted == pump) {
            phase = Phase.MOVING;
            connector.confirmed();
            orEnd(accepted::start);
        }
    }

    /** The one place that decides about zero-copy. */
    private Pump pumpFor(Channel data, Content moved, boolean untouched) {
        if (moved instanceof Content.Incoming incoming) {
            return new UploadPump(data, lane, incoming.sink(), throttle, this);
        }
        Content.Outgoing outgoing = (Content.Outgoing) moved;
        if (untouched && head == null && owner.allowsZeroCopy()) {
            Optional<FileChannel> file = outgoing.source().fileChannel();
            if (file.isPresent()) {
                try {
                    long position = file.get().position();
                    long length = file.get().size() - position;
                    return new ZeroCopyPump(data, file.get(), position, length, this);
                } catch (IOException e) {
                    LOG.debug("No zero-copy for {}: its size cannot be had", moved.path(), e);
                }
            }
        }
        return new DownloadPump(data, lane, outgoing.source(), head, throttle, this);
    }

    private void watchForStall() {
        lastBytes = bytes();
        timer = loop.schedule(this::checkForStall, timeouts.stall().toNanos(), TimeUnit.NANOSECONDS);
    }

    private void checkForStall() {
        if (phase == Phase.ENDED || pump == null) {
            return;
        }
        if (bytes() == lastBytes && !pump.isHeldBack()) {
            end(new TransferOutcome.Stalled(phase == Phase.PROVING || phase == Phase.MOVING && pump.waitsForPeer()));
        } else {
            watchForStall();
        }
    }

    @Override
    public void pumped() {
        if (phase != Phase.MOVING) {
            return;
        }
        if (content instanceof Content.Incoming incoming) {
            phase = Phase.PUBLISHING;
            cancelTimer();
            if (cameInOneGo()) {
                // what the kernel already knows of the control connection is heard in the loop's next turn
                loop.execute(() -> loop.execute(() -> publish(incoming)));
            } else {
                Duration wait = cameAfterSilence() ? LAST_WORD_AFTER_SILENCE : LAST_WORD;
                timer = loop.schedule(() -> publish(incoming), wait.toNanos(), TimeUnit.NANOSECONDS);
            }
        } else {
            finishOutput();
        }
    }

    private boolean cameInOneGo() {
        return pump instanceof UploadPump upload
                && upload.received() <= ONE_BURST
                && System.nanoTime() - startedNanos <= ONE_BURST_NANOS
                && upload.pauseBeforeEnd() <= AT_ONCE_NANOS;
    }

    private boolean cameAfterSilence() {
        return pump instanceof UploadPump upload && upload.pauseBeforeEnd() >= SILENCE_NANOS;
    }

    /** MODE Z has an end of its own, which must have left before the download is whole. */
    private void finishOutput() {
        DeflateHandler deflater = channel == null ? null : channel.pipeline().get(DeflateHandler.class);
        if (deflater == null) {
            downloaded();
            return;
        }
        whenSent(deflater.finish(), this::downloaded);
    }

    /** All has left but the end of what protects it, if something does. */
    private void downloaded() {
        DataProtectionHandler protection = protection();
        if (protection == null) {
            finished();
            return;
        }
        whenSent(protection.finish(), this::finished);
    }

    private void whenSent(Future<?> end, Runnable next) {
        end.addListener(sent -> {
            if (sent.isSuccess()) {
                next.run();
            } else {
                connectionFailed(sent.cause());
            }
        });
    }

    private void finished() {
        if (phase == Phase.MOVING && channel != null) {
            if (untouched && pump instanceof OutgoingPump outgoing && !outgoing.hasHeard()) {
                // the kernel sends on what it has; only bytes of the peer's that nobody has read would make that a
                // reset
                channel.close();
            } else {
                closeGently();
            }
            end(new TransferOutcome.Completed(bytes()));
        }
    }

    private @Nullable DataProtectionHandler protection() {
        return channel == null ? null : channel.pipeline().get(DataProtectionHandler.class);
    }

    private void publish(Content.Incoming incoming) {
        if (phase != Phase.PUBLISHING) {
            return;
        }
        if (!owner.wantsCommit()) {
            end(new TransferOutcome.Aborted("the client went away before it could be told that the upload was whole"));
            return;
        }
        timer = loop.schedule(
                () -> end(new TransferOutcome.Stalled(false)),
                timeouts.publish().toNanos(),
                TimeUnit.NANOSECONDS);
        UploadPump upload = (UploadPump) Objects.requireNonNull(pump);
        Batch tail = upload.takeTail();
        fileClosed = true;
        lane.call(() -> publishAndClose(incoming, tail), loop, (done, failure) -> published(upload, tail, failure));
    }

    /** One task on the lane for all that is left to do: for a small file that is everything. */
    private static Content publishAndClose(Content.Incoming incoming, Batch tail) throws IOException {
        try {
            tail.writeTo(incoming.sink());
            incoming.sink().commit();
            return incoming;
        } finally {
            close(incoming);
        }
    }

    private void published(UploadPump upload, Batch tail, @Nullable Throwable failure) {
        tail.release();
        if (failure == null) {
            upload.tailWritten(tail);
        } else if (failure instanceof RejectedExecutionException) {
            fileClosed = false;
        }
        if (phase == Phase.PUBLISHING) {
            end(
                    failure == null
                            ? new TransferOutcome.Completed(bytes())
                            : new TransferOutcome.FileFailed(failure, true));
        }
    }

    @Override
    public void connectionFailed(Throwable cause) {
        if (phase == Phase.PROVING && protection() != null) {
            refused(cause);
        } else {
            end(new TransferOutcome.ConnectionLost(cause));
        }
    }

    /** The connection was not the right client's, or it is not as it must be. Nothing has been moved yet, and another one may be right. */
    private void refused(Throwable cause) {
        if (refusal == null) {
            refusal = cause;
        }
        long left = timeouts.dataConnect().toNanos() - (System.nanoTime() - connectingSince);
        Optional<Future<Channel>> next = left > 0 ? connector.next() : Optional.empty();
        if (next.isEmpty()) {
            end(new TransferOutcome.ConnectionLost(refusal));
            return;
        }
        LOG.debug("{} is not the right client's; another one is waited for", channel, cause);
        cancelTimer();
        Objects.requireNonNull(pump).stop();
        Objects.requireNonNull(protection()).cut();
        pump = null;
        channel = null;
        phase = Phase.CONNECTING;
        await(next.get(), Duration.ofNanos(Math.min(left, AFTER_REFUSAL.toNanos())));
    }

    @Override
    public void fileFailed(Throwable cause) {
        end(new TransferOutcome.FileFailed(cause, true));
    }

    /**
     * Ends the transfer, unless an upload is just being published: then that is waited for, since it can no longer be taken back.
     *
     * @param reason who ends it and why
     * @param afterwards called once the transfer is over, whichever way
     */
    public void abort(String reason, Runnable afterwards) {
        if (phase == Phase.ENDED) {
            afterwards.run();
            return;
        }
        whenEnded.add(afterwards);
        if (phase != Phase.PUBLISHING) {
            end(new TransferOutcome.Aborted(reason));
        }
    }

    private void end(TransferOutcome outcome) {
        if (phase == Phase.ENDED) {
            return;
        }
        phase = Phase.ENDED;
        cancelTimer();
        if (pump != null) {
            pump.stop();
        }
        if (channel != null && !(outcome instanceof TransferOutcome.Completed && isDownload())) {
            close(channel, outcome);
        }
        connector.close();
        closeFile();
        owner.ended(outcome);
        whenEnded.forEach(Runnable::run);
        if (!opening) {
            release();
        }
    }

    /** A download that broke must not look whole. */
    private void close(Channel data, TransferOutcome outcome) {
        DataProtectionHandler protection = protection();
        if (protection == null || outcome instanceof TransferOutcome.Completed) {
            data.close();
        } else {
            protection.cut();
        }
    }

    private void release() {
        List<Runnable> told = List.copyOf(whenReleased);
        whenReleased.clear();
        told.forEach(Runnable::run);
    }

    /**
     * Tells when the last task of this transfer has been given to the lane, so that the lane can be closed behind it. That can be later than the end, if a
     * transfer is aborted while its file is being opened.
     */
    public void whenReleased(Runnable told) {
        if (phase == Phase.ENDED && !opening) {
            told.run();
        } else {
            whenReleased.add(told);
        }
    }

    /** The last bytes are in the socket: end our side, and give the peer time to end its own, so that no reset overtakes the tail. */
    private void closeGently() {
        Channel data = channel;
        if (data instanceof DuplexChannel duplex && data.isActive() && !duplex.isInputShutdown()) {
            duplex.shutdownOutput().addListener(shut -> {
                ScheduledFuture<?> deadline = loop.schedule(
                        () -> {
                            data.close();
                        },
                        LINGER.toNanos(),
                        TimeUnit.NANOSECONDS);
                data.closeFuture().addListener(closed -> deadline.cancel(false));
            });
        } else if (data != null) {
            data.close();
        }
    }

    private void closeFile() {
        Content opened = content;
        if (opened == null || fileClosed) {
            return;
        }
        fileClosed = true;
        lane.callAlways(
                () -> {
                    opened.file().close();
                    return opened;
                },
                loop,
                (same, failure) -> {
                    if (failure != null) {
                        LOG.warn("Closing {} failed", opened.path(), failure);
                    }
                });
    }

    private static void close(Content opened) {
        try {
            opened.file().close();
        } catch (IOException | RuntimeException e) {
            LOG.warn("Closing {} failed", opened.path(), e);
        }
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private boolean isDownload() {
        return content instanceof Content.Outgoing;
    }

    private long bytes() {
        return pump == null ? 0 : pump.bytes();
    }

    /** Whether the data connection is there. */
    public boolean isConnected() {
        return phase == Phase.MOVING || phase == Phase.PUBLISHING;
    }

    /** The transfer as it stands, for listeners and STAT; empty before the file is open. */
    public Optional<TransferInfo> info() {
        Content opened = content;
        if (opened == null) {
            return Optional.empty();
        }
        return Optional.of(new TransferInfo(
                isDownload() ? Direction.DOWNLOAD : Direction.UPLOAD,
                opened.path(),
                opened.offset(),
                bytes(),
                startedAt,
                Duration.ofNanos(System.nanoTime() - startedNanos),
                owner.isEncrypted()));
    }

    /** The open file, or null before it is open. */
    public @Nullable Content content() {
        return content;
    }
}
