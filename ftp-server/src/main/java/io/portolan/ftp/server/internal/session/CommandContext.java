package io.portolan.ftp.server.internal.session;

import io.portolan.core.internal.codec.FtpRequest;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.VirtualPath;
import io.portolan.ftp.FtpReply;
import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.server.FtpTimeouts;
import java.nio.file.InvalidPathException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One command on its way: what it can ask of its session, and where its reply goes. Event loop only, unless a method says otherwise. */
public final class CommandContext {

    /** Something that may block and ends in a reply. Runs on the session's lane. */
    @FunctionalInterface
    public interface FileTask {
        FtpReply run(VirtualFileSystem files) throws Exception;
    }

    private final FtpSession session;
    private final FtpRequest request;
    private final CommandSpec spec;
    private final OneShot oneShot;
    private final Runnable whenReplied;
    private boolean replied;

    CommandContext(FtpSession session, FtpRequest request, CommandSpec spec, OneShot oneShot, Runnable whenReplied) {
        this.session = session;
        this.request = request;
        this.spec = spec;
        this.oneShot = oneShot;
        this.whenReplied = whenReplied;
    }

    public FtpSession session() {
        return session;
    }

    public FtpRequest request() {
        return request;
    }

    public CommandSpec spec() {
        return spec;
    }

    /** What the command before has said for this one. */
    public OneShot oneShot() {
        return oneShot;
    }

    /**
     * A path in the peer's words, from its working directory.
     *
     * @throws InvalidPathException if it holds what no name may hold: the peer is told 553
     */
    public VirtualPath path(String argument) {
        return session.directory().resolve(argument);
    }

    /** The final reply; the next command may begin. A second one is dropped. */
    public void reply(FtpReply reply) {
        if (replied) {
            SessionLog.debug(session, spec.verb() + " replied twice, dropped " + reply.code(), null);
            return;
        }
        replied = true;
        if (spec.needs().contains(Precondition.DATA_CONNECTION)) {
            // a transfer command uses up what was agreed upon before it, also when it is refused: clients ask anew for
            // each transfer, and no port waits for nothing
            session.dataConnections().forget();
        }
        session.send(reply);
        whenReplied.run();
    }

    public void reply(FtpReplyCode code, String text) {
        reply(FtpReply.of(code, text));
    }

    /** The final reply has been sent already, by other means; the next command may begin. */
    public void done() {
        if (!replied) {
            replied = true;
            whenReplied.run();
        }
    }

    /** A reply before the final one (1yz). Leaves with what is sent next. */
    public void preliminary(FtpReply reply) {
        if (!replied) {
            session.sendLater(reply);
        }
    }

    /** Runs something on the lane and replies with what it returns, or with what its exception means, or after {@link FtpTimeouts#files} with 451. */
    public void files(@Nullable VirtualPath subject, FileTask task) {
        filesThen(subject, task, () -> {});
    }

    /** The same, with something that happens on the event loop before the reply, if the task succeeded in time. */
    public void filesThen(@Nullable VirtualPath subject, FileTask task, Runnable beforeReply) {
        new FileCall(this, subject, task, () -> {}, beforeReply)
                .start(timeouts().files());
    }

    /** The same for what changes files: listeners are to be told of it although the client was told that the time is over. */
    public void filesChange(@Nullable VirtualPath subject, FileTask task, Runnable whenDone) {
        filesChange(subject, timeouts().files(), task, whenDone);
    }

    /** The same for what may take another time. */
    public void filesChange(@Nullable VirtualPath subject, Duration patience, FileTask task, Runnable whenDone) {
        new FileCall(this, subject, task, whenDone, () -> {}).start(patience);
    }

    /** How long what is waited for. */
    public FtpTimeouts timeouts() {
        return session.server().config().timeouts();
    }

    /** Replies with what an exception means; those that nobody expects are logged. */
    public void fail(Throwable failure, @Nullable VirtualPath subject) {
        if (ReplyForFailure.isExpected(failure)) {
            SessionLog.refused(session, request, failure);
        } else {
            SessionLog.warn(session, request + " failed", failure);
        }
        reply(ReplyForFailure.of(failure, subject));
    }
}
