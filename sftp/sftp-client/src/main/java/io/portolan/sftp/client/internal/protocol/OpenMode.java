package io.portolan.sftp.client.internal.protocol;

import java.util.Set;

/** How a file is opened, in the words of all versions. */
public enum OpenMode {
    READ(0x1, 0x1),
    WRITE(0x2, 0x2),
    /** Octets go to the end, whatever the offset. */
    APPEND(0x4, 0x4),
    /** Makes a file if there is none. */
    CREATE(0x8, 0),
    /** Makes a file, and fails if there is one. */
    CREATE_NEW(0x28, 0),
    /** Takes away what is in it. */
    TRUNCATE(0x10, 0);

    /** ACE4_READ_ATTRIBUTES and ACE4_WRITE_ATTRIBUTES: for the size while it is open, and times and permissions. */
    private static final long READ_ATTRIBUTES = 0x80;

    private static final long WRITE_ATTRIBUTES = 0x100;

    private static final long APPEND_DATA = 0x8;

    private final long flags;
    private final long access;

    OpenMode(long flags, long access) {
        this.flags = flags;
        this.access = access;
    }

    /** {@code pflags} of versions 3 and 4 (draft-ietf-secsh-filexfer-02 section 6.3). */
    static long flags(Set<OpenMode> modes) {
        long flags = 0;
        for (OpenMode mode : modes) {
            flags |= mode.flags;
        }
        return flags;
    }

    /** {@code desired-access} since version 5 (draft-ietf-secsh-filexfer-13 section 8.1.1.2). */
    static long access(Set<OpenMode> modes) {
        long access = READ_ATTRIBUTES;
        for (OpenMode mode : modes) {
            access |= mode.access;
        }
        return modes.contains(WRITE) ? access | WRITE_ATTRIBUTES : access;
    }

    /** {@code flags} since version 5 (section 8.1.1.3): what is to be there, and whether to append. */
    static long disposition(Set<OpenMode> modes) {
        long disposition;
        boolean truncates = modes.contains(TRUNCATE);
        if (modes.contains(CREATE_NEW)) {
            disposition = 0;
        } else if (modes.contains(CREATE)) {
            disposition = truncates ? 1 : 3;
        } else {
            disposition = truncates ? 4 : 2;
        }
        return modes.contains(APPEND) ? disposition | APPEND_DATA : disposition;
    }
}
