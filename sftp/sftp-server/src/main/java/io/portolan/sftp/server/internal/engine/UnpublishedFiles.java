package io.portolan.sftp.server.internal.engine;

import io.portolan.fs.VirtualPath;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Files that the channel is writing and that may not be seen at their paths before they are closed. A client that asks by the path for the file that it is writing must not
 * hear that there is none, or of the one that it replaces: sshfs sends LSTAT right behind OPEN, and gives up.
 *
 * <p>Safe to use from any thread. What is found may be used as long as {@link Footprint} keeps the requests on its handle away.
 */
public final class UnpublishedFiles {

    private final Map<VirtualPath, OpenHandle> byPath = new ConcurrentHashMap<>();

    /** It is being written. Of two at one path the later counts. */
    public void add(OpenHandle handle) {
        byPath.put(handle.path(), handle);
    }

    /** It is published, or dropped. */
    public void remove(OpenHandle handle) {
        byPath.remove(handle.path(), handle);
    }

    /** What is being written at a path. */
    public Optional<OpenHandle> at(VirtualPath path) {
        return Optional.ofNullable(byPath.get(path));
    }
}
