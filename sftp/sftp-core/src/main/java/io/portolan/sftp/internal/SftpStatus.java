package io.portolan.sftp.internal;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The codes of a STATUS message (draft-ietf-secsh-filexfer-13 section 9.1). Each version has added some; {@link #in} gives the nearest code that an older
 * version has.
 */
public enum SftpStatus {
    OK(0, 3, null),
    EOF(1, 3, null),
    NO_SUCH_FILE(2, 3, null),
    PERMISSION_DENIED(3, 3, null),
    FAILURE(4, 3, null),
    BAD_MESSAGE(5, 3, null),
    NO_CONNECTION(6, 3, null),
    CONNECTION_LOST(7, 3, null),
    OP_UNSUPPORTED(8, 3, null),

    INVALID_HANDLE(9, 4, FAILURE),
    NO_SUCH_PATH(10, 4, NO_SUCH_FILE),
    FILE_ALREADY_EXISTS(11, 4, FAILURE),
    WRITE_PROTECT(12, 4, PERMISSION_DENIED),
    NO_MEDIA(13, 4, FAILURE),

    NO_SPACE_ON_FILESYSTEM(14, 5, FAILURE),
    QUOTA_EXCEEDED(15, 5, FAILURE),
    UNKNOWN_PRINCIPAL(16, 5, FAILURE),
    LOCK_CONFLICT(17, 5, FAILURE),

    DIR_NOT_EMPTY(18, 6, FAILURE),
    NOT_A_DIRECTORY(19, 6, FAILURE),
    INVALID_FILENAME(20, 6, FAILURE),
    LINK_LOOP(21, 6, FAILURE),
    CANNOT_DELETE(22, 6, PERMISSION_DENIED),
    INVALID_PARAMETER(23, 6, FAILURE),
    FILE_IS_A_DIRECTORY(24, 6, FAILURE),
    BYTE_RANGE_LOCK_CONFLICT(25, 6, LOCK_CONFLICT),
    BYTE_RANGE_LOCK_REFUSED(26, 6, LOCK_CONFLICT),
    DELETE_PENDING(27, 6, FAILURE),
    FILE_CORRUPT(28, 6, FAILURE),
    OWNER_INVALID(29, 6, FAILURE),
    GROUP_INVALID(30, 6, FAILURE),
    NO_MATCHING_BYTE_RANGE_LOCK(31, 6, FAILURE);

    private static final SftpStatus[] ALL = values();

    private final int code;
    private final int since;
    private final @Nullable SftpStatus before;

    SftpStatus(int code, int since, @Nullable SftpStatus before) {
        this.code = code;
        this.since = since;
        this.before = before;
    }

    /** The number on the wire. */
    public int code() {
        return code;
    }

    /** The first version, 3 or more, that has it. */
    public int since() {
        return since;
    }

    /** This code, or the one that stands for it in a version that does not have it yet. */
    public SftpStatus in(int version) {
        SftpStatus status = this;
        while (status.since > version && status.before != null) {
            status = status.before;
        }
        return status;
    }

    /** The status of a number on the wire, if it is one. */
    public static Optional<SftpStatus> of(long code) {
        return code >= 0 && code < ALL.length ? Optional.of(ALL[(int) code]) : Optional.empty();
    }
}
