package io.portolan.sftp.server;

import java.time.Duration;

/**
 * How long an SFTP session waits for what. Only progress counts: a peer that sends keep-alives, or one octet a minute, is waited for no longer than one that is
 * silent.
 *
 * @param login from the connection to the login, key exchange included
 * @param decision for the authenticator's answer and the opening of the user's files; no answer is a rejection
 * @param idle without a request, and without one being worked on
 * @param stall for a peer that does not read what it has asked for
 */
public record SftpTimeouts(Duration login, Duration decision, Duration idle, Duration stall) {

    /**
     * Two minutes to log in, as OpenSSH gives, for a user has to type a password and look for the second factor. Half a minute for the authenticator: a directory
     * service that needs longer is down. A quarter of an hour between requests, as people leave a prompt open longer than programs do. A minute to read, after
     * which no line of today comes back.
     */
    public static final SftpTimeouts DEFAULT = new SftpTimeouts(
            Duration.ofMinutes(2), Duration.ofSeconds(30), Duration.ofMinutes(15), Duration.ofMinutes(1));

    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException if one is not between a millisecond and a day
     */
    public SftpTimeouts {
        check("login", login);
        check("decision", decision);
        check("idle", idle);
        check("stall", stall);
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
    public SftpTimeouts withLogin(Duration value) {
        return new SftpTimeouts(value, decision, idle, stall);
    }

    /**
     * These time-outs with another one for the authenticator.
     *
     * @param value the time
     * @return the time-outs
     */
    public SftpTimeouts withDecision(Duration value) {
        return new SftpTimeouts(login, value, idle, stall);
    }

    /**
     * These time-outs with another one for idle sessions.
     *
     * @param value the time
     * @return the time-outs
     */
    public SftpTimeouts withIdle(Duration value) {
        return new SftpTimeouts(login, decision, value, stall);
    }

    /**
     * These time-outs with another one for peers that do not read.
     *
     * @param value the time
     * @return the time-outs
     */
    public SftpTimeouts withStall(Duration value) {
        return new SftpTimeouts(login, decision, idle, value);
    }
}
