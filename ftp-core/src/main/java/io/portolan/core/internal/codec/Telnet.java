package io.portolan.core.internal.codec;

/** The octets of the Telnet protocol (RFC 854) that matter to FTP. */
final class Telnet {

    static final byte IAC = (byte) 255;
    static final byte DONT = (byte) 254;
    static final byte DO = (byte) 253;
    static final byte WONT = (byte) 252;
    static final byte WILL = (byte) 251;
    static final byte SB = (byte) 250;
    static final byte SE = (byte) 240;
    /** The lowest of the Telnet commands. */
    static final int FIRST_COMMAND = 240;

    private Telnet() {}
}
