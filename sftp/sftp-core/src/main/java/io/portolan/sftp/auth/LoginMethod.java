package io.portolan.sftp.auth;

/** How a user can show who it is. */
public enum LoginMethod {
    /** A signature with a key, or with the key of a certificate (RFC 4252 section 7). */
    PUBLIC_KEY("publickey"),
    /** A password (RFC 4252 section 8). */
    PASSWORD("password"),
    /** Answers to questions, such as for a one-time code (RFC 4256). */
    KEYBOARD_INTERACTIVE("keyboard-interactive");

    private final String sshName;

    LoginMethod(String sshName) {
        this.sshName = sshName;
    }

    /**
     * The name that SSH has for it.
     *
     * @return the name on the wire
     */
    public String sshName() {
        return sshName;
    }
}
