package io.portolan.sftp.server.internal.engine;

import io.portolan.fs.VirtualPath;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a request touches, by which the engine decides what must not pass what. The draft (draft-ietf-secsh-filexfer-13 section 4.1) demands that requests
 * on one file have the effect of being done in the order in which they were sent; that holds here for all that can be told to be one file by its path:
 *
 * <ul>
 *   <li>requests on one handle are done in order, as they share a lane;
 *   <li>so are all requests that name paths;
 *   <li>two others, of which at least one changes something, are done in order if a path of one is equal to, above or below a path of the other, where a
 *       handle stands for the path at which its file is, also after a RENAME. So OPEN, STAT, RENAME and OPENDIR of its directory behind the CLOSE of a file see its effect.
 * </ul>
 *
 * <p>One file under two names is taken for two files.
 *
 * @param queue where it runs: a handle's queue, or that of the paths
 * @param paths what it is about
 * @param changes whether it may change what others see
 * @param kind how it came to its paths
 */
public record Footprint(WorkQueue queue, List<VirtualPath> paths, boolean changes, Kind kind) {

    /** More places than these at which a file may be once what is asked for is done: then it may be anywhere. */
    private static final int MAX_PLACES = 8;

    /** How a request came to its paths. */
    enum Kind {
        /** It names them. */
        NAMED,
        /** They are where its handles' files are, which may be renamed before it begins. */
        OF_HANDLES,
        /** It renames the first to the second. */
        MOVE
    }

    /** That of a request that names paths. */
    public Footprint(WorkQueue queue, List<VirtualPath> paths, boolean changes) {
        this(queue, paths, changes, Kind.NAMED);
    }

    /** That of a request on handles, which runs on the first one's queue. */
    public static Footprint on(boolean changes, OpenHandle handle, OpenHandle... others) {
        List<VirtualPath> paths = Stream.concat(Stream.of(handle), Stream.of(others))
                .flatMap(each -> each.places().stream())
                .toList();
        return new Footprint(handle.queue(), paths, changes, Kind.OF_HANDLES);
    }

    /** That of a request that renames. */
    public static Footprint move(WorkQueue queue, VirtualPath from, VirtualPath to) {
        return new Footprint(queue, List.of(from, to), true, Kind.MOVE);
    }

    /** Whether a later request must wait until this one is done, both not being in one queue. */
    boolean blocks(Footprint later) {
        if (!changes && !later.changes) {
            return false;
        }
        for (VirtualPath mine : paths) {
            for (VirtualPath theirs : later.paths) {
                if (mine.startsWith(theirs) || theirs.startsWith(mine)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** This, with the places to which an earlier request that is not done may yet carry its files. */
    Footprint after(Footprint earlier) {
        if (kind != Kind.OF_HANDLES || earlier.kind != Kind.MOVE) {
            return this;
        }
        List<VirtualPath> places = new ArrayList<>(paths);
        for (VirtualPath path : paths) {
            if (path.startsWith(earlier.paths.get(0))) {
                VirtualPath place = moved(path, earlier.paths.get(0), earlier.paths.get(1));
                if (!places.contains(place)) {
                    places.add(place);
                }
            }
        }
        if (places.size() == paths.size()) {
            return this;
        }
        return new Footprint(
                queue, places.size() > MAX_PLACES ? List.of(VirtualPath.root()) : places, changes, Kind.OF_HANDLES);
    }

    private static VirtualPath moved(VirtualPath path, VirtualPath from, VirtualPath to) {
        try {
            return to.join(path.below(from));
        } catch (InvalidPathException e) {
            // too long a path: such a move fails, and if not, the file is somewhere below
            return to;
        }
    }
}
