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

    /** Where the source's directory is, without the links that have led to it. Set before there are others who ask. */
    private volatile VirtualPath location;

    /** How many links have led to it. */
    private final int links;

    private TargetDirectory(
            @Nullable TargetDirectory parent, VirtualPath path, boolean there, VirtualPath location, int links) {
        this.parent = parent;
        this.path = path;
        this.there = there;
        this.location = location;
        this.links = links;
    }

    /** The root, which is there. */
    static TargetDirectory root() {
        return new TargetDirectory(null, VirtualPath.root(), true, VirtualPath.root(), 0);
    }

    /** Whether there is none above it. */
    boolean isRoot() {
        return parent == null;
    }

    /** Remembers where the source's directory is. */
    void locate(VirtualPath source) {
        location = source;
    }

    /**
     * A directory in this one.
     *
     * @throws java.nio.file.InvalidPathException if the path where it is would be too long
     */
    TargetDirectory child(VirtualPath path, boolean there) {
        return new TargetDirectory(this, path, there, location.child(path.name()), links);
    }

    /**
     * What a link in this directory leads to.
     *
     * @param elsewhere where that is
     */
    TargetDirectory linked(VirtualPath path, boolean there, VirtualPath elsewhere) {
        return new TargetDirectory(this, path, there, elsewhere, links + 1);
    }

    VirtualPath path() {
        return path;
    }

    VirtualPath location() {
        return location;
    }

    int links() {
        return links;
    }

    /** Whether this directory lies in that one of the source, or is it, by the way that has led here. */
    boolean isWithin(VirtualPath source) {
        for (TargetDirectory each = this; each != null; each = each.parent) {
            if (source.equals(each.location)) {
                return true;
            }
        }
        return false;
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
