package io.portolan.sftp.server.internal.engine;

import io.portolan.fs.VirtualPath;
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

    /** Whether something is being written below a directory that is not to be seen there. */
    public boolean isWrittenBelow(VirtualPath directory) {
        return unpublished.stream()
                .map(OpenHandle::path)
                .anyMatch(path -> path.startsWith(directory) && !path.equals(directory));
    }

    /** Something has been renamed. What was open at the new path is replaced by it. */
    public void renamed(VirtualPath from, VirtualPath to) {
        if (from.equals(to)) {
            return;
        }
        for (OpenHandle handle : open) {
            VirtualPath path = handle.path();
            if (path.equals(to)) {
                detach(handle);
            } else if (path.startsWith(from)) {
                boolean last = lastWritten.remove(path, handle);
                handle.moved(to.join(path.below(from)));
                if (last) {
                    lastWritten.put(handle.path(), handle);
                }
            }
        }
    }

    /** What was at a path has been removed. */
    public void removed(VirtualPath path) {
        for (OpenHandle handle : open) {
            if (handle.path().equals(path)) {
                detach(handle);
            }
        }
    }

    private void detach(OpenHandle handle) {
        forget(handle);
        handle.detach();
    }
}
