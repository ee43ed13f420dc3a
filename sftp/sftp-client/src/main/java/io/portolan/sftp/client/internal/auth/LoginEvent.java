package io.portolan.sftp.client.internal.auth;

/**
 * What has come of one thing to log in with.
 *
 * @param kind what
 * @param method by which method, as servers name it
 * @param text for people, without secrets
 */
public record LoginEvent(Kind kind, String method, String text) {

    /** What has come of it. */
    public enum Kind {
        /** The server has let us in. */
        LET_IN,
        /** The server has taken it, and wants another step. */
        STEP_TAKEN,
        /** The server has refused it. */
        REFUSED,
        /** It could not be tried, as our end has failed. */
        NOT_MADE,
        /** A key is encrypted, and there is no passphrase or a wrong one. */
        PASSPHRASE,
        /** There is no such file. */
        NO_FILE,
        /** A file that is no key or certificate that can be used. */
        UNUSABLE,
        /** The agent cannot be asked. */
        AGENT,
        /** The server takes none of a key's algorithms. */
        ALGORITHMS,
        /** There was more to try than is tried. */
        LIMIT
    }
}
