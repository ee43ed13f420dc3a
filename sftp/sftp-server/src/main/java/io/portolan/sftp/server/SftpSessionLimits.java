package io.portolan.sftp.server;

/**
 * How much one SFTP session may have and do. How many sessions there may be is {@link io.portolan.guard.ConnectionLimits}' affair.
 *
 * @param loginAttempts failed logins, behind which the connection ends
 * @param channels channels open at a time, each with requests and handles of its own
 * @param openHandles files and directories open at a time in one channel
 * @param outstandingRequests requests of one channel that are read and not answered; further ones wait in the peer's window
 */
public record SftpSessionLimits(int loginAttempts, int channels, int openHandles, int outstandingRequests) {

    /**
     * Six attempts, OpenSSH's number: enough for the keys of an agent and some typing errors, few for guessing. Ten channels, as OpenSSH has. 256 handles: sshfs
     * needs one for each open file, others one or two, and each costs an open file. 128 requests are twice what OpenSSH's client sends ahead.
     */
    public static final SftpSessionLimits DEFAULT = new SftpSessionLimits(6, 10, 256, 128);

    private static final int MOST = 65_536;

    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException if one is not between 1 and 65,536
     */
    public SftpSessionLimits {
        check("loginAttempts", loginAttempts);
        check("channels", channels);
        check("openHandles", openHandles);
        check("outstandingRequests", outstandingRequests);
    }

    private static void check(String name, int value) {
        if (value < 1 || value > MOST) {
            throw new IllegalArgumentException(
                    "sessionLimits." + name + ": " + value + " is not between 1 and " + MOST);
        }
    }

    /**
     * These limits with another one for logins.
     *
     * @param value 1–65,536
     * @return the limits
     */
    public SftpSessionLimits withLoginAttempts(int value) {
        return new SftpSessionLimits(value, channels, openHandles, outstandingRequests);
    }

    /**
     * These limits with another one for channels.
     *
     * @param value 1–65,536
     * @return the limits
     */
    public SftpSessionLimits withChannels(int value) {
        return new SftpSessionLimits(loginAttempts, value, openHandles, outstandingRequests);
    }

    /**
     * These limits with another one for handles.
     *
     * @param value 1–65,536
     * @return the limits
     */
    public SftpSessionLimits withOpenHandles(int value) {
        return new SftpSessionLimits(loginAttempts, channels, value, outstandingRequests);
    }

    /**
     * These limits with another one for requests.
     *
     * @param value 1–65,536
     * @return the limits
     */
    public SftpSessionLimits withOutstandingRequests(int value) {
        return new SftpSessionLimits(loginAttempts, channels, openHandles, value);
    }
}
