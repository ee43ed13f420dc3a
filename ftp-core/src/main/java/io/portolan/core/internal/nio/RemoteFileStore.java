package io.portolan.core.internal.nio;

import io.portolan.fs.SpaceInfo.Space;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileStoreAttributeView;
import org.jspecify.annotations.Nullable;

/** The store that a file is in; how much room there is is asked for each time. */
final class RemoteFileStore extends FileStore {

    private final RemoteFileSystem fileSystem;
    private final RemotePath path;

    RemoteFileStore(RemoteFileSystem fileSystem, RemotePath path) {
        this.fileSystem = fileSystem;
        this.path = path;
    }

    private Space space() throws IOException {
        Operations operations = fileSystem.operations();
        try {
            return operations.files().space(path.absoluteText());
        } catch (IOException e) {
            throw operations.failures().of(e, path);
        }
    }

    @Override
    public String name() {
        return fileSystem.toString();
    }

    @Override
    public String type() {
        return fileSystem.provider().getScheme();
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public long getTotalSpace() throws IOException {
        return space().total();
    }

    @Override
    public long getUsableSpace() throws IOException {
        return space().usable();
    }

    @Override
    public long getUnallocatedSpace() throws IOException {
        return space().free();
    }

    @Override
    public boolean supportsFileAttributeView(Class<? extends FileAttributeView> type) {
        return AttributeViews.isSupported(fileSystem.supportedFileAttributeViews(), type);
    }

    @Override
    public boolean supportsFileAttributeView(String name) {
        return fileSystem.supportedFileAttributeViews().contains(name);
    }

    @Override
    public <V extends FileStoreAttributeView> @Nullable V getFileStoreAttributeView(Class<V> type) {
        return null;
    }

    @Override
    public Object getAttribute(String attribute) throws IOException {
        return switch (attribute) {
            case "totalSpace" -> getTotalSpace();
            case "usableSpace" -> getUsableSpace();
            case "unallocatedSpace" -> getUnallocatedSpace();
            default -> throw new UnsupportedOperationException("attribute: there is no " + attribute);
        };
    }
}
