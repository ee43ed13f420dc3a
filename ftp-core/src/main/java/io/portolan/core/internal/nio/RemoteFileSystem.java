package io.portolan.core.internal.nio;

import io.portolan.core.internal.nio.RemoteFiles.Ability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/** A server's files, as one user sees them. Safe to use from any thread. */
public final class RemoteFileSystem extends FileSystem {

    private final RemoteFileSystemProvider provider;
    private final URI address;
    private final RemoteFiles files;
    private final Operations operations;
    private final Set<String> views;
    private final AtomicBoolean closed = new AtomicBoolean();

    RemoteFileSystem(RemoteFileSystemProvider provider, URI address, RemoteFiles files) {
        this.provider = provider;
        this.address = address;
        this.files = files;
        this.operations = new Operations(this, files);
        this.views = files.tellsPermissions() ? provider.viewNames() : without(provider.viewNames(), "posix");
    }

    private static Set<String> without(Set<String> names, String one) {
        return names.stream().filter(name -> !name.equals(one)).collect(Collectors.toUnmodifiableSet());
    }

    /** Its address, without a password. */
    public URI address() {
        return address;
    }

    String home() {
        return files.home();
    }

    /** What is done with its files; not any more once it is closed. */
    Operations operations() {
        if (closed.get()) {
            throw new ClosedFileSystemException();
        }
        return operations;
    }

    /** Whether a text can be a path here. */
    void checkText(String text) {
        try {
            files.check(text);
        } catch (InvalidPathException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            // such text is not for logs
            throw new InvalidPathException("(path)", String.valueOf(e.getMessage()));
        }
    }

    @Override
    public RemoteFileSystemProvider provider() {
        return provider;
    }

    /** Ends all that is open. */
    @Override
    public void close() throws IOException {
        if (closed.compareAndSet(false, true)) {
            provider.forget(this);
            files.close();
        }
    }

    @Override
    public boolean isOpen() {
        return !closed.get();
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public String getSeparator() {
        return "/";
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        return List.of(root());
    }

    private RemotePath root() {
        return RemotePath.of(this, "/");
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        try {
            return operations().can(Ability.SPACE) ? List.of(operations().store(root())) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return views;
    }

    @Override
    public RemotePath getPath(String first, String... more) {
        StringBuilder text = new StringBuilder(first);
        for (String next : more) {
            if (!next.isEmpty()) {
                text.append(text.length() > 0 ? "/" : "").append(next);
            }
        }
        return RemotePath.of(this, text.toString());
    }

    @Override
    public PathMatcher getPathMatcher(String syntaxAndPattern) {
        return PathPatterns.of(syntaxAndPattern);
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        if (!provider.viewNames().contains("owner")) {
            throw new UnsupportedOperationException("owners cannot be set by this protocol");
        }
        return RemotePrincipals.LOOKUP;
    }

    @Override
    public WatchService newWatchService() {
        throw new UnsupportedOperationException("servers do not tell of changes");
    }

    @Override
    public String toString() {
        return address.toString();
    }
}
