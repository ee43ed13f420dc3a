package io.portolan.core.internal.mirror;

import io.portolan.fs.AttributeChange;
import io.portolan.fs.AttributeChanges;
import io.portolan.fs.DirectoryEntry;
import io.portolan.fs.EntryStream;
import io.portolan.fs.FileInfo;
import io.portolan.fs.LinkHandling;
import io.portolan.fs.ReadableFile;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.VirtualPath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The tree of a file system, which confines what is done to it: no name of a server leads out. Any number of threads may use it. */
final class LocalTree implements Tree {

    private static final int BATCH = 256;
    private static final int BUFFER = 65_536;

    private final VirtualFileSystem files;

    LocalTree(VirtualFileSystem files) {
        this.files = files;
    }

    VirtualFileSystem files() {
        return files;
    }

    @Override
    public void list(VirtualPath directory, TreeVisitor visitor) throws IOException {
        try (EntryStream entries = files.list(directory)) {
            List<DirectoryEntry> batch = entries.next(BATCH);
            while (!batch.isEmpty()) {
                for (DirectoryEntry entry : batch) {
                    FileInfo info = entry.info();
                    visitor.entry(
                            new TreeEntry(entry.name(), info.type(), info.size(), info.modified(), Duration.ZERO));
                }
                batch = entries.next(BATCH);
            }
        }
    }

    @Override
    public void makeDirectory(VirtualPath directory) throws IOException {
        files.createDirectory(directory);
    }

    @Override
    public void delete(VirtualPath file) throws IOException {
        files.delete(file);
    }

    @Override
    public void deleteDirectory(VirtualPath directory) throws IOException {
        files.deleteDirectory(directory);
    }

    @Override
    public void setModified(VirtualPath file, Instant time) throws IOException {
        Optional<AttributeChanges> changes = files.capability(AttributeChanges.class);
        if (changes.isPresent() && changes.get().settable().contains(AttributeChanges.Attribute.MODIFIED)) {
            changes.get().change(file, AttributeChange.nothing().withModified(time), LinkHandling.NO_FOLLOW);
        }
    }

    @Override
    public Optional<byte[]> digest(VirtualPath file, String algorithm) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            return Optional.empty();
        }
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        try (ReadableFile content = files.openRead(file, 0)) {
            while (content.read(buffer) >= 0) {
                digest.update(buffer.flip());
                buffer.clear();
            }
        }
        return Optional.of(digest.digest());
    }
}
