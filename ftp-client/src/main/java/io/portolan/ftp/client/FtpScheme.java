package io.portolan.ftp.client;

/** How the connection to a server begins. */
public enum FtpScheme {
    /** {@code ftp}: in the clear. Whoever is on the way reads the password and the files. */
    PLAIN(21),
    /** {@code ftpes}: begins in the clear and is protected before anything is said that matters (AUTH, RFC 4217); a server that does not offer it is left. */
    EXPLICIT_TLS(21),
    /** {@code ftps}: protected from the first octet. Not in any RFC, and widely used. */
    IMPLICIT_TLS(990);

    private final int standardPort;

    FtpScheme(int standardPort) {
        this.standardPort = standardPort;
    }

    /**
     * Where servers listen.
     *
     * @return 21 or 990
     */
    public int standardPort() {
        return standardPort;
    }
}
