package io.portolan.ftp.server.internal.session;

import io.netty.util.concurrent.ScheduledFuture;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.VirtualPath;
import io.portolan.ftp.FtpReply;
import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.server.FtpTimeouts;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Work on the lane without a data connection that may be long, such as the hash of a large file: done in steps, so that the session can be aborted, asked
 * and closed in between. Event loop only.
 */
public final class LongTask implements Activity {

    /** The work. All of its methods are called on the lane, one after the other. */
    public interface Steps extends Closeable {

        /**
         * Does a part that takes some tens of milliseconds, unless the file system is slow.
         *
         * @return the command's reply once all is done; empty while there is more to do
         */
        Optional<FtpReply> next(VirtualFileSystem files) throws Exception;

        /** Whether the next part is one that cannot be taken back once it has begun: an ABOR then waits for what comes of it. */
        default boolean commitsNext() {
            return false;
        }

        /** Lets go of files; called once, whether all was done or not. */
        @Override
        void close() throws IOException;
    }

    private final CommandContext context;
    private final FtpSession session;
    private final @Nullable VirtualPath subject;
    private final Steps steps;
    private final List<Runnable> whenReleased = new ArrayList<>(1);
    private final List<Runnable> whenEnded = new ArrayList<>(1);
    private boolean committing;
    private boolean ended;

    /** What came of one part. */
    private record Step(Optional<FtpReply> reply, boolean commitsNext) {}

    private LongTask(CommandContext context, @Nullable VirtualPath subject, Steps steps) {
        this.context = context;
        this.session = context.session();
        this.subject = subject;
        this.steps = steps;
    }

    /**
     * Begins a task, whose end is the command's reply.
     *
     * @param subject the path that an error is about, or null
     */
    public static void start(CommandContext context, @Nullable VirtualPath subject, Steps steps) {
        LongTask task = new LongTask(context, subject, steps);
        task.session.begin(task);
        task.next(task.session.files());
    }

    private void next(VirtualFileSystem files) {
        FtpTimeouts timeouts = session.server().config().timeouts();
        Duration patience = committing ? timeouts.publish() : timeouts.stall();
        ScheduledFuture<?> timer = session.loop().schedule(this::stalled, patience.toNanos(), TimeUnit.NANOSECONDS);
        session.lane()
                .call(
                        () -> {
                            Optional<FtpReply> reply = steps.next(files);
                            return new Step(reply, steps.commitsNext());
                        },
                        session.loop(),
                        (step, failure) -> {
                            timer.cancel(false);
                            if (ended) {
                                return;
                            }
                            if (step == null) {
                                Throwable cause = failure == null ? new IllegalStateException("no reply") : failure;
                                endWith(() -> context.fail(cause, subject));
                            } else if (step.reply().isPresent()) {
                                endWith(() -> context.reply(step.reply().get()));
                            } else {
                                committing = step.commitsNext();
                                next(files);
                            }
                        });
    }

    /** One step has taken too long: the file system hangs. */
    private void stalled() {
        if (!ended) {
            String unknown = committing ? "; whether it was done is not known." : ".";
            endWith(() -> context.reply(
                    FtpReplyCode.LOCAL_ERROR,
                    context.spec().verb() + " aborted: the file system does not answer" + unknown));
        }
    }

    private void endWith(Runnable reply) {
        end();
        reply.run();
        whenEnded.forEach(Runnable::run);
    }

    private void end() {
        ended = true;
        session.lane()
                .callAlways(
                        () -> {
                            steps.close();
                            return Optional.empty();
                        },
                        session.loop(),
                        (done, failure) -> {
                            if (failure != null) {
                                SessionLog.warn(
                                        session, "closing the files of " + context.request() + " failed", failure);
                            }
                            whenReleased.forEach(Runnable::run);
                        });
        session.ended(this);
    }

    @Override
    public void abort(String reason, Runnable afterwards) {
        if (ended) {
            afterwards.run();
            return;
        }
        if (committing) {
            whenEnded.add(afterwards);
            return;
        }
        end();
        context.reply(FtpReplyCode.TRANSFER_ABORTED, context.spec().verb() + " aborted: " + reason);
        afterwards.run();
    }

    @Override
    public String status() {
        return context.spec().verb() + " is at work" + (subject == null ? "" : " on " + subject);
    }

    @Override
    public void whenReleased(Runnable told) {
        whenReleased.add(told);
    }
}
