package io.portolan.core.internal.nio;

import io.portolan.fs.FileInfo;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What a listing has told of a file, for who asks for it right behind the listing, as whoever walks a tree does: without it each file costs one more round trip. It is told once, two seconds after the server was asked at the most, and not if anything was changed through
 * this file system meanwhile.
 */
final class ListedInfo {

    /** A walk asks at once; people and other programs that change files in between do not notice so short a time. */
    static final Duration FRESH = Duration.ofSeconds(2);

    private final AtomicReference<@Nullable FileInfo> info;
    private final Changes changes;
    private final long seen;
    private final long since;

    ListedInfo(RemoteFiles.Entry entry, Changes changes, long seen) {
        this.info = new AtomicReference<>(entry.info());
        this.changes = changes;
        this.seen = seen;
        this.since = entry.since();
    }

    /** What is known, if it is still worth something. */
    @Nullable
    FileInfo take() {
        FileInfo told = info.getAndSet(null);
        return told != null && System.nanoTime() - since < FRESH.toNanos() && changes.noneSince(seen) ? told : null;
    }
}
