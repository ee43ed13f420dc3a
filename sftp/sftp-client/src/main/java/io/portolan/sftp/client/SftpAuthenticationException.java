package io.portolan.sftp.client;

import java.util.List;

/** The server is the one that is meant, but does not let us in. The message tells what was tried, and what the server would take. */
public final class SftpAuthenticationException extends SftpException {

    private static final long serialVersionUID = 1L;

    private final String[] attempts;
    private final String[] accepted;

    /**
     * Makes the exception.
     *
     * @param message what has happened, and what to do
     * @param attempts what was tried, one line each, without secrets
     * @param accepted the methods by which the server would go on, as it names them (RFC 4252); what a server says, so control characters are replaced
     */
    public SftpAuthenticationException(String message, List<String> attempts, List<String> accepted) {
        super(message, null, false);
        this.attempts = attempts.toArray(String[]::new);
        this.accepted = accepted.toArray(String[]::new);
    }

    /**
     * What was tried.
     *
     * @return one line each, such as which key was refused; no secrets
     */
    public List<String> attempts() {
        return List.of(attempts);
    }

    /**
     * How the server would go on.
     *
     * @return the names of methods, such as {@code publickey}; empty if it has not told
     */
    public List<String> acceptedMethods() {
        return List.of(accepted);
    }
}
