package io.portolan.fs.nio;

import io.portolan.fs.PartialUploads;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What becomes of the hidden files beside an upload's target: the part of a broken upload, and what a crash left behind. */
final class Parts {

    /**
     * A temporary file that this instance does not know may belong to another session or process; one that nobody has written to for so long was left by a
     * crash.
     */
    static final Duration STALE_AFTER = Duration.ofHours(1);

    private Parts() {}

    /** The attributes of what is kept for a name, or null; only an ordinary file counts. */
    static @Nullable BasicFileAttributes kept(Folder folder, String name) throws IOException {
        BasicFileAttributes attributes = folder.attributesOrNull(HiddenNames.kept(name));
        return attributes == null || !attributes.isRegularFile() ? null : attributes;
    }

    /** Puts a broken upload's temporary file aside, or deletes it. */
    static void settle(Folder folder, String name, String temporary, long size, PartialUploads partialUploads)
            throws IOException {
        if (partialUploads == PartialUploads.KEEP && size > 0) {
            folder.moveReplacing(temporary, folder, HiddenNames.kept(name));
        } else {
            folder.deleteFile(temporary);
        }
    }

    /**
     * Deletes what is kept for a name, which is superseded.
     *
     * @return whether there was something
     */
    static boolean drop(Folder folder, String name) throws IOException {
        String kept = HiddenNames.kept(name);
        // asked by path, which costs no exception where there is none; the deletion itself goes by the held directory
        if (Files.isRegularFile(folder.location.resolve(folder.segment(kept)))) {
            try {
                folder.deleteFile(kept);
                return true;
            } catch (NoSuchFileException gone) {
                // dropped by another session meanwhile
            }
        }
        return false;
    }

    /**
     * Clears a directory that is about to be deleted of hidden files that nobody uses.
     *
     * @throws DirectoryNotEmptyException if there is anything else in it
     */
    static void clear(Store store, Folder directory) throws IOException {
        List<String> leftovers = new ArrayList<>();
        try (Folder.Names names = directory.names()) {
            for (Path listed : names.stream()) {
                String name = listed.getFileName().toString();
                if (!isLeftover(store, directory, name)) {
                    throw new DirectoryNotEmptyException(directory.location.toString());
                }
                leftovers.add(name);
            }
        }
        for (String name : leftovers) {
            directory.deleteFile(name);
        }
    }

    private static boolean isLeftover(Store store, Folder directory, String name) throws IOException {
        if (HiddenNames.isKept(name)) {
            return true;
        }
        if (!HiddenNames.isTemporary(name) || store.activeParts().contains(name)) {
            return false;
        }
        BasicFileAttributes attributes = directory.attributesOrNull(name);
        Instant stale = Clock.systemUTC().instant().minus(STALE_AFTER);
        return attributes == null || attributes.lastModifiedTime().toInstant().isBefore(stale);
    }
}
