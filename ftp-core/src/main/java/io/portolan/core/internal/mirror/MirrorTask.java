package io.portolan.core.internal.mirror;

import io.portolan.fs.FileType;
import io.portolan.fs.VirtualPath;
import io.portolan.mirror.MirrorAction.Reason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Something for a worker to do; on its own, so that it can be tried again. */
abstract sealed class MirrorTask {

    private int attempts;

    /** Where it is, for messages. */
    abstract VirtualPath path();

    /** Counts an attempt; returns how many there have been. One worker has a task at a time, and the queue's lock lies between two of them. */
    int attempted() {
        return ++attempts;
    }

    /** A directory is compared. */
    static final class Compare extends MirrorTask {
        final TargetDirectory directory;
        /** Whether the target has a file there, which has to go. */
        final boolean replacesFile;

        Compare(TargetDirectory directory, boolean replacesFile) {
            this.directory = directory;
            this.replacesFile = replacesFile;
        }

        @Override
        VirtualPath path() {
            return directory.path();
        }
    }

    /** A file is copied. */
    static final class Copy extends MirrorTask {
        final TargetDirectory directory;
        final String name;
        final long size;
        final @Nullable Instant modified;
        final int permissions;
        final Reason reason;
        /** Whether it is copied only if the checksums differ. */
        final boolean checkedFirst;

        /** What the target has there that has to go first; null for nothing. */
        final @Nullable FileType replaced;

        Copy(
                TargetDirectory directory,
                TreeEntry source,
                Reason reason,
                boolean checkedFirst,
                @Nullable FileType replaced) {
            this.directory = directory;
            this.name = source.name();
            this.size = source.size();
            this.modified = source.modified();
            this.permissions = source.permissions();
            this.reason = reason;
            this.checkedFirst = checkedFirst;
            this.replaced = replaced;
        }

        @Override
        VirtualPath path() {
            return directory.path().child(name);
        }
    }

    /** A symbolic link is made. */
    static final class MakeLink extends MirrorTask {
        final TargetDirectory directory;
        final String name;
        final String text;
        final Reason reason;

        /** What the target has there that has to go first; null for nothing. */
        final @Nullable FileType replaced;

        MakeLink(TargetDirectory directory, String name, String text, Reason reason, @Nullable FileType replaced) {
            this.directory = directory;
            this.name = name;
            this.text = text;
            this.reason = reason;
            this.replaced = replaced;
        }

        @Override
        VirtualPath path() {
            return directory.path().child(name);
        }
    }

    /** Something that only the target has is deleted. */
    static final class Delete extends MirrorTask {
        final VirtualPath path;
        final boolean isDirectory;

        Delete(VirtualPath path, boolean isDirectory) {
            this.path = path;
            this.isDirectory = isDirectory;
        }

        @Override
        VirtualPath path() {
            return path;
        }
    }
}
