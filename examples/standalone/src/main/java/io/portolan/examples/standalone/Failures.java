package io.portolan.examples.standalone;

import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/** Says in words what failed. */
public final class Failures {

    private Failures() {}

    public static String describe(@Nullable Throwable failure) {
        if (failure instanceof UncheckedIOException unchecked
                && unchecked.getCause() instanceof FileSystemException file) {
            return describe(file);
        }
        if (failure instanceof FileSystemException file) {
            return file.getFile() + ": " + reason(file);
        }
        String message = failure == null ? null : failure.getMessage();
        return message == null ? String.valueOf(failure) : message;
    }

    private static String reason(FileSystemException file) {
        if (file instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (file instanceof AccessDeniedException) {
            return "this user has no right to it";
        }
        return file.getReason() == null ? file.getClass().getSimpleName() : file.getReason();
    }
}
