package io.portolan.sftp.server.internal.request;

/** The numbers of OPEN since version 5 (draft-ietf-secsh-filexfer-13 sections 7.8.3 and 8.1.1.3). */
final class OpenFlags {
    static final long READ_DATA = 0x1;
    static final long WRITE_DATA = 0x2;
    static final long APPEND_DATA = 0x4;
    /** All that a desired access may ask for: what is about named streams, attributes, lists and owners is granted with the file, or fails where it is used. */
    static final long KNOWN_ACCESS = 0x001f_01ff;

    /** The part of the flags that says what is to be there. */
    static final long DISPOSITION = 0x7;

    static final int CREATE_NEW = 0;
    static final int CREATE_TRUNCATE = 1;
    static final int OPEN_EXISTING = 2;
    static final int OPEN_OR_CREATE = 3;
    static final int TRUNCATE_EXISTING = 4;

    static final long APPEND = 0x8;
    static final long APPEND_ATOMIC = 0x10;
    static final long TEXT_MODE = 0x20;
    static final long BLOCK_READ = 0x40;
    static final long BLOCK_WRITE = 0x80;
    static final long BLOCK_DELETE = 0x100;
    /** Version 6, as are the next ones. */
    static final long BLOCK_ADVISORY = 0x200;

    static final long NO_FOLLOW = 0x400;
    static final long DELETE_ON_CLOSE = 0x800;

    /** What is supported of version 5. */
    static final long SUPPORTED_BY_5 = DISPOSITION | APPEND | APPEND_ATOMIC | TEXT_MODE;

    /** What is supported of version 6. */
    static final long SUPPORTED_BY_6 =
            SUPPORTED_BY_5 | BLOCK_READ | BLOCK_WRITE | BLOCK_ADVISORY | NO_FOLLOW | DELETE_ON_CLOSE;

    private OpenFlags() {}
}
