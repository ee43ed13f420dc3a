package io.portolan.ftp.server.internal.session;

import io.netty.channel.ChannelFuture;
import io.netty.util.concurrent.ScheduledFuture;
import io.portolan.ftp.FtpReply;
import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.server.FtpTimeouts;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A session's time-outs, with one timer: it looks whether a deadline has passed, and sleeps until the next. A command costs no timer, only a look at the clock.
 */
final class SessionClock {

    private final FtpSession session;
    private final FtpTimeouts timeouts;
    private @Nullable ScheduledFuture<?> timer;
    private long idleNanos;
    private long loginStarted;
    private long touched;
    private int unwritten;
    private long unwrittenSince;
    private @Nullable Runnable overdue;
    private long filesBy;
    private boolean stopped;

    SessionClock(FtpSession session, FtpTimeouts timeouts) {
        this.session = session;
        this.timeouts = timeouts;
        this.idleNanos = timeouts.idle().toNanos();
    }

    void start() {
        loginStarted = System.nanoTime();
        touched = loginStarted;
        schedule(Math.min(timeouts.login().toNanos(), idleNanos));
    }

    /** SITE IDLE: this session may be idle for another time. */
    void idleNanos(long nanos) {
        idleNanos = nanos;
        if (timer != null) {
            timer.cancel(false);
            look();
        }
    }

    long idleNanos() {
        return idleNanos;
    }

    /** A command has come, or a transfer has ended. */
    void touched() {
        touched = System.nanoTime();
    }

    /** The user is out: there is again a time to log in. */
    void loginAgain() {
        loginStarted = System.nanoTime();
        if (timer != null) {
            timer.cancel(false);
            look();
        }
    }

    /** Watches a reply leave. */
    void written(ChannelFuture reply) {
        if (reply.isDone()) {
            return;
        }
        if (unwritten++ == 0) {
            unwrittenSince = System.nanoTime();
            lookWithin(timeouts.control().toNanos());
        }
        reply.addListener(done -> {
            unwritten--;
            unwrittenSince = System.nanoTime();
        });
    }

    /**
     * The file system has been asked for something; only the command that runs asks, so that there is one such call at a time.
     *
     * @param late called if it has not answered in time
     */
    void filesAsked(Duration patience, Runnable late) {
        overdue = late;
        filesBy = System.nanoTime() + patience.toNanos();
        lookWithin(patience.toNanos());
    }

    /** It has answered, in time. */
    void filesAnswered() {
        overdue = null;
    }

    private void lookWithin(long nanos) {
        if (timer != null && timer.getDelay(TimeUnit.NANOSECONDS) > nanos) {
            timer.cancel(false);
            schedule(nanos);
        }
    }

    private void schedule(long nanos) {
        if (!stopped) {
            timer = session.loop()
                    .schedule(this::look, Math.max(nanos, TimeUnit.MILLISECONDS.toNanos(1)), TimeUnit.NANOSECONDS);
        }
    }

    private void look() {
        if (stopped) {
            return;
        }
        long now = System.nanoTime();
        long next = Long.MAX_VALUE;
        if (unwritten > 0) {
            long left = timeouts.control().toNanos() - (now - unwrittenSince);
            if (left <= 0) {
                session.disconnected("does not read its replies");
                session.control().close();
                return;
            }
            next = left;
        }
        if (!session.isLoggedIn()) {
            long left = timeouts.login().toNanos() - (now - loginStarted);
            if (left <= 0) {
                timedOut("No login within " + timeouts.login().toSeconds() + " seconds.");
                return;
            }
            next = Math.min(next, left);
        }
        Runnable late = null;
        if (overdue != null) {
            long left = filesBy - now;
            late = left <= 0 ? overdue : null;
            next = left <= 0 ? next : Math.min(next, left);
        }
        if (session.sequencer().isBusy()) {
            touched = now;
        }
        long left = idleNanos - (now - touched);
        if (left <= 0) {
            timedOut("Idle for " + TimeUnit.NANOSECONDS.toSeconds(idleNanos) + " seconds.");
            return;
        }
        schedule(Math.min(next, left));
        if (late != null) {
            // last, as the next command begins in there and may want to be looked after sooner
            overdue = null;
            late.run();
        }
    }

    private void timedOut(String text) {
        session.sendAndClose(FtpReply.of(FtpReplyCode.SERVICE_NOT_AVAILABLE, text), text);
    }

    void stop() {
        stopped = true;
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
