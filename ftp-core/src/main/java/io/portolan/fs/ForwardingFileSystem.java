package io.portolan.fs;

import java.io.IOException;
import java.util.Optional;

/** Passes every operation on. What it does not pass on by itself are capabilities: each decorator says which are safe. */
abstract class ForwardingFileSystem implements VirtualFileSystem {

    private final VirtualFileSystem delegate;

    ForwardingFileSystem(VirtualFileSystem delegate) {
        this.delegate = delegate;
    }

    final VirtualFileSystem delegate() {
        return delegate;
    }

    @Override
    public FileInfo stat(VirtualPath path, LinkHandling links) throws IOException {
        return delegate.stat(path, links);
    }

    @Override
    public EntryStream list(VirtualPath directory) throws IOException {
        return delegate.list(directory);
    }

    @Override
    public ReadableFile openRead(VirtualPath path, long offset) throws IOException {
        return delegate.openRead(path, offset);
    }

    @Override
    public WritableFile openWrite(VirtualPath path, WriteMode mode) throws IOException {
        return delegate.openWrite(path, mode);
    }

    @Override
    public void createDirectory(VirtualPath path) throws IOException {
        delegate.createDirectory(path);
    }

    @Override
    public void delete(VirtualPath path) throws IOException {
        delegate.delete(path);
    }

    @Override
    public void deleteDirectory(VirtualPath path) throws IOException {
        delegate.deleteDirectory(path);
    }

    @Override
    public void rename(VirtualPath from, VirtualPath to, RenameMode mode) throws IOException {
        delegate.rename(from, to, mode);
    }

    @Override
    public boolean isReadOnly() {
        return delegate.isReadOnly();
    }

    @Override
    public abstract <C> Optional<C> capability(Class<C> type);

    @Override
    public void close() throws IOException {
        delegate.close();
    }
}
