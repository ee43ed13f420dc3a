package io.portolan.examples.standalone;

import io.portolan.fs.DirectoryEntry;
import io.portolan.fs.EntryStream;
import io.portolan.fs.ReadableFile;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.VirtualPath;
import io.portolan.fs.WritableFile;
import io.portolan.fs.WriteMode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Copies folders and files from one file system into another, without links and devices. */
final class TreeCopy {

    private static final int BATCH = 256;

    private static final int BUFFER = 64 * 1024;

    private TreeCopy() {}

    static void copy(VirtualFileSystem from, VirtualFileSystem to) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        Deque<VirtualPath> folders = new ArrayDeque<>(List.of(VirtualPath.root()));
        while (!folders.isEmpty()) {
            VirtualPath folder = folders.remove();
            try (EntryStream entries = from.list(folder)) {
                for (List<DirectoryEntry> batch = entries.next(BATCH); !batch.isEmpty(); batch = entries.next(BATCH)) {
                    for (DirectoryEntry entry : batch) {
                        VirtualPath path = folder.child(entry.name());
                        switch (entry.info().type()) {
                            case DIRECTORY -> {
                                to.createDirectory(path);
                                folders.add(path);
                            }
                            case FILE -> copyFile(from, to, path, buffer);
                            default -> {}
                        }
                    }
                }
            }
        }
    }

    private static void copyFile(VirtualFileSystem from, VirtualFileSystem to, VirtualPath path, ByteBuffer buffer)
            throws IOException {
        try (ReadableFile source = from.openRead(path, 0);
                WritableFile target = to.openWrite(path, WriteMode.CREATE_NEW)) {
            while (source.read(buffer.clear()) >= 0) {
                target.write(buffer.flip());
            }
            target.commit();
        }
    }
}
