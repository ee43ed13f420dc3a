package io.portolan.core.internal.mirror;

import io.portolan.fs.AttributeChange;
import io.portolan.fs.AttributeChanges;
import io.portolan.fs.AttributeChanges.Attribute;
import io.portolan.fs.DirectoryEntry;
import io.portolan.fs.EntryStream;
import io.portolan.fs.FileInfo;
import io.portolan.fs.LinkHandling;
import io.portolan.fs.Links;
import io.portolan.fs.ReadableFile;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.VirtualPath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
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
                    visitor.entry(entry(entry.name(), info));
                }
                batch = entries.next(BATCH);
            }
        }
    }

    private static TreeEntry entry(String name, FileInfo info) {
        int permissions = info.permissionBits().orElse(TreeEntry.UNKNOWN);
        return new TreeEntry(name, info.type(), info.size(), info.modified(), Duration.ZERO, permissions);
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
        change(file, Attribute.MODIFIED, AttributeChange.nothing().withModified(time));
    }

    @Override
    public void setPermissions(VirtualPath file, int bits) throws IOException {
        change(file, Attribute.PERMISSIONS, AttributeChange.nothing().withPermissionBits(bits));
    }

    private void change(VirtualPath file, Attribute attribute, AttributeChange change) throws IOException {
        Optional<AttributeChanges> changes = files.capability(AttributeChanges.class);
        if (changes.isPresent() && changes.get().settable().contains(attribute)) {
            changes.get().change(file, change, LinkHandling.NO_FOLLOW);
        }
    }

    @Override
    public Optional<TreeEntry> follow(VirtualPath link) throws IOException {
        try {
            return Optional.of(entry(link.name(), files.stat(link, LinkHandling.FOLLOW)));
        } catch (NoSuchFileException | AccessDeniedException | FileSystemLoopException e) {
            // It leads nowhere, or out, or round and round.
            return Optional.empty();
        }
    }

    @Override
    public Optional<String> readLink(VirtualPath link) throws IOException {
        Optional<Links> links = files.capability(Links.class);
        try {
            return links.isEmpty() ? Optional.empty() : Optional.of(links.get().readLink(link));
        } catch (AccessDeniedException e) {
            // It leads out, and the file system does not say where to.
            return Optional.of("/");
        }
    }

    @Override
    public boolean canMakeLinks() {
        return files.capability(Links.class).isPresent();
    }

    @Override
    public void makeLink(VirtualPath link, String text) throws IOException {
        files.capability(Links.class)
                .orElseThrow(UnsupportedOperationException::new)
                .createSymbolicLink(link, text);
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
