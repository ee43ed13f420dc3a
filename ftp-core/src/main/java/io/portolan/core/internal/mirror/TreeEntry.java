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
 */
public record TreeEntry(
        String name, FileType type, long size, @Nullable Instant modified, Duration within) {}
