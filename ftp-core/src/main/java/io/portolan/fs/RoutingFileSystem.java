package io.portolan.fs;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.Collection;
import java.util.Optional;

/** A file system whose paths are paths of others. */
abstract class RoutingFileSystem implements VirtualFileSystem {

    private final RoutedCapabilities routed = new RoutedCapabilities(this);

    /** Finds out where a path leads; {@code links} says what the operation does with a link at its end. */
    abstract Route route(VirtualPath path, LinkHandling links) throws IOException;

    /** Refuses to take away or replace what routes depend on. */
    abstract void requireRemovable(VirtualPath path) throws IOException;

    abstract Collection<VirtualFileSystem> targets();

    @Override
    public FileInfo stat(VirtualPath path, LinkHandling links) throws IOException {
        Route route = route(path, links);
        FileInfo info = route.target().stat(route.path(), links);
        Optional<String> target = info.linkTarget();
        if (target.isEmpty()) {
            return info;
        }
        return withTarget(route, path, info, target.get());
    }

    private static FileInfo withTarget(Route route, VirtualPath path, FileInfo info, String target) throws IOException {
        try {
            return info.toBuilder()
                    .linkTarget(route.linkTargetHere(path, target))
                    .build();
        } catch (AccessDeniedException leadsOut) {
            return info.toBuilder().noLinkTarget().build();
        }
    }

    @Override
    public EntryStream list(VirtualPath directory) throws IOException {
        Route route = route(directory, LinkHandling.FOLLOW);
        return route.target().list(route.path());
    }

    @Override
    public ReadableFile openRead(VirtualPath path, long offset) throws IOException {
        Route route = route(path, LinkHandling.FOLLOW);
        return route.target().openRead(route.path(), offset);
    }

    @Override
    public WritableFile openWrite(VirtualPath path, WriteMode mode) throws IOException {
        Route route = route(path, LinkHandling.FOLLOW);
        return route.target().openWrite(route.path(), mode);
    }

    @Override
    public void createDirectory(VirtualPath path) throws IOException {
        Route route = route(path, LinkHandling.NO_FOLLOW);
        route.target().createDirectory(route.path());
    }

    @Override
    public void delete(VirtualPath path) throws IOException {
        requireRemovable(path);
        Route route = route(path, LinkHandling.NO_FOLLOW);
        route.target().delete(route.path());
    }

    @Override
    public void deleteDirectory(VirtualPath path) throws IOException {
        requireRemovable(path);
        Route route = route(path, LinkHandling.NO_FOLLOW);
        route.target().deleteDirectory(route.path());
    }

    @Override
    public void rename(VirtualPath from, VirtualPath to, RenameMode mode) throws IOException {
        requireRemovable(from);
        requireRemovable(to);
        Route old = route(from, LinkHandling.NO_FOLLOW);
        Route changed = route(to, LinkHandling.NO_FOLLOW);
        if (!old.sharesTargetWith(changed)) {
            throw new OperationNotSupportedException("rename between mounts", from);
        }
        old.target().rename(old.path(), changed.path(), mode);
    }

    @Override
    public boolean isReadOnly() {
        return targets().stream().allMatch(VirtualFileSystem::isReadOnly);
    }

    @Override
    public <C> Optional<C> capability(Class<C> type) {
        if (type == AtomicReplace.class) {
            boolean everywhere = targets().stream()
                    .allMatch(target -> target.capability(AtomicReplace.class).isPresent());
            return everywhere ? Optional.of(type.cast(AtomicReplace.SUPPORTED)) : Optional.empty();
        }
        boolean offered = RoutedCapabilities.OFFERED.contains(type)
                && targets().stream().anyMatch(target -> target.capability(type).isPresent());
        return offered ? Optional.of(type.cast(routed)) : Optional.empty();
    }

    @Override
    public void close() throws IOException {
        IOException failure = null;
        for (VirtualFileSystem target : targets()) {
            try {
                target.close();
            } catch (IOException failed) {
                if (failure == null) {
                    failure = failed;
                } else {
                    failure.addSuppressed(failed);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
