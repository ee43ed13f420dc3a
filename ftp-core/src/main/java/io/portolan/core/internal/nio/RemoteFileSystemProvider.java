package io.portolan.core.internal.nio;

import io.portolan.core.internal.nio.RemoteFiles.Ability;
import io.portolan.fs.LinkHandling;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.spi.FileSystemProvider;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * What providers of both protocols have in common. The file systems that were made by an address can be asked for by it; Java keeps one instance of each installed provider, which is the only place where they are known. Safe to use from
 * any thread.
 */
public class RemoteFileSystemProvider extends FileSystemProvider {

    /** Makes what is behind an address. */
    @FunctionalInterface
    public interface Opener {
        /**
         * Connects.
         *
         * @param server the address: scheme, maybe user, host, maybe port
         * @param environment what the application has said
         */
        RemoteFiles open(URI server, Map<String, ?> environment) throws IOException;
    }

    private final String scheme;
    private final Set<String> viewNames;
    private final Opener opener;
    private final ConcurrentMap<URI, RemoteFileSystem> known = new ConcurrentHashMap<>();

    /**
     * Makes a provider.
     *
     * @param scheme the scheme of its addresses
     * @param viewNames the attribute views that it has
     * @param opener what connects
     */
    public RemoteFileSystemProvider(String scheme, Set<String> viewNames, Opener opener) {
        this.scheme = scheme;
        this.viewNames = Set.copyOf(viewNames);
        this.opener = opener;
    }

    Set<String> viewNames() {
        return viewNames;
    }

    /** A file system that no address leads to. */
    public RemoteFileSystem over(URI address, RemoteFiles files) {
        return new RemoteFileSystem(this, address, files);
    }

    void forget(RemoteFileSystem fileSystem) {
        known.remove(fileSystem.address(), fileSystem);
    }

    @Override
    public String getScheme() {
        return scheme;
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> environment) throws IOException {
        URI server = RemoteUris.server(uri, scheme);
        if (known.containsKey(server)) {
            throw new FileSystemAlreadyExistsException(server.toString());
        }
        RemoteFileSystem opened = over(server, opener.open(server, environment));
        if (known.putIfAbsent(server, opened) != null) {
            // somebody was faster
            opened.close();
            throw new FileSystemAlreadyExistsException(server.toString());
        }
        return opened;
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        return find(uri);
    }

    private RemoteFileSystem find(URI uri) {
        URI server = RemoteUris.server(uri, scheme);
        RemoteFileSystem found = known.get(server);
        if (found == null) {
            throw new FileSystemNotFoundException(server + " has not been opened by FileSystems.newFileSystem");
        }
        return found;
    }

    @Override
    public Path getPath(URI uri) {
        return find(uri).getPath(RemoteUris.path(uri));
    }

    private static Operations operations(Path path) {
        return RemotePath.cast(path).getFileSystem().operations();
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        Operations operations = operations(path);
        return operations.open(RemotePath.cast(path), OpenRequest.of(options, permissions(attributes)));
    }

    @Override
    public InputStream newInputStream(Path path, OpenOption... options) throws IOException {
        return operations(path).read(RemotePath.cast(path), OpenRequest.toRead(options));
    }

    @Override
    public OutputStream newOutputStream(Path path, OpenOption... options) throws IOException {
        return operations(path).write(RemotePath.cast(path), OpenRequest.toWrite(options));
    }

    private static OptionalInt permissions(FileAttribute<?>... attributes) {
        OptionalInt bits = OptionalInt.empty();
        for (FileAttribute<?> attribute : attributes) {
            if (!attribute.name().equals("posix:permissions") || !(attribute.value() instanceof Set<?> set)) {
                throw new UnsupportedOperationException("attributes: only posix:permissions can be set at creation");
            }
            bits = OptionalInt.of(RemoteAttributes.bits(NamedAttributes.permissions(set)));
        }
        return bits;
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path directory, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        return operations(directory).list(RemotePath.cast(directory), filter);
    }

    @Override
    public void createDirectory(Path directory, FileAttribute<?>... attributes) throws IOException {
        operations(directory).createDirectory(RemotePath.cast(directory), permissions(attributes));
    }

    @Override
    public void createSymbolicLink(Path link, Path target, FileAttribute<?>... attributes) throws IOException {
        if (attributes.length > 0) {
            throw new UnsupportedOperationException("attributes: a link is made without any");
        }
        operations(link)
                .createSymbolicLink(
                        RemotePath.cast(link), RemotePath.cast(target).toString());
    }

    @Override
    public void createLink(Path link, Path existing) throws IOException {
        operations(link).createHardLink(RemotePath.cast(link), RemotePath.cast(existing));
    }

    @Override
    public void delete(Path path) throws IOException {
        operations(path).delete(RemotePath.cast(path));
    }

    @Override
    public Path readSymbolicLink(Path link) throws IOException {
        return operations(link).readSymbolicLink(RemotePath.cast(link));
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) throws IOException {
        Copying.copy(source, target, options);
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
        Copying.move(source, target, options);
    }

    @Override
    public boolean isSameFile(Path path, Path other) throws IOException {
        return operations(path).isSame(RemotePath.cast(path), other);
    }

    @Override
    public boolean isHidden(Path path) {
        Path name = RemotePath.cast(path).getFileName();
        return name != null && name.toString().startsWith(".");
    }

    @Override
    public FileStore getFileStore(Path path) throws IOException {
        Operations operations = operations(path);
        operations.require(Ability.SPACE);
        return operations.store(RemotePath.cast(path));
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        operations(path).checkAccess(RemotePath.cast(path), modes);
    }

    @Override
    public <V extends FileAttributeView> @Nullable V getFileAttributeView(
            Path path, Class<V> type, LinkOption... options) {
        return AttributeViews.of(RemotePath.cast(path), type, Operations.links(options));
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        RemotePath remote = RemotePath.cast(path);
        LinkHandling links = Operations.links(options);
        if (type == PosixFileAttributes.class
                && remote.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return type.cast(AttributeViews.readPosix(remote, links));
        }
        if (type == BasicFileAttributes.class) {
            return type.cast(AttributeViews.read(remote, links));
        }
        throw new UnsupportedOperationException("type: there are no " + type.getSimpleName() + " here");
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) throws IOException {
        return NamedAttributes.read(RemotePath.cast(path), attributes, Operations.links(options));
    }

    @Override
    public void setAttribute(Path path, String attribute, @Nullable Object value, LinkOption... options)
            throws IOException {
        NamedAttributes.set(RemotePath.cast(path), attribute, value, Operations.links(options));
    }
}
