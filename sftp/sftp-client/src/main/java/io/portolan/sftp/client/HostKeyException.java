package io.portolan.sftp.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The server has not shown that it is the one that is meant, and so was told nothing: no name, no password, no key. The message tells both fingerprints and what to do. Trying again
 * does not help.
 */
public final class HostKeyException extends SftpException {

    private static final long serialVersionUID = 1L;

    /** What is wrong with the key. */
    public enum Reason {
        /** Nothing is known of this server. */
        UNKNOWN,
        /** Other keys are known of this server: it was set up anew, or somebody is in between. */
        CHANGED,
        /** The key, or what has certified it, is listed as one that must not be trusted any more. */
        REVOKED,
        /** A certificate that does not hold: of another host, of another time, or of a CA that is not trusted. */
        CERTIFICATE
    }

    private final Reason reason;
    private final String presented;
    private final String[] known;

    /**
     * Makes the exception.
     *
     * @param message what has happened, and what to do
     * @param reason what is wrong
     * @param presented the fingerprint of the key that the server has shown, {@code SHA256:…}
     * @param known the fingerprints of the keys that it was expected to show, maybe none
     */
    public HostKeyException(String message, Reason reason, String presented, List<String> known) {
        this(message, null, reason, presented, known);
    }

    /**
     * Makes the exception.
     *
     * @param message what has happened, and what to do
     * @param cause what has failed, such as what decides about new keys
     * @param reason what is wrong
     * @param presented the fingerprint of the key that the server has shown, {@code SHA256:…}
     * @param known the fingerprints of the keys that it was expected to show, maybe none
     */
    public HostKeyException(
            String message, @Nullable Throwable cause, Reason reason, String presented, List<String> known) {
        super(message, cause, false);
        this.reason = reason;
        this.presented = presented;
        this.known = known.toArray(String[]::new);
    }

    /**
     * What is wrong.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }

    /**
     * What the server has shown.
     *
     * @return the fingerprint as OpenSSH prints it, {@code SHA256:…}
     */
    public String presentedFingerprint() {
        return presented;
    }

    /**
     * What was expected.
     *
     * @return the fingerprints of the keys that are known of the server, maybe none
     */
    public List<String> knownFingerprints() {
        return List.of(known);
    }
}
