package io.portolan.ftp.server.internal.session;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.util.concurrent.ScheduledFuture;
import io.portolan.core.internal.codec.AsciiHandler;
import io.portolan.core.internal.codec.DeflateHandler;
import io.portolan.core.internal.codec.InflateDecoder;
import io.portolan.core.internal.codec.InflateHandler;
import io.portolan.core.internal.security.DataProtectionException;
import io.portolan.core.internal.security.SessionSecurity;
import io.portolan.ftp.FtpReply;
import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.TransferType;
import io.portolan.ftp.security.ProtectionLevel;
import io.portolan.ftp.server.internal.transfer.Content;
import io.portolan.ftp.server.internal.transfer.Throttle;
import io.portolan.ftp.server.internal.transfer.Transfer;
import io.portolan.ftp.server.internal.transfer.TransferOutcome;
import io.portolan.session.TransferInfo;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A transfer in its session: the replies around it (RFC 959 §5.4: 150, then 226, 425, 426, 451, 452, 552 …), its events, its protection.
 */
public final class SessionTransfer implements Transfer.Owner, Activity {

    /** What a compressed upload may become: as much as the file system takes, up to what no honest file has. The ratio is limited as well. */
    private static final long MAX_INFLATED = 1L << 46;

    private final FtpSession session;
    private final CommandContext context;
    private final Transfer transfer;

    /** What protects the data, or null; later nothing changes that. */
    private final @Nullable SessionSecurity protection;

    private @Nullable ScheduledFuture<?> progress;

    private SessionTransfer(CommandContext context, Transfer.Opener opener) {
        this.context = context;
        this.session = context.session();
        SecurityState security = session.security();
        this.protection = security.dataLevel() == ProtectionLevel.PRIVATE ? security.session() : null;
        this.transfer = new Transfer(
                session.loop(),
                session.lane(),
                opener,
                session.dataConnections().take(),
                session.server().config().timeouts(),
                throttle(),
                this);
    }

    /** Begins a transfer, whose end is the command's reply. */
    public static void start(CommandContext context, Transfer.Opener opener) {
        SessionTransfer started = new SessionTransfer(context, opener);
        context.session().begin(started);
        started.transfer.start();
    }

    private Throttle throttle() {
        return session.server()
                .config()
                .rateLimit()
                .<Throttle>map(limit -> bytes -> limit.reserve(bytes, System.nanoTime()))
                .orElse(Throttle.NONE);
    }

    @Override
    public void opened(Content content) {
        context.preliminary(FtpReply.of(FtpReplyCode.FILE_STATUS_OK_OPENING_DATA_CONNECTION, content.announcement()));
        // at once, though 226 may follow in the same turn: the client wakes up while we send the data; both in one call
        // were 6 % slower for small files
        session.flush();
        if (isFile(content)) {
            transfer.info().ifPresent(session.events()::transferStarted);
            if (!session.server().config().listeners().isEmpty()) {
                long interval = session.server().config().progressInterval().toNanos();
                progress = session.loop()
                        .scheduleAtFixedRate(this::tellProgress, interval, interval, TimeUnit.NANOSECONDS);
            }
        }
    }

    private static boolean isFile(@Nullable Content content) {
        return content instanceof Content.Incoming || content instanceof Content.Outgoing outgoing && outgoing.isFile();
    }

    private void tellProgress() {
        transfer.info().ifPresent(session.events()::transferProgressed);
    }

    @Override
    public boolean prepare(Channel data, Content content) {
        ChannelPipeline pipeline = data.pipeline();
        boolean untouched = true;
        if (protection != null) {
            protection.protectData(pipeline, content instanceof Content.Incoming);
            untouched = false;
        }
        TransferParameters parameters = session.parameters();
        if (parameters.compressed()) {
            pipeline.addLast(
                    content instanceof Content.Incoming
                            ? new InflateHandler(InflateDecoder.DEFAULT_MAX_RATIO, MAX_INFLATED)
                            : new DeflateHandler(parameters.compressionLevel()));
            untouched = false;
        }
        // a listing has its lines ended as the network wants them already
        if (parameters.type() == TransferType.ASCII && isFile(content)) {
            pipeline.addLast(new AsciiHandler());
            untouched = false;
        }
        return untouched;
    }

    @Override
    public boolean isEncrypted() {
        return protection != null;
    }

    @Override
    public boolean allowsZeroCopy() {
        return session.server().config().isSendfileAllowed();
    }

    @Override
    public boolean wantsCommit() {
        return session.isConnected();
    }

    @Override
    public void ended(TransferOutcome outcome) {
        if (progress != null) {
            progress.cancel(false);
        }
        if (!(outcome instanceof TransferOutcome.Completed)) {
            SessionLog.debug(session, context.request() + " ended early", causeOf(outcome));
        }
        tellEnd(outcome);
        session.ended(this);
        context.reply(replyFor(outcome));
    }

    private void tellEnd(TransferOutcome outcome) {
        Optional<TransferInfo> info = transfer.info();
        if (info.isEmpty() || !isFile(transfer.content())) {
            return;
        }
        if (outcome instanceof TransferOutcome.Completed) {
            session.events().transferCompleted(info.get());
        } else {
            session.events().transferAborted(info.get(), causeOf(outcome));
        }
    }

    private static Throwable causeOf(TransferOutcome outcome) {
        if (outcome instanceof TransferOutcome.FileFailed failed) {
            return failed.cause();
        }
        if (outcome instanceof TransferOutcome.ConnectionLost lost) {
            return lost.cause();
        }
        return new IOException(describe(outcome));
    }

    private static String describe(TransferOutcome outcome) {
        if (outcome instanceof TransferOutcome.Aborted aborted) {
            return aborted.reason();
        }
        if (outcome instanceof TransferOutcome.NotConnected none) {
            return none.reason();
        }
        if (outcome instanceof TransferOutcome.Stalled stalled) {
            return stalled.byPeer()
                    ? "the client moved no byte for too long"
                    : "the file system moved no byte for too long";
        }
        return outcome.toString();
    }

    private FtpReply replyFor(TransferOutcome outcome) {
        if (outcome instanceof TransferOutcome.Completed) {
            return FtpReply.of(FtpReplyCode.CLOSING_DATA_CONNECTION, "Transfer complete.");
        }
        if (outcome instanceof TransferOutcome.NotConnected none) {
            return FtpReply.of(
                    FtpReplyCode.CANNOT_OPEN_DATA_CONNECTION, "Cannot open data connection: " + none.reason());
        }
        if (outcome instanceof TransferOutcome.Aborted aborted) {
            return FtpReply.of(FtpReplyCode.TRANSFER_ABORTED, "Transfer aborted: " + aborted.reason());
        }
        if (outcome instanceof TransferOutcome.ConnectionLost lost) {
            if (lost.cause() instanceof DataProtectionException) {
                return FtpReply.of(
                        FtpReplyCode.PROTOCOL_NOT_SUPPORTED,
                        String.valueOf(lost.cause().getMessage()));
            }
            return FtpReply.of(FtpReplyCode.TRANSFER_ABORTED, "Data connection lost; the transfer is not complete.");
        }
        if (outcome instanceof TransferOutcome.Stalled stalled) {
            return FtpReply.of(
                    stalled.byPeer() ? FtpReplyCode.TRANSFER_ABORTED : FtpReplyCode.LOCAL_ERROR,
                    "Transfer aborted: " + describe(outcome) + ".");
        }
        TransferOutcome.FileFailed failed = (TransferOutcome.FileFailed) outcome;
        if (!ReplyForFailure.isExpected(failed.cause())) {
            SessionLog.warn(session, "the file of " + context.request() + " failed", failed.cause());
        }
        if (failed.cause() instanceof NoSuchFileException && failed.opened()) {
            // 550 is no answer to a transfer that has begun (RFC 959 §5.4)
            return FtpReply.of(FtpReplyCode.LOCAL_ERROR, "The file has gone while it was transferred.");
        }
        Content content = transfer.content();
        return ReplyForFailure.of(failed.cause(), content == null ? null : content.path());
    }

    @Override
    public void abort(String reason, Runnable afterwards) {
        transfer.abort(reason, afterwards);
    }

    @Override
    public String status() {
        Optional<TransferInfo> info = transfer.info();
        if (info.isEmpty()) {
            return context.spec().verb() + " is being opened";
        }
        String progress = context.spec().verb() + " " + info.get().path() + ", "
                + info.get().bytes() + " bytes moved";
        return transfer.isConnected() ? progress : progress + ", waiting for the data connection";
    }

    @Override
    public void whenReleased(Runnable told) {
        transfer.whenReleased(told);
    }
}
