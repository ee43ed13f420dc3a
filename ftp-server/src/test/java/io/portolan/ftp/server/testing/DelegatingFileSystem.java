package io.portolan.ftp.server.testing;

import io.portolan.fs.EntryStream;
import io.portolan.fs.FileInfo;
import io.portolan.fs.InMemoryFileSystem;
import io.portolan.fs.LinkHandling;
import io.portolan.fs.ReadableFile;
import io.portolan.fs.RenameMode;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.VirtualPath;
import io.portolan.fs.WritableFile;
import io.portolan.fs.WriteMode;
import java.io.IOException;
import java.util.Optional;

/** Files in memory, for tests to override what is to go wrong. */
public class DelegatingFileSystem implements VirtualFileSystem {

    private final VirtualFileSystem files;

    public DelegatingFileSystem() {
        this(InMemoryFileSystem.create());
    }

    public DelegatingFileSystem(VirtualFileSystem files) {
        this.files = files;
    }

    @Override
    public FileInfo stat(VirtualPath path, LinkHandling links) throws IOException {
        return files.stat(path, links);
    }

    @Override
    public EntryStream list(VirtualPath directory) throws IOException {
        return files.list(directory);
    }

    @Override
    public ReadableFile openRead(VirtualPath path, long offset) throws IOException {
        return files.openRead(path, offset);
    }

    @Override
    public WritableFile openWrite(VirtualPath path, WriteMode mode) throws IOException {
        return files.openWrite(path, mode);
    }

    @Override
    public void createDirectory(VirtualPath path) throws IOException {
        files.createDirectory(path);
    }

    @Override
    public void delete(VirtualPath path) throws IOException {
        files.delete(path);
    }

    @Override
    public void deleteDirectory(VirtualPath path) throws IOException {
        files.deleteDirectory(path);
    }

    @Override
    public void rename(VirtualPath from, VirtualPath to, RenameMode mode) throws IOException {
        files.rename(from, to, mode);
    }

    @Override
    public <C> Optional<C> capability(Class<C> type) {
        return files.capability(type);
    }
}
