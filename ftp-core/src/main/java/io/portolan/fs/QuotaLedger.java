package io.portolan.fs;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a file system holds, counted once by walking it and kept up from then on. Room is taken before something is written, so that uploads that run at the same time
 * cannot exceed the quota together.
 */
final class QuotaLedger {

    private static final int BATCH = 512;

    private final VirtualFileSystem store;
    private final QuotaLimits limits;
    private final Map<VirtualPath, Long> kept = new HashMap<>();
    private long bytes;
    private long files;
    private boolean counted;

    QuotaLedger(VirtualFileSystem store, QuotaLimits limits) {
        this.store = store;
        this.limits = limits;
    }

    /** Counts, before the first thing is written. Others who want to write wait meanwhile. */
    private void count() throws IOException {
        if (counted) {
            return;
        }
        Deque<VirtualPath> directories = new ArrayDeque<>(List.of(VirtualPath.root()));
        long foundBytes = 0;
        long foundFiles = 0;
        while (!directories.isEmpty()) {
            VirtualPath directory = directories.remove();
            try (EntryStream entries = store.list(directory)) {
                List<DirectoryEntry> batch = entries.next(BATCH);
                while (!batch.isEmpty()) {
                    for (DirectoryEntry entry : batch) {
                        foundFiles++;
                        foundBytes += entry.info().contentSize().orElse(0);
                        if (entry.info().isDirectory()) {
                            directories.add(directory.child(entry.name()));
                        }
                    }
                    batch = entries.next(BATCH);
                }
            } catch (NoSuchFileException | NotDirectoryException gone) {
                // deleted while we counted
            }
        }
        bytes = foundBytes;
        files = foundFiles;
        counted = true;
    }

    synchronized void take(VirtualPath path, long moreBytes, long moreFiles) throws IOException {
        count();
        if (moreBytes > limits.maxBytes() - bytes) {
            throw new QuotaExceededException(path, "the quota is " + limits.maxBytes() + " bytes");
        }
        if (moreFiles > limits.maxFiles() - files) {
            throw new QuotaExceededException(path, "the quota is " + limits.maxFiles() + " files");
        }
        bytes += moreBytes;
        files += moreFiles;
    }

    synchronized void give(long fewerBytes, long fewerFiles) {
        // somebody else may have deleted what was counted; the ledger never owes anything
        bytes = Math.max(0, bytes - fewerBytes);
        files = Math.max(0, files - fewerFiles);
    }

    /** Books what happened to a file whatever the limits say, since it has happened. */
    synchronized void book(long byteDelta, long fileDelta) {
        give(-byteDelta, -fileDelta);
    }

    /** What is at a path now, or null. */
    @Nullable
    FileInfo look(VirtualPath path, LinkHandling links) throws IOException {
        try {
            return store.stat(path, links);
        } catch (NoSuchFileException nothing) {
            return null;
        }
    }

    static long size(@Nullable FileInfo info) {
        return info == null ? 0 : info.contentSize().orElse(0);
    }

    /** How much of what counts is a part kept for a path. */
    synchronized long kept(VirtualPath path) {
        return kept.getOrDefault(path, 0L);
    }

    /** The part kept for a path was taken up, replaced or dropped. */
    synchronized void forgetKept(VirtualPath path) {
        Long size = kept.remove(path);
        if (size != null) {
            give(size, 0);
        }
    }

    /** The parts kept below a directory went with it. */
    synchronized void forgetKeptBelow(VirtualPath directory) {
        for (VirtualPath path : List.copyOf(kept.keySet())) {
            if (path.startsWith(directory)) {
                forgetKept(path);
            }
        }
    }

    /** An upload broke: what is kept of it now counts. */
    synchronized void lookForKept(VirtualPath path) throws IOException {
        forgetKept(path);
        Optional<ResumableUploads> uploads = store.capability(ResumableUploads.class);
        OptionalLong size = uploads.isPresent() ? uploads.get().keptSize(path) : OptionalLong.empty();
        if (size.isPresent()) {
            kept.put(path, size.getAsLong());
            bytes += size.getAsLong();
        }
    }

    synchronized SpaceInfo.Space space(VirtualPath path) throws IOException {
        count();
        long free = Math.max(0, limits.maxBytes() - bytes);
        Optional<SpaceInfo> below = store.capability(SpaceInfo.class);
        long usable = below.isPresent() ? Math.min(free, below.get().space(path).usable()) : free;
        return new SpaceInfo.Space(limits.maxBytes(), free, usable);
    }
}
