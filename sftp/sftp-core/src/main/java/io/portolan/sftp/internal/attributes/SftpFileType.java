package io.portolan.sftp.internal.attributes;

import io.portolan.fs.FileType;

/**
 * What kind of thing a file is: an octet of its own from version 4 on (draft-ietf-secsh-filexfer-13 section 7.2), the upper bits of the permissions in version 3,
 * as in POSIX's {@code st_mode}.
 */
public enum SftpFileType {
    REGULAR(1, 4, 0100000),
    DIRECTORY(2, 4, 0040000),
    SYMLINK(3, 4, 0120000),
    SPECIAL(4, 4, 0),
    UNKNOWN(5, 4, 0),
    SOCKET(6, 5, 0140000),
    CHAR_DEVICE(7, 5, 0020000),
    BLOCK_DEVICE(8, 5, 0060000),
    FIFO(9, 5, 0010000);

    /** The bits of a mode that tell the type. */
    static final int MODE_MASK = 0170000;

    private static final SftpFileType[] ALL = values();

    private final int code;
    private final int since;
    private final int modeBits;

    SftpFileType(int code, int since, int modeBits) {
        this.code = code;
        this.since = since;
        this.modeBits = modeBits;
    }

    /** The octet on the wire; what version 4 has no octet for is special there. */
    public int code(int version) {
        return since <= version ? code : SPECIAL.code;
    }

    /** The bits of a POSIX mode, 0 if there are none for this type. */
    public int modeBits() {
        return modeBits;
    }

    /** The type of an octet; one that the drafts do not have is unknown, as they ask for. */
    public static SftpFileType ofCode(int code) {
        return code >= 1 && code <= ALL.length ? ALL[code - 1] : UNKNOWN;
    }

    /** The type that a POSIX mode tells of. */
    public static SftpFileType ofMode(long mode) {
        int bits = (int) mode & MODE_MASK;
        if (bits != 0) {
            for (SftpFileType type : ALL) {
                if (type.modeBits == bits) {
                    return type;
                }
            }
        }
        return UNKNOWN;
    }

    /** How a file system calls it. */
    public FileType toFileType() {
        return switch (this) {
            case REGULAR -> FileType.FILE;
            case DIRECTORY -> FileType.DIRECTORY;
            case SYMLINK -> FileType.SYMBOLIC_LINK;
            case SPECIAL, UNKNOWN, SOCKET, CHAR_DEVICE, BLOCK_DEVICE, FIFO -> FileType.OTHER;
        };
    }

    /** The type of a file system's. */
    public static SftpFileType of(FileType type) {
        return switch (type) {
            case FILE -> REGULAR;
            case DIRECTORY -> DIRECTORY;
            case SYMBOLIC_LINK -> SYMLINK;
            case OTHER -> SPECIAL;
        };
    }
}
