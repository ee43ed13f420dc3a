package io.portolan.core.internal.mirror;

import io.portolan.fs.VirtualPath;
import java.io.IOException;
import java.nio.file.FileSystemException;

/** Passes on so many entries of a directory, and fails with the next one: what is found in one directory is held in memory, and a server can name more without end. */
final class EntryLimit implements TreeVisitor {

    private final VirtualPath directory;
    private final TreeVisitor visitor;
    private final int most;
    private int entries;

    EntryLimit(VirtualPath directory, TreeVisitor visitor, int most) {
        this.directory = directory;
        this.visitor = visitor;
        this.most = most;
    }

    @Override
    public void entry(TreeEntry entry) throws IOException {
        count();
        visitor.entry(entry);
    }

    @Override
    public void unsafeName(String line) throws IOException {
        count();
        visitor.unsafeName(line);
    }

    @Override
    public void notUnderstood(String line) throws IOException {
        count();
        visitor.notUnderstood(line);
    }

    private void count() throws FileSystemException {
        if (entries == most) {
            throw new FileSystemException(
                    directory.toString(), null, "has more than " + most + " entries (MirrorOptions.maxEntries)");
        }
        entries++;
    }
}
