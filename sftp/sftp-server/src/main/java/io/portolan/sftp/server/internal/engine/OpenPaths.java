package io.portolan.sftp.server.internal.engine;

import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.VirtualPath;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where that is what the channel has open. A handle follows its file when the channel renames it, as an open file does in POSIX and so in OpenSSH: what is asked of the handle
 * by path ({@link OpenHandle#set}, {@link OpenHandle#info}) is asked of the new one. Of what other sessions rename a store tells nothing.
 *
 * <p>Files that are being written may not be seen at their paths before they are closed. A client that asks by the path for the file that it is writing must not
 * hear that there is none, or of the one that it replaces: sshfs sends LSTAT right behind OPEN, and gives up.
 *
 * <p>Safe to use from any thread. What is found may be used as long as {@link Footprint} keeps the requests on its handle away.
 */
public final class OpenPaths {

    private final Set<OpenHandle> open = ConcurrentHashMap.newKeySet();

    /** Those of them that are not to be seen before they are closed. */
    private final Set<OpenHandle> unpublished = ConcurrentHashMap.newKeySet();

    /** The last of these at each path. */
    private final Map<VirtualPath, OpenHandle> lastWritten = new ConcurrentHashMap<>();

    /** It is open. */
    public void opened(OpenHandle handle) {
        open.add(handle);
    }

    /** It is open, being written, and not to be seen before it is closed. Of two at one path the later counts. */
    public void writing(OpenHandle handle) {
        open.add(handle);
        unpublished.add(handle);
        lastWritten.put(handle.path(), handle);
    }

    /** It is closed: published, or dropped. */
    public void closed(OpenHandle handle) {
        forget(handle);
    }

    private void forget(OpenHandle handle) {
        open.remove(handle);
        unpublished.remove(handle);
        lastWritten.remove(handle.path(), handle);
    }

    /** What is being written at a path, and not to be seen there. */
    public Optional<OpenHandle> writtenAt(VirtualPath path) {
        return Optional.ofNullable(lastWritten.get(path));
    }

    /** All that is being written at a path: a file that was not there when it was opened may be opened more than once. */
    public List<OpenHandle> allWrittenAt(VirtualPath path) {
        return unpublished.stream().filter(handle -> handle.path().equals(path)).toList();
    }

    /** Whether something is being written below a directory, or will be published there for a moment, that is not to be seen there. */
    public boolean isWrittenBelow(VirtualPath directory) {
        return unpublished.stream()
                .flatMap(handle -> handle.places().stream())
                .anyMatch(path -> path.startsWith(directory) && !path.equals(directory));
    }

    /**
     * What the link at a path leads to that is about to be renamed, replaced or removed: asked for only if something is open there, as it takes a look at the store.
     *
     * @return empty if there is no link, or nobody has opened something through it
     */
    public Optional<LinkTarget> linkAt(VirtualFileSystem files, VirtualPath path) throws IOException {
        return open.stream().anyMatch(handle -> handle.path().startsWith(path))
                ? LinkTarget.of(files, path)
                : Optional.empty();
    }

    /**
     * Something has been renamed. What was open at the new path is replaced by it. What was opened through a link is where that led.
     *
     * @param fromLink what was renamed, if that was a link
     * @param toLink what was replaced, if that was a link
     * @param published whether the store has renamed it. If not, it is what is being written, and nothing else of that name has moved.
     */
    public void renamed(
            VirtualPath from,
            VirtualPath to,
            Optional<LinkTarget> fromLink,
            Optional<LinkTarget> toLink,
            boolean published) {
        if (from.equals(to)) {
            return;
        }
        for (OpenHandle handle : open) {
            VirtualPath path = handle.path();
            if (path.startsWith(from)) {
                if (leadsOn(handle, from, fromLink)) {
                    continue;
                }
                if (published || unpublished.contains(handle)) {
                    move(handle, to, path.below(from));
                } else {
                    // others have removed it before
                    detach(handle);
                }
            } else if (path.startsWith(to) && !leadsOn(handle, to, toLink) && path.equals(to)) {
                detach(handle);
            }
        }
    }

    /** What was at a path has been removed, which was perhaps a link. What was opened through that is where it led. */
    public void removed(VirtualPath path, Optional<LinkTarget> link) {
        for (OpenHandle handle : open) {
            if (handle.path().startsWith(path)
                    && !leadsOn(handle, path, link)
                    && handle.path().equals(path)) {
                detach(handle);
            }
        }
    }

    /** Leaves what was opened through a link where that led; says whether it was opened so. */
    private boolean leadsOn(OpenHandle handle, VirtualPath link, Optional<LinkTarget> now) {
        VirtualPath path = handle.path();
        Optional<LinkTarget> through = path.equals(link) ? handle.openedThrough(now) : now;
        if (through.isEmpty()) {
            return false;
        }
        Optional<VirtualPath> target = through.get().path();
        if (target.isPresent()) {
            move(handle, target.get(), path.below(link));
        } else {
            forget(handle);
            handle.loseTrack();
        }
        return true;
    }

    private void move(OpenHandle handle, VirtualPath above, VirtualPath below) {
        VirtualPath to;
        try {
            to = above.join(below);
        } catch (InvalidPathException e) {
            // it has been renamed, but to what is too long to be said
            forget(handle);
            handle.loseTrack();
            return;
        }
        boolean last = lastWritten.remove(handle.path(), handle);
        handle.moved(to);
        if (last) {
            lastWritten.put(to, handle);
        }
    }

    private void detach(OpenHandle handle) {
        forget(handle);
        handle.detach();
    }
}
