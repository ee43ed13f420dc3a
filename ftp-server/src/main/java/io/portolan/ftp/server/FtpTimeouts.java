package io.portolan.ftp.server;

import java.time.Duration;

/**
 * How long an FTP session waits for what. Immutable; each is longer than zero.
 *
 * @param login from the connection to the login; whoever cannot log in by then is closed
 * @param idle without a command, while no transfer runs; RFC 1123 §4.1.3.2 asks for at least five minutes
 * @param dataConnect from a transfer's command to its data connection
 * @param stall without a byte moved in a transfer, either way
 * @param files for the file system to carry out a command that moves no data, such as DELE, MKD or SIZE; RNTO has as long as publishing, as a store may have to copy. When
 *     it is over the client is told 451 and the session lives on. What it asks of its files then waits behind the call that hangs, as long again, and is refused without
 *     having been begun if that does not return
 * @param publish for the file system to publish an upload; a store may have much to do then, so this is long. When it is over the client is told 451, though
 *     the file may still appear
 * @param control for the peer to take our replies while it reads nothing
 */
public record FtpTimeouts(
        Duration login,
        Duration idle,
        Duration dataConnect,
        Duration stall,
        Duration files,
        Duration publish,
        Duration control) {

    /**
     * A minute to log in, five minutes idle, half a minute for a data connection, a minute without a byte, two minutes for a file command, ten minutes to publish, half a
     * minute for a reply. Two minutes are more than the clients of a network share wait for its server to come back (NFS version 4: 90 seconds).
     */
    public static final FtpTimeouts DEFAULT = new FtpTimeouts(
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ofMinutes(2),
            Duration.ofMinutes(10),
            Duration.ofSeconds(30));

    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException if one is not between a millisecond and a day
     */
    public FtpTimeouts {
        check("login", login);
        check("idle", idle);
        check("dataConnect", dataConnect);
        check("stall", stall);
        check("files", files);
        check("publish", publish);
        check("control", control);
    }

    private static void check(String name, Duration value) {
        if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("timeouts." + name + ": " + value + " is not between 1 ms and one day");
        }
    }

    /**
     * These time-outs with another one for the login.
     *
     * @param value the time
     * @return the time-outs
     */
    public FtpTimeouts withLogin(Duration value) {
        return new FtpTimeouts(value, idle, dataConnect, stall, files, publish, control);
    }

    /**
     * These time-outs with another one for idle sessions.
     *
     * @param value the time
     * @return the time-outs
     */
    public FtpTimeouts withIdle(Duration value) {
        return new FtpTimeouts(login, value, dataConnect, stall, files, publish, control);
    }

    /**
     * These time-outs with another one for data connections.
     *
     * @param value the time
     * @return the time-outs
     */
    public FtpTimeouts withDataConnect(Duration value) {
        return new FtpTimeouts(login, idle, value, stall, files, publish, control);
    }

    /**
     * These time-outs with another one for stalled transfers.
     *
     * @param value the time
     * @return the time-outs
     */
    public FtpTimeouts withStall(Duration value) {
        return new FtpTimeouts(login, idle, dataConnect, value, files, publish, control);
    }

    /**
     * These time-outs with another one for commands on files that move no data.
     *
     * @param value the time
     * @return the time-outs
     */
    public FtpTimeouts withFiles(Duration value) {
        return new FtpTimeouts(login, idle, dataConnect, stall, value, publish, control);
    }

    /**
     * These time-outs with another one for publishing.
     *
     * @param value the time
     * @return the time-outs
     */
    public FtpTimeouts withPublish(Duration value) {
        return new FtpTimeouts(login, idle, dataConnect, stall, files, value, control);
    }

    /**
     * These time-outs with another one for replies.
     *
     * @param value the time
     * @return the time-outs
     */
    public FtpTimeouts withControl(Duration value) {
        return new FtpTimeouts(login, idle, dataConnect, stall, files, publish, value);
    }
}
