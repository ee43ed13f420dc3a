package io.portolan.sftp.client;

import java.time.Duration;

/**
 * How long a client waits for what. Immutable; each is between a millisecond and a day. There is none for people: what they are asked for they may take their time over, as
 * long as the server has it.
 *
 * @param connect to a TCP connection, through a proxy or a jump host as well
 * @param handshake to the server's identification, and again to the end of each exchange of keys
 * @param login for each answer of the server while we log in
 * @param reply for the opening of a channel, and for the answer to each request
 */
public record SftpTimeouts(Duration connect, Duration handshake, Duration login, Duration reply) {

    /** Half a minute to connect, to shake hands and for each answer to a login, as servers slow down those who fail, and a minute for replies. */
    public static final SftpTimeouts DEFAULT = new SftpTimeouts(
            Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofMinutes(1));

    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException if one is not between a millisecond and a day
     */
    public SftpTimeouts {
        check("connect", connect);
        check("handshake", handshake);
        check("login", login);
        check("reply", reply);
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
    public SftpTimeouts withConnect(Duration value) {
        return new SftpTimeouts(value, handshake, login, reply);
    }

    /**
     * These time-outs with another one for identification and keys.
     *
     * @param value the time
     * @return the time-outs
     */
    public SftpTimeouts withHandshake(Duration value) {
        return new SftpTimeouts(connect, value, login, reply);
    }

    /**
     * These time-outs with another one for logins.
     *
     * @param value the time
     * @return the time-outs
     */
    public SftpTimeouts withLogin(Duration value) {
        return new SftpTimeouts(connect, handshake, value, reply);
    }

    /**
     * These time-outs with another one for replies.
     *
     * @param value the time
     * @return the time-outs
     */
    public SftpTimeouts withReply(Duration value) {
        return new SftpTimeouts(connect, handshake, login, value);
    }
}
