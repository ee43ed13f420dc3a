package io.portolan.sftp.internal.attributes;

/** The bits that say which attributes follow (draft-ietf-secsh-filexfer-02 section 5, -13 section 7.1). A bit means the same in all versions that have it. */
public final class AttributeFlags {
    public static final long SIZE = 0x1;
    /** Version 3: numbers of owner and group. */
    public static final long UID_GID = 0x2;

    public static final long PERMISSIONS = 0x4;
    /** In version 3 the times of the last access and the last change together, in seconds. */
    public static final long ACCESS_TIME = 0x8;

    public static final long CREATE_TIME = 0x10;
    public static final long MODIFY_TIME = 0x20;
    public static final long ACL = 0x40;
    public static final long OWNER_GROUP = 0x80;
    public static final long SUBSECOND_TIMES = 0x100;
    /** From version 5 on. */
    public static final long BITS = 0x200;

    /** This and what follows: from version 6 on. */
    public static final long ALLOCATION_SIZE = 0x400;

    public static final long TEXT_HINT = 0x800;
    public static final long MIME_TYPE = 0x1000;
    public static final long LINK_COUNT = 0x2000;
    public static final long UNTRANSLATED_NAME = 0x4000;
    public static final long CHANGE_TIME = 0x8000;

    public static final long EXTENDED = 0x8000_0000L;

    private static final long VERSION_3 = SIZE | UID_GID | PERMISSIONS | ACCESS_TIME | EXTENDED;
    private static final long VERSION_4 = SIZE
            | PERMISSIONS
            | ACCESS_TIME
            | CREATE_TIME
            | MODIFY_TIME
            | ACL
            | OWNER_GROUP
            | SUBSECOND_TIMES
            | EXTENDED;
    private static final long VERSION_5 = VERSION_4 | BITS;
    private static final long VERSION_6 =
            VERSION_5 | ALLOCATION_SIZE | TEXT_HINT | MIME_TYPE | LINK_COUNT | UNTRANSLATED_NAME | CHANGE_TIME;

    private AttributeFlags() {}

    /** All that a version has. */
    public static long of(int version) {
        return switch (version) {
            case 3 -> VERSION_3;
            case 4 -> VERSION_4;
            case 5 -> VERSION_5;
            case 6 -> VERSION_6;
            default -> throw new IllegalArgumentException("no version of SFTP: " + version);
        };
    }
}
