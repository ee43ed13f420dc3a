package io.portolan.core.internal.nio;

import io.portolan.fs.FileInfo;
import io.portolan.fs.FileType;
import io.portolan.fs.LinkHandling;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.util.Optional;

/** Goes along a path, name by name, and takes the way that links show: for servers that do not tell where it ends. */
final class LinkWalk {

    /** As many as Linux follows; more lead in circles. */
    static final int MAX_LINKS = 40;

    private final RemoteFiles files;
    private int links;

    LinkWalk(RemoteFiles files) {
        this.files = files;
    }

    /** The path without links; names that are not there are kept. */
    RemotePath resolve(RemotePath path) throws IOException {
        RemotePath place = path.getFileSystem().getPath("/");
        for (int i = 0; i < path.getNameCount(); i++) {
            // whatever leads up leads up from where a link has led to
            RemotePath next = place.resolve(path.getName(i)).normalize();
            Optional<FileInfo> info = files.stat(next.toString(), LinkHandling.NO_FOLLOW);
            if (info.isPresent() && info.get().type() == FileType.SYMBOLIC_LINK) {
                if (++links > MAX_LINKS) {
                    throw new FileSystemLoopException(path.toString());
                }
                RemotePath target = Operations.told(files.readLink(next.toString()), path);
                next = resolve(place.resolve(target));
            }
            place = next;
        }
        return place;
    }
}
