package io.portolan.core.internal.mirror;

import io.portolan.fs.VirtualPath;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import org.jspecify.annotations.Nullable;

/** A directory of the target, which is made when the first thing in it is: several workers may want it at the same time. */
final class TargetDirectory {

    private final @Nullable TargetDirectory parent;
    private final VirtualPath path;
    private boolean there;

    TargetDirectory(@Nullable TargetDirectory parent, VirtualPath path, boolean there) {
        this.parent = parent;
        this.path = path;
        this.there = there;
    }

    VirtualPath path() {
        return path;
    }

    synchronized boolean isThere() {
        return there;
    }

    /** It has been looked for, and is not there. */
    synchronized void isMissing() {
        there = false;
    }

    /** Makes it and those above it, if they are not there; the lock is held so that it is made once. */
    synchronized void make(Tree target, MirrorTally tally, boolean dryRun) throws IOException {
        if (there) {
            return;
        }
        if (parent != null) {
            parent.make(target, tally, dryRun);
        }
        if (!dryRun) {
            try {
                target.makeDirectory(path);
            } catch (FileAlreadyExistsException e) {
                // Somebody else was quicker; if it is no directory, what is put into it fails.
            }
        }
        there = true;
        tally.madeDirectory(path);
    }
}
