package io.portolan.examples.standalone.client;

import io.portolan.examples.standalone.Failures;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** What went wrong, for people and for scripts. */
record Trouble(ExitCode code, String words) {

    /** What it is, if it is not for the protocol to say. */
    static Trouble here(IOException failure) {
        if (failure instanceof TroubleException known) {
            return known.trouble();
        }
        if (failure instanceof InterruptedIOException) {
            return new Trouble(ExitCode.INTERRUPTED, "interrupted");
        }
        ExitCode code = ExitCode.FAILED;
        if (failure instanceof NoSuchFileException) {
            code = ExitCode.NOT_FOUND;
        } else if (failure instanceof AccessDeniedException) {
            code = ExitCode.PERMISSION;
        }
        return new Trouble(code, Failures.describe(failure));
    }

    /** As an exception, for whoever finds it out himself. */
    static TroubleException exception(ExitCode code, String words) {
        return new TroubleException(new Trouble(code, words), null);
    }
}
