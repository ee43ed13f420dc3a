package io.portolan.fs;

import java.io.IOException;
import java.util.Optional;

/** A file system that sessions share and that therefore none of them closes. */
final class SharedFileSystem implements VirtualFileSystem {

    private final VirtualFileSystem shared;

    SharedFileSystem(VirtualFileSystem shared) {
        this.shared = shared;
    }

    @Override
    public FileInfo stat(VirtualPath path, LinkHandling links) throws IOException {
        return shared.stat(path, links);
    }

    @Override
    public EntryStream list(VirtualPath directory) throws IOException {
        return shared.list(directory);
    }

    @Override
    public ReadableFile openRead(VirtualPath path, long offset) throws IOException {
        return shared.openRead(path, offset);
    }

    @Override
    public WritableFile openWrite(VirtualPath path, WriteMode mode) throws IOException {
        return shared.openWrite(path, mode);
    }

    @Override
    public void createDirectory(VirtualPath path) throws IOException {
        shared.createDirectory(path);
    }

    @Override
    public void delete(VirtualPath path) throws IOException {
        shared.delete(path);
    }

    @Override
    public void deleteDirectory(VirtualPath path) throws IOException {
        shared.deleteDirectory(path);
    }

    @Override
    public void rename(VirtualPath from, VirtualPath to, RenameMode mode) throws IOException {
        shared.rename(from, to, mode);
    }

    @Override
    public boolean isReadOnly() {
        return shared.isReadOnly();
    }

    @Override
    public <C> Optional<C> capability(Class<C> type) {
        return shared.capability(type);
    }

    @Override
    public void close() {
        // its owner closes it
    }
}
