package io.portolan.fs.nio;

import io.portolan.fs.OperationNotSupportedException;
import io.portolan.fs.QuotaExceededException;
import io.portolan.fs.VirtualPath;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.ReadOnlyFileSystemException;
import org.jspecify.annotations.Nullable;

/** Turns what a provider throws into the SPI's vocabulary: the same classes, but with the path as the peer knows it, and the original as the cause. */
final class Failures {

    private Failures() {}

    static IOException of(VirtualPath path, IOException failure) {
        String text = path.toString();
        if (hasNoRoom(failure)) {
            return caused(new QuotaExceededException(path, String.valueOf(reason(failure))), failure);
        }
        if (!(failure instanceof FileSystemException named) || text.equals(named.getFile())) {
            return failure;
        }
        Class<?> type = failure.getClass();
        FileSystemException translated;
        if (type == NoSuchFileException.class) {
            translated = new NoSuchFileException(text);
        } else if (type == FileAlreadyExistsException.class) {
            translated = new FileAlreadyExistsException(text);
        } else if (type == AccessDeniedException.class) {
            translated = new AccessDeniedException(text, null, named.getReason());
        } else if (type == NotDirectoryException.class) {
            translated = new NotDirectoryException(text);
        } else if (type == DirectoryNotEmptyException.class) {
            translated = new DirectoryNotEmptyException(text);
        } else if (type == NotLinkException.class) {
            translated = new NotLinkException(text);
        } else if (type == AtomicMoveNotSupportedException.class) {
            translated = new OperationNotSupportedException("rename between mounts", path);
        } else if (type == FileSystemException.class || type == FileSystemLoopException.class) {
            translated = new FileSystemException(text, null, named.getReason());
        } else {
            return failure;
        }
        return caused(translated, failure);
    }

    /** For providers that say so with an unchecked exception. */
    static IOException of(VirtualPath path, String operation, UnsupportedOperationException failure) {
        if (failure instanceof ReadOnlyFileSystemException) {
            return caused(new AccessDeniedException(path.toString(), null, "the store is read-only"), failure);
        }
        return caused(new OperationNotSupportedException(operation, path), failure);
    }

    private static IOException caused(IOException translated, Exception cause) {
        translated.initCause(cause);
        return translated;
    }

    /** The JDK tells these errors of the operating system by their text only: ENOSPC, EDQUOT, EFBIG (a file of that size cannot be), and Windows' ERROR_DISK_FULL. */
    private static boolean hasNoRoom(IOException failure) {
        String reason = reason(failure);
        return reason != null
                && (reason.contains("No space left on device")
                        || reason.contains("Disk quota exceeded")
                        || reason.contains("File too large")
                        || reason.contains("not enough space on the disk"));
    }

    static boolean isNameTooLong(FileSystemException failure) {
        String reason = failure.getReason();
        return reason != null && reason.contains("File name too long");
    }

    private static @Nullable String reason(IOException failure) {
        return failure instanceof FileSystemException named ? named.getReason() : failure.getMessage();
    }
}
