package io.portolan.ftp.server.internal.session;

import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.VirtualPath;
import io.portolan.ftp.FtpReply;
import io.portolan.ftp.FtpReplyCode;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Something short that is asked of the file system and ends in a command's reply. What takes too long is given up: the client is told so, and may go on. The lane stays
 * with the call that hangs, and what is asked next waits behind it; if it is given up before it has begun, it is never done, as the client was told. Event loop only, but for the
 * call itself.
 */
final class FileCall {

    private final CommandContext context;
    private final FtpSession session;
    private final @Nullable VirtualPath subject;
    private final CommandContext.FileTask task;
    private final Runnable whenDone;
    private final Runnable beforeReply;

    /** By the lane, which then does it, or by who gives it up, so that nobody does. */
    private final AtomicBoolean taken = new AtomicBoolean();

    private boolean givenUp;

    /**
     * Makes a call.
     *
     * @param subject the path that an error is about, or null
     * @param whenDone called when it was done, however late
     * @param beforeReply called when it was done in time
     */
    FileCall(
            CommandContext context,
            @Nullable VirtualPath subject,
            CommandContext.FileTask task,
            Runnable whenDone,
            Runnable beforeReply) {
        this.context = context;
        this.session = context.session();
        this.subject = subject;
        this.task = task;
        this.whenDone = whenDone;
        this.beforeReply = beforeReply;
    }

    void start(Duration patience) {
        VirtualFileSystem files = session.files();
        session.clock().filesAsked(patience, this::giveUp);
        session.lane()
                .call(
                        () -> {
                            if (!taken.compareAndSet(false, true)) {
                                throw new CancellationException("given up before it was begun");
                            }
                            return task.run(files);
                        },
                        session.loop(),
                        this::done);
    }

    private void done(@Nullable FtpReply reply, @Nullable Throwable failure) {
        if (!givenUp) {
            session.clock().filesAnswered();
        }
        if (reply != null) {
            whenDone.run();
        }
        if (givenUp) {
            SessionLog.debug(session, context.request() + " has come to its end after it was given up", failure);
        } else if (reply != null) {
            beforeReply.run();
            context.reply(reply);
        } else {
            context.fail(failure == null ? new IllegalStateException("no reply") : failure, subject);
        }
    }

    private void giveUp() {
        givenUp = true;
        boolean begun = !taken.compareAndSet(false, true);
        SessionLog.warn(session, context.request() + " is given up: the file system does not answer", null);
        String verb = context.spec().verb();
        context.reply(
                FtpReplyCode.LOCAL_ERROR,
                begun
                        ? "The file system does not answer; whether " + verb + " was done is not known."
                        : verb + " was not done: the file system does not answer.");
    }
}
