package io.portolan.ssh.internal.packet;

/** How large packets may be and how many there may be. Lengths are those of the field {@code packet_length} (RFC 4253, section 6): without itself and the MAC. */
public final class PacketLimits {

    /** One octet of padding length and four of padding; a payload comes on top. */
    static final int MIN_LENGTH = 5;

    /** "There MUST be at least four bytes of padding" (RFC 4253, section 6). */
    static final int MIN_PADDING = 4;

    /** The least octets of a packet that we send, without its MAC (RFC 4253, section 6); OpenSSH sends shorter ones, so they are taken. */
    static final int MIN_SENT = 16;

    /** The largest {@code packet_length} of a peer that is not logged in: the size that everybody must support (RFC 4253, section 6.1), which no key exchange needs. */
    public static final int MAX_LENGTH_BEFORE_AUTHENTICATION = 35_000;

    /** The largest {@code packet_length}: what OpenSSH takes, so that nobody sends more. */
    public static final int MAX_LENGTH = 256 * 1024;

    /** The largest payload that is sent: {@link #MAX_LENGTH} without the padding's length and its most octets. */
    public static final int MAX_PAYLOAD = MAX_LENGTH - 1 - 255;

    /** Packets of a peer until it is logged in: a key exchange and some hundred keys that it tries; beyond it somebody wastes our time. */
    public static final int MAX_PACKETS_BEFORE_AUTHENTICATION = 1_024;

    /** Octets of a peer until it is logged in: fifty times what key exchange and login take. */
    public static final int MAX_OCTETS_BEFORE_AUTHENTICATION = 1024 * 1024;

    /**
     * Packets under one key, one fewer than there are sequence numbers: with chacha20-poly1305 the number is the nonce, and in a MAC it is what tells packets apart
     * (RFC 4344, section 3.1). Keys are to be changed long before, after 2^31.
     */
    public static final long MAX_PACKETS_PER_KEY = (1L << 32) - 1;

    private PacketLimits() {}
}
