package io.portolan.check;

/** Where something has to be changed. */
public enum Blame {
    /** What the check was asked for: the address, the port, the kind of encryption, the password. */
    REQUEST,

    /** The server's settings. */
    SERVER,

    /** A firewall, an address translation or a name service in between. */
    NETWORK,

    /** The machine that the check ran on, or its network. */
    CLIENT
}
