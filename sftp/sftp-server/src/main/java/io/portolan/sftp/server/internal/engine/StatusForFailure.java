package io.portolan.sftp.server.internal.engine;

import io.portolan.fs.InvalidOffsetException;
import io.portolan.fs.NotAFileException;
import io.portolan.fs.OperationNotSupportedException;
import io.portolan.fs.QuotaExceededException;
import io.portolan.sftp.internal.SftpStatus;
import io.portolan.ssh.internal.wire.SshProtocolException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;

/**
 * The one place where an exception becomes a status. The peer is told what the exception's class says; its message, in which paths of the store may stand, goes
 * into the log only. The codes are the newest version's; {@link SftpStatus#in} finds the one for an older.
 *
 * @param status the status
 * @param text for people, in English
 * @param expected whether it is an answer to what the peer asked for, rather than a fault that operators should hear of
 */
public record StatusForFailure(SftpStatus status, String text, boolean expected) {

    private record Known(Class<? extends Throwable> failure, StatusForFailure status) {}

    private static final List<Known> KNOWN = List.of(
            known(NoSuchFileException.class, SftpStatus.NO_SUCH_FILE, "No such file or directory"),
            known(FileAlreadyExistsException.class, SftpStatus.FILE_ALREADY_EXISTS, "Exists already"),
            known(AccessDeniedException.class, SftpStatus.PERMISSION_DENIED, "Permission denied"),
            known(NotDirectoryException.class, SftpStatus.NOT_A_DIRECTORY, "Not a directory"),
            known(DirectoryNotEmptyException.class, SftpStatus.DIR_NOT_EMPTY, "Directory not empty"),
            known(NotLinkException.class, SftpStatus.INVALID_PARAMETER, "Not a symbolic link"),
            known(FileSystemLoopException.class, SftpStatus.LINK_LOOP, "Too many symbolic links"),
            known(NotAFileException.class, SftpStatus.FILE_IS_A_DIRECTORY, "Not a plain file"),
            known(OperationNotSupportedException.class, SftpStatus.OP_UNSUPPORTED, "This file system cannot do that"),
            known(QuotaExceededException.class, SftpStatus.QUOTA_EXCEEDED, "No room left"),
            known(InvalidOffsetException.class, SftpStatus.INVALID_PARAMETER, "The offset lies behind the end"),
            known(InvalidPathException.class, SftpStatus.INVALID_FILENAME, "Name not allowed"),
            known(SshProtocolException.class, SftpStatus.BAD_MESSAGE, "Bad message"),
            known(RejectedExecutionException.class, SftpStatus.FAILURE, "Too busy, try again later"));

    private static Known known(Class<? extends Throwable> failure, SftpStatus status, String text) {
        return new Known(failure, new StatusForFailure(status, text, true));
    }

    /** What the peer is told of a failure. */
    public static StatusForFailure of(Throwable failure) {
        if (failure instanceof RequestFailure refused) {
            return new StatusForFailure(refused.status(), String.valueOf(refused.getMessage()), true);
        }
        for (Known known : KNOWN) {
            if (known.failure().isInstance(failure)) {
                return known.status();
            }
        }
        return new StatusForFailure(SftpStatus.FAILURE, "Failure", false);
    }
}
