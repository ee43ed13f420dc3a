package io.portolan.sftp.server.internal.engine;

import io.portolan.fs.VirtualPath;
import java.util.List;

/**
 * What a request touches, by which the engine decides what must not pass what. The draft (draft-ietf-secsh-filexfer-13 section 4.1) demands that requests
 * on one file have the effect of being done in the order in which they were sent; that holds here for all that can be told to be one file by its path:
 *
 * <ul>
 *   <li>requests on one handle are done in order, as they share a lane;
 *   <li>so are all requests that name paths;
 *   <li>two others, of which at least one changes something, are done in order if a path of one is equal to, above or below a path of the other, where a
 *       handle stands for the path it was opened by. So OPEN, STAT, RENAME and OPENDIR of its directory behind the CLOSE of a file see its effect.
 * </ul>
 *
 * <p>One file under two names is taken for two files.
 *
 * @param queue where it runs: a handle's queue, or that of the paths
 * @param paths what it is about
 * @param changes whether it may change what others see
 */
public record Footprint(WorkQueue queue, List<VirtualPath> paths, boolean changes) {

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
}
