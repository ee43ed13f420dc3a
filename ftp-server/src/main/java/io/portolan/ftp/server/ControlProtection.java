package io.portolan.ftp.server;

/** How the protection of control connections begins, where a server has a {@link FtpServerConfig.Builder#securityMechanism security mechanism}. */
public enum ControlProtection {

    /** In the clear, until the client says AUTH (RFC 4217): what port 21 is for. */
    EXPLICIT,

    /** With the first octet, as is the custom on port 990. Data connections are protected too, unless the client says PROT C. */
    IMPLICIT,

    /** As the client begins: one that speaks first, and protected, is protected; one that waits for the greeting gets it in the clear, a little later. */
    DETECT
}
