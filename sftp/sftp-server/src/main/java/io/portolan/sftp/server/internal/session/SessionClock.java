package io.portolan.sftp.server.internal.session;

import io.netty.util.concurrent.ScheduledFuture;
import io.portolan.sftp.server.SftpTimeouts;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A session's time-outs, with one timer: it looks from time to time whether anything has moved since it looked last. A message costs no timer and no look at the
 * clock; in return a time-out comes up to a quarter late.
 */
final class SessionClock {

    private static final int LOOKS = 4;

    private final SftpSession session;
    private final SftpTimeouts timeouts;
    private final long interval;
    private @Nullable ScheduledFuture<?> timer;
    private long loginBy;
    private long messages;
    private long movedAt;
    private long taken;
    private long takenAt;

    SessionClock(SftpSession session, SftpTimeouts timeouts) {
        this.session = session;
        this.timeouts = timeouts;
        this.interval = Math.max(
                TimeUnit.MILLISECONDS.toNanos(1),
                Math.min(timeouts.idle().toNanos(), timeouts.stall().toNanos()) / LOOKS);
    }

    void start() {
        loginBy = System.nanoTime() + timeouts.login().toNanos();
        schedule(timeouts.login().toNanos());
    }

    void loggedIn() {
        stop();
        movedAt = System.nanoTime();
        takenAt = movedAt;
        schedule(interval);
    }

    private void schedule(long nanos) {
        timer = session.loop().schedule(this::look, nanos, TimeUnit.NANOSECONDS);
    }

    private void look() {
        long now = System.nanoTime();
        if (!session.isLoggedIn()) {
            if (now - loginBy >= 0) {
                session.end("No login within " + text(timeouts.login()));
            } else {
                schedule(loginBy - now);
            }
            return;
        }
        if (session.messages() != messages || session.isWorking()) {
            messages = session.messages();
            movedAt = now;
        }
        if (session.taken() != taken || !session.owesReading()) {
            taken = session.taken();
            takenAt = now;
        }
        if (now - takenAt >= timeouts.stall().toNanos()) {
            session.end("Has not read for " + text(timeouts.stall()));
        } else if (now - movedAt >= timeouts.idle().toNanos()) {
            session.end("Idle for " + text(timeouts.idle()));
        } else {
            schedule(interval);
        }
    }

    private static String text(Duration time) {
        return time.compareTo(Duration.ofSeconds(1)) < 0 ? time.toMillis() + " ms" : time.toSeconds() + " seconds";
    }

    void stop() {
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
