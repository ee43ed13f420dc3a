package io.portolan.sftp.internal.attributes;

/** The bits of draft-ietf-secsh-filexfer-13 section 7.9. */
public final class AttributeBits {
    public static final long READONLY = 0x1;
    public static final long SYSTEM = 0x2;
    public static final long HIDDEN = 0x4;
    public static final long CASE_INSENSITIVE = 0x8;
    public static final long ARCHIVE = 0x10;
    public static final long ENCRYPTED = 0x20;
    public static final long COMPRESSED = 0x40;
    public static final long SPARSE = 0x80;
    public static final long APPEND_ONLY = 0x100;
    public static final long IMMUTABLE = 0x200;
    public static final long SYNC = 0x400;
    /** Version 6. */
    public static final long TRANSLATION_ERROR = 0x800;

    /** Those that version 5 has. */
    static final long VERSION_5 = 0x7ff;

    private AttributeBits() {}
}
