package io.portolan.sftp.server.internal.testing;

import io.portolan.fs.EntryStream;
import io.portolan.fs.FileInfo;
import io.portolan.fs.LinkHandling;
import io.portolan.fs.ReadableFile;
import io.portolan.fs.RenameMode;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.VirtualPath;
import io.portolan.fs.WritableFile;
import io.portolan.fs.WriteMode;
import java.io.IOException;

/** A store without any capability: files are read and written from begin to end. */
public class ForwardOnly implements VirtualFileSystem {

    private final VirtualFileSystem store;

    /** Hides the capabilities of another. */
    public ForwardOnly(VirtualFileSystem store) {
        this.store = store;
    }

    @Override
    public FileInfo stat(VirtualPath path, LinkHandling links) throws IOException {
        return store.stat(path, links);
    }

    @Override
    public EntryStream list(VirtualPath directory) throws IOException {
        return store.list(directory);
    }

    @Override
    public ReadableFile openRead(VirtualPath path, long offset) throws IOException {
        return store.openRead(path, offset);
    }

    @Override
    public WritableFile openWrite(VirtualPath path, WriteMode mode) throws IOException {
        return store.openWrite(path, mode);
    }

    @Override
    public void createDirectory(VirtualPath path) throws IOException {
        store.createDirectory(path);
    }

    @Override
    public void delete(VirtualPath path) throws IOException {
        store.delete(path);
    }

    @Override
    public void deleteDirectory(VirtualPath path) throws IOException {
        store.deleteDirectory(path);
    }

    @Override
    public void rename(VirtualPath from, VirtualPath to, RenameMode mode) throws IOException {
        store.rename(from, to, mode);
    }

    @Override
    public void close() throws IOException {
        store.close();
    }
}
