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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The one place where an exception becomes a reply (RFC 959 §5.4 says which codes a command may give). The peer is told what the exception's class says;
 * its message, in which paths of the store may stand, goes into the log only.
 */
public final class ReplyForFailure {

    /** What a file system says when it cannot do what it is asked for, and what the peer is told then. */
    private record Refusal(Class<? extends Exception> failure, FtpReplyCode code, String text) {}

    private static final List<Refusal> REFUSALS = List.of(
            unavailable(NoSuchFileException.class, "No such file or directory"),
            unavailable(FileAlreadyExistsException.class, "Exists already"),
            unavailable(AccessDeniedException.class, "Permission denied"),
            unavailable(NotDirectoryException.class, "Not a directory"),
            unavailable(DirectoryNotEmptyException.class, "Directory not empty"),
            unavailable(NotAFileException.class, "Not a plain file"),
            unavailable(OperationNotSupportedException.class, "This file system cannot do that"),
            new Refusal(QuotaExceededException.class, FtpReplyCode.STORAGE_ALLOCATION_EXCEEDED, "No room left"),
            new Refusal(
                    InvalidOffsetException.class,
                    FtpReplyCode.INVALID_RESTART_PARAMETER,
                    "The restart mark lies behind the end"));

    private ReplyForFailure() {}

    private static Refusal unavailable(Class<? extends Exception> failure, String text) {
        return new Refusal(failure, FtpReplyCode.FILE_UNAVAILABLE, text);
    }

    private static Optional<Refusal> refusal(Throwable failure) {
        return REFUSALS.stream()
                .filter(refusal -> refusal.failure().isInstance(failure))
                .findFirst();
    }

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
        if (failure instanceof RejectedExecutionException) {
            return FtpReply.of(FtpReplyCode.FILE_UNAVAILABLE_FOR_NOW, "Too busy, try again later");
        }
        return refusal(failure)
                .map(refusal -> FtpReply.of(refusal.code(), subject + refusal.text()))
                .orElseGet(() -> FtpReply.of(FtpReplyCode.LOCAL_ERROR, subject + "Local error in processing"));
    }

    /** Whether it is an answer to what the peer asked for, rather than a fault that operators should hear of. */
    public static boolean isExpected(Throwable failure) {
        return failure instanceof FtpSyntaxException
                || failure instanceof InvalidPathException
                || refusal(failure).isPresent();
    }
}
