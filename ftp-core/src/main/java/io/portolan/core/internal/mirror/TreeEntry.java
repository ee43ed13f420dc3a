package io.portolan.core.internal.mirror;

import io.portolan.fs.FileType;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a tree tells of an entry.
 *
 * @param name one path segment
 * @param type what it is
 * @param size octets of its content; -1 if they are not known
 * @param modified when it last changed; null if that is not known
 * @param within by how much the true time may be later than the one that is told
 * @param permissions the bits for read, write and execute; {@link #UNKNOWN} if they are not known
 */
public record TreeEntry(
        String name, FileType type, long size, @Nullable Instant modified, Duration within, int permissions) {

    /** Of permissions that are not known. */
    public static final int UNKNOWN = -1;

    /** An entry whose permissions are not known. */
    public TreeEntry(String name, FileType type, long size, @Nullable Instant modified, Duration within) {
        this(name, type, size, modified, within, UNKNOWN);
    }
}
