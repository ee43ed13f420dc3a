package io.portolan.ftp.server.internal.session;

import io.portolan.fs.InvalidOffsetException;
import io.portolan.fs.NotAFileException;
import io.portolan.fs.OperationNotSupportedException;
import io.portolan.fs.QuotaExceededException;
import io.portolan.fs.VirtualPath;
import io.portolan.ftp.FtpReply;
import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.FtpSyntaxException;
import io.portolan.ftp.UnsupportedAddressFamilyException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The one place where an exception becomes a reply (RFC 959 §5.4 says which codes a command may give). The peer is told what the exception's class says;
 * its message, in which paths of the store may stand, goes into the log only.
 */
public final class ReplyForFailure {

    private ReplyForFailure() {}

    /**
     * The reply.
     *
     * @param failure what was thrown
     * @param path the peer's path, to be named in the reply; null if there is none
     */
    public static FtpReply of(Throwable failure, @Nullable VirtualPath path) {
        String subject = path == null ? "" : path + ": ";
        if (failure instanceof UnsupportedAddressFamilyException) {
            return FtpReply.of(FtpReplyCode.PROTOCOL_NOT_SUPPORTED, "Network protocol not supported, use (1,2)");
        }
        if (failure instanceof FtpSyntaxException) {
            return FtpReply.of(FtpReplyCode.BAD_ARGUMENT, "Bad argument: " + failure.getMessage());
        }
        if (failure instanceof InvalidPathException invalid) {
            return FtpReply.of(FtpReplyCode.FILE_NAME_NOT_ALLOWED, "Name not allowed: " + invalid.getReason());
        }
        if (failure instanceof NoSuchFileException) {
            return FtpReply.of(FtpReplyCode.FILE_UNAVAILABLE, subject + "No such file or directory");
        }
        if (failure instanceof FileAlreadyExistsException) {
            return FtpReply.of(FtpReplyCode.FILE_UNAVAILABLE, subject + "Exists already");
        }
        if (failure instanceof AccessDeniedException) {
            return FtpReply.of(FtpReplyCode.FILE_UNAVAILABLE, subject + "Permission denied");
        }
        if (failure instanceof NotDirectoryException) {
            return FtpReply.of(FtpReplyCode.FILE_UNAVAILABLE, subject + "Not a directory");
        }
        if (failure instanceof DirectoryNotEmptyException) {
            return FtpReply.of(FtpReplyCode.FILE_UNAVAILABLE, subject + "Directory not empty");
        }
        if (failure instanceof NotAFileException) {
            return FtpReply.of(FtpReplyCode.FILE_UNAVAILABLE, subject + "Not a plain file");
        }
        if (failure instanceof OperationNotSupportedException) {
            return FtpReply.of(FtpReplyCode.FILE_UNAVAILABLE, subject + "This file system cannot do that");
        }
        if (failure instanceof QuotaExceededException) {
            return FtpReply.of(FtpReplyCode.STORAGE_ALLOCATION_EXCEEDED, subject + "No room left");
        }
        if (failure instanceof InvalidOffsetException) {
            return FtpReply.of(
                    FtpReplyCode.INVALID_RESTART_PARAMETER, subject + "The restart mark lies behind the end");
        }
        if (failure instanceof RejectedExecutionException) {
            return FtpReply.of(FtpReplyCode.FILE_UNAVAILABLE_FOR_NOW, "Too busy, try again later");
        }
        return FtpReply.of(FtpReplyCode.LOCAL_ERROR, subject + "Local error in processing");
    }

    /** Whether it is an answer to what the peer asked for, rather than a fault that operators should hear of. */
    public static boolean isExpected(Throwable failure) {
        return failure instanceof FtpSyntaxException
                || failure instanceof InvalidPathException
                || failure instanceof NoSuchFileException
                || failure instanceof FileAlreadyExistsException
                || failure instanceof AccessDeniedException
                || failure instanceof NotDirectoryException
                || failure instanceof DirectoryNotEmptyException
                || failure instanceof NotAFileException
                || failure instanceof OperationNotSupportedException
                || failure instanceof QuotaExceededException
                || failure instanceof InvalidOffsetException;
    }
}
