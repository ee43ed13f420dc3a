package io.portolan.ssh.internal.wire;

/** How large a name-list may be. Names are compared with one another and kept, so that without limits a packet before login buys much work. */
public final class NameListLimits {

    /** Octets of a whole list. The longest offers of today's peers, with each certificate type twice, stay below 2 KiB. */
    public static final int MAX_OCTETS = 8 * 1024;

    /** Names in a list; today's peers offer up to about forty. */
    public static final int MAX_NAMES = 256;

    /** Octets of one name: "Names MUST NOT be longer than 64 characters" (RFC 4251 section 6). */
    public static final int MAX_NAME_OCTETS = 64;

    private NameListLimits() {}
}
