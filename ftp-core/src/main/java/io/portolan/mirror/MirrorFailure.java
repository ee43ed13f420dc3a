package io.portolan.mirror;

import java.io.IOException;
import java.util.Objects;

/**
 * Something that a mirror could not do.
 *
 * @param path where, below both roots: begins with {@code /}
 * @param cause why
 */
public record MirrorFailure(String path, IOException cause) {
    /** Checks the components. */
    public MirrorFailure {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(cause, "cause");
    }
}
