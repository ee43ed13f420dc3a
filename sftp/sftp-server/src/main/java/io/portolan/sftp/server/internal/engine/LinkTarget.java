package io.portolan.sftp.server.internal.engine;

import io.portolan.fs.FileInfo;
import io.portolan.fs.FileType;
import io.portolan.fs.LinkHandling;
import io.portolan.fs.Links;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.VirtualPath;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.util.Optional;

/**
 * Where a symbolic link leads. What was opened through it is there, whatever becomes of the link.
 *
 * @param path empty if that cannot be told
 */
public record LinkTarget(Optional<VirtualPath> path) {

    /** Links that lead to links: as many as Linux follows. */
    private static final int MAX_LINKS = 40;

    /** Of what is at a path; empty if that is no link. Blocks. */
    public static Optional<LinkTarget> of(VirtualFileSystem files, VirtualPath path) throws IOException {
        Optional<FileInfo> present = look(files, path, LinkHandling.NO_FOLLOW);
        if (present.isEmpty() || present.get().type() != FileType.SYMBOLIC_LINK) {
            return Optional.empty();
        }
        Optional<Links> links = files.capability(Links.class);
        return Optional.of(new LinkTarget(links.isPresent() ? follow(files, links.get(), path) : Optional.empty()));
    }

    private static Optional<VirtualPath> follow(VirtualFileSystem files, Links links, VirtualPath path) {
        try {
            VirtualPath end = end(links, path);
            // ".." behind a link among the directories leads elsewhere than it looks
            return isSame(look(files, path, LinkHandling.FOLLOW), look(files, end, LinkHandling.NO_FOLLOW))
                    ? Optional.of(end)
                    : Optional.empty();
        } catch (IOException | InvalidPathException e) {
            // out of the store, or in a circle
            return Optional.empty();
        }
    }

    private static VirtualPath end(Links links, VirtualPath path) throws IOException {
        VirtualPath at = path;
        for (int i = 0; i < MAX_LINKS; i++) {
            try {
                at = at.parent().resolve(links.readLink(at));
            } catch (NotLinkException | NoSuchFileException e) {
                return at;
            }
        }
        return at;
    }

    private static boolean isSame(Optional<FileInfo> one, Optional<FileInfo> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isEmpty() && other.isEmpty();
        }
        FileInfo file = one.get();
        return file.type() == other.get().type()
                && file.size() == other.get().size()
                && file.modified().equals(other.get().modified())
                && file.uniqueId().equals(other.get().uniqueId());
    }

    private static Optional<FileInfo> look(VirtualFileSystem files, VirtualPath path, LinkHandling links)
            throws IOException {
        try {
            return Optional.of(files.stat(path, links));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
