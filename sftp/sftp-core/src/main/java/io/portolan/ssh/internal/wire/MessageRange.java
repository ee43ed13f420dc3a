package io.portolan.ssh.internal.wire;

/** To what a message number belongs (RFC 4250 section 4.1.1), and with that in which states of a connection it may come at all. */
public enum MessageRange {
    /** Disconnect, ignore, debug, service request, extension information. */
    TRANSPORT(1, 19),
    /** The two messages of each key exchange. */
    NEGOTIATION(20, 29),
    /** What the negotiated method of key exchange says; numbers are used again by each method. */
    KEY_EXCHANGE(30, 49),
    AUTHENTICATION(50, 59),
    /** What the method of authentication in use says; numbers are used again by each method. */
    AUTHENTICATION_METHOD(60, 79),
    GLOBAL_REQUEST(80, 89),
    CHANNEL(90, 127),
    /** Of clients' protocols, none of which anybody has defined. */
    RESERVED(128, 191),
    /** Of which PING and PONG are in use. */
    LOCAL_EXTENSION(192, 255),
    /** 0, which is no message. */
    NONE(0, 0);

    private final int first;
    private final int last;

    MessageRange(int first, int last) {
        this.first = first;
        this.last = last;
    }

    /**
     * The range of a number.
     *
     * @param number from 0 to 255
     */
    public static MessageRange of(int number) {
        for (MessageRange range : values()) {
            if (number >= range.first && number <= range.last) {
                return range;
            }
        }
        throw new IllegalArgumentException("no message number: " + number);
    }
}
