package io.portolan.sftp.internal;

import org.jspecify.annotations.Nullable;

/** The messages of SFTP (draft-ietf-secsh-filexfer-13 section 4.3, and -02 section 3 for SYMLINK). */
public enum SftpMessageNumber {
    INIT(1),
    VERSION(2),
    OPEN(3),
    CLOSE(4),
    READ(5),
    WRITE(6),
    LSTAT(7),
    FSTAT(8),
    SETSTAT(9),
    FSETSTAT(10),
    OPENDIR(11),
    READDIR(12),
    REMOVE(13),
    MKDIR(14),
    RMDIR(15),
    REALPATH(16),
    STAT(17),
    RENAME(18),
    READLINK(19),
    /** Versions 3 to 5. */
    SYMLINK(20),
    /** Version 6. */
    LINK(21),
    /** Version 6. */
    BLOCK(22),
    /** Version 6. */
    UNBLOCK(23),

    STATUS(101),
    HANDLE(102),
    DATA(103),
    NAME(104),
    ATTRS(105),

    EXTENDED(200),
    EXTENDED_REPLY(201);

    private static final @Nullable SftpMessageNumber[] BY_NUMBER = new SftpMessageNumber[256];

    static {
        for (SftpMessageNumber message : values()) {
            BY_NUMBER[message.number] = message;
        }
    }

    private final int number;

    SftpMessageNumber(int number) {
        this.number = number;
    }

    /** The packet's first octet. */
    public int number() {
        return number;
    }

    /** The message of a number from 0 to 255, or null for one that we do not know. */
    public static @Nullable SftpMessageNumber of(int number) {
        return BY_NUMBER[number];
    }
}
