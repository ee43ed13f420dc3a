package io.portolan.core.internal.nio;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/** What a client's failure is called by {@code java.nio.file}. What is none of a file's, such as a connection that broke, stays what it is. */
final class Failures {

    private final RemoteFiles files;

    Failures(RemoteFiles files) {
        this.files = files;
    }

    boolean is(IOException failure, RemoteFiles.Refusal refusal) {
        return files.refusal(failure) == refusal;
    }

    IOException of(IOException failure, RemotePath path) {
        return of(failure, path, null);
    }

    IOException of(IOException failure, RemotePath path, @Nullable RemotePath other) {
        String file = path.toString();
        String second = other == null ? null : other.toString();
        return switch (files.refusal(failure)) {
            case NOT_FOUND -> because(new NoSuchFileException(file, second, null), failure);
            case EXISTS -> because(new FileAlreadyExistsException(other == null ? file : other.toString()), failure);
            case DENIED -> because(new AccessDeniedException(file, second, files.reason(failure)), failure);
            case UNSUPPORTED, UNCLEAR -> because(new FileSystemException(file, second, files.reason(failure)), failure);
            case FAILURE -> failure;
        };
    }

    static IOException because(IOException result, IOException cause) {
        result.initCause(cause);
        return result;
    }
}
