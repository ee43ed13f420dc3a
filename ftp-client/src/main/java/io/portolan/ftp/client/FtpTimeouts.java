package io.portolan.ftp.client;

import java.time.Duration;

/**
 * How long a session waits for what. Immutable; each is between a millisecond and a day.
 *
 * @param connect to a connection, the control connection or a data connection, and to its protection
 * @param reply to the reply to a command; when it is over the session is closed, as a reply that comes later would be taken for that to another command
 * @param stall without an octet moved in a transfer, while it is the server that has to do something
 * @param finalReply from the end of a transfer's data to the reply that says what has become of it: servers copy, scan and hash before it
 * @param abort to the end of a transfer that was cancelled
 */
public record FtpTimeouts(Duration connect, Duration reply, Duration stall, Duration finalReply, Duration abort) {

    /** Half a minute to connect, a minute for a reply and without an octet, ten minutes for the reply to a transfer, and ten seconds to abort one. */
    public static final FtpTimeouts DEFAULT = new FtpTimeouts(
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Duration.ofMinutes(10),
            Duration.ofSeconds(10));

    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException if one is not between a millisecond and a day
     */
    public FtpTimeouts {
        check("connect", connect);
        check("reply", reply);
        check("stall", stall);
        check("finalReply", finalReply);
        check("abort", abort);
    }

    private static void check(String name, Duration value) {
        if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("timeouts." + name + ": " + value + " is not between 1 ms and one day");
        }
    }

    /**
     * These time-outs with another one for connections.
     *
     * @param value the time
     * @return the time-outs
     */
    public FtpTimeouts withConnect(Duration value) {
        return new FtpTimeouts(value, reply, stall, finalReply, abort);
    }

    /**
     * These time-outs with another one for replies.
     *
     * @param value the time
     * @return the time-outs
     */
    public FtpTimeouts withReply(Duration value) {
        return new FtpTimeouts(connect, value, stall, finalReply, abort);
    }

    /**
     * These time-outs with another one for transfers that stall.
     *
     * @param value the time
     * @return the time-outs
     */
    public FtpTimeouts withStall(Duration value) {
        return new FtpTimeouts(connect, reply, value, finalReply, abort);
    }

    /**
     * These time-outs with another one for the reply to a transfer.
     *
     * @param value the time
     * @return the time-outs
     */
    public FtpTimeouts withFinalReply(Duration value) {
        return new FtpTimeouts(connect, reply, stall, value, abort);
    }

    /**
     * These time-outs with another one for cancelled transfers.
     *
     * @param value the time
     * @return the time-outs
     */
    public FtpTimeouts withAbort(Duration value) {
        return new FtpTimeouts(connect, reply, stall, finalReply, value);
    }
}
