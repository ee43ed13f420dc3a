package io.portolan.fs;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.Optional;
import java.util.Set;

/** Refuses whatever would change something, and hides the capabilities that are only there to change something. */
final class ReadOnlyFileSystem extends ForwardingFileSystem {

    ReadOnlyFileSystem(VirtualFileSystem delegate) {
        super(delegate);
    }

    private static AccessDeniedException refused(VirtualPath path) {
        return new AccessDeniedException(path.toString(), null, "read-only");
    }

    @Override
    public WritableFile openWrite(VirtualPath path, WriteMode mode) throws IOException {
        throw refused(path);
    }

    @Override
    public void createDirectory(VirtualPath path) throws IOException {
        throw refused(path);
    }

    @Override
    public void delete(VirtualPath path) throws IOException {
        throw refused(path);
    }

    @Override
    public void deleteDirectory(VirtualPath path) throws IOException {
        throw refused(path);
    }

    @Override
    public void rename(VirtualPath from, VirtualPath to, RenameMode mode) throws IOException {
        throw refused(from);
    }

    @Override
    public boolean isReadOnly() {
        return true;
    }

    @Override
    public <C> Optional<C> capability(Class<C> type) {
        if (type == Digests.class || type == SpaceInfo.class) {
            return delegate().capability(type);
        }
        if (type == Links.class) {
            return delegate().capability(Links.class).map(links -> type.cast(new ReadOnlyLinks(links)));
        }
        if (type == PositionalFiles.class) {
            return delegate().capability(PositionalFiles.class).map(files -> type.cast(readOnly(files)));
        }
        if (type == Subtrees.class) {
            Optional<Subtrees> subtrees = delegate().capability(Subtrees.class);
            return subtrees.map(below -> type.cast((Subtrees) path -> new ReadOnlyFileSystem(below.openSubtree(path))));
        }
        return Optional.empty();
    }

    private static PositionalFiles readOnly(PositionalFiles files) {
        return (path, access) -> {
            if (!access.equals(Set.of(PositionalFiles.Access.READ))) {
                throw refused(path);
            }
            return files.openPositional(path, access);
        };
    }

    private record ReadOnlyLinks(Links links) implements Links {
        @Override
        public String readLink(VirtualPath path) throws IOException {
            return links.readLink(path);
        }

        @Override
        public void createSymbolicLink(VirtualPath path, String target) throws IOException {
            throw refused(path);
        }

        @Override
        public void createHardLink(VirtualPath path, VirtualPath existing) throws IOException {
            throw refused(path);
        }
    }
}
