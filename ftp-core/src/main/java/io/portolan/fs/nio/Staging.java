package io.portolan.fs.nio;

import io.portolan.fs.nio.Folder.LinkMaker;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** What is made by path under a hidden name before it is moved to its place. */
final class Staging {

    private Staging() {}

    static @Nullable Object key(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, Folder.NO_FOLLOW)
                .fileKey();
    }

    /**
     * Makes something; what was made stays nowhere if the maker refuses it afterwards.
     *
     * @return false if this directory is not ours to write to, or cannot hold it because it lies on another mount
     */
    static boolean make(LinkMaker maker, Path where) throws IOException {
        boolean made = false;
        try {
            maker.make(where);
            made = true;
            return true;
        } catch (AccessDeniedException refused) {
            if (Files.exists(where, Folder.NO_FOLLOW)) {
                throw refused;
            }
            return false;
        } catch (FileSystemException failed) {
            if (isForeign(failed)) {
                return false;
            }
            throw failed;
        } finally {
            if (!made) {
                Files.deleteIfExists(where);
            }
        }
    }

    private static boolean isForeign(FileSystemException failed) {
        String reason = failed.getReason();
        return reason != null && (reason.contains("cross-device") || reason.contains("Read-only file system"));
    }
}
