package io.portolan.fs;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * A directory of a file system as the root of another, for file systems without {@link Subtrees}. Links are looked for on the way to each path and resolved here, so that none
 * leads above the root.
 */
final class RootedFileSystem extends RoutingFileSystem {

    /** As many links as Linux follows on one path. */
    private static final int MAX_LINKS = 40;

    private final VirtualFileSystem delegate;
    private final VirtualPath root;

    RootedFileSystem(VirtualFileSystem delegate, VirtualPath root) {
        this.delegate = delegate;
        this.root = root;
    }

    @Override
    Route route(VirtualPath path, LinkHandling links) throws IOException {
        VirtualPath here = VirtualPath.root();
        Deque<String> ahead = new ArrayDeque<>(path.segments());
        int count = 0;
        while (!ahead.isEmpty()) {
            String name = ahead.remove();
            if (name.equals("..")) {
                if (here.isRoot()) {
                    throw new AccessDeniedException(path.toString(), null, "a link leads out of the root");
                }
                here = here.parent();
                continue;
            }
            if (name.isEmpty() || name.equals(".")) {
                continue;
            }
            VirtualPath next = here.child(name);
            boolean followed = !ahead.isEmpty() || links == LinkHandling.FOLLOW;
            Optional<String> target = followed ? linkAt(next) : Optional.empty();
            if (target.isEmpty()) {
                here = next;
                continue;
            }
            if (++count > MAX_LINKS) {
                throw new FileSystemLoopException(path.toString());
            }
            String text = target.get();
            if (text.startsWith("/")) {
                VirtualPath absolute = VirtualPath.of(text);
                if (!absolute.startsWith(root)) {
                    throw new AccessDeniedException(path.toString(), null, "a link leads out of the root");
                }
                text = absolute.below(root).toString();
                here = VirtualPath.root();
            }
            String[] names = text.split("/", -1);
            for (int i = names.length - 1; i >= 0; i--) {
                ahead.push(names[i]);
            }
        }
        return new Route(delegate, root.join(here), VirtualPath.root(), root);
    }

    private Optional<String> linkAt(VirtualPath path) throws IOException {
        VirtualPath inner = root.join(path);
        FileInfo info;
        try {
            info = delegate.stat(inner, LinkHandling.NO_FOLLOW);
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
        if (info.type() != FileType.SYMBOLIC_LINK) {
            return Optional.empty();
        }
        Optional<Links> links = delegate.capability(Links.class);
        if (links.isPresent()) {
            return Optional.of(links.get().readLink(inner));
        }
        return Optional.of(info.linkTarget()
                .orElseThrow(() -> new AccessDeniedException(path.toString(), null, "a link whose target is unknown")));
    }

    @Override
    void requireRemovable(VirtualPath path) throws IOException {
        if (path.isRoot()) {
            throw new AccessDeniedException(path.toString(), null, "not for the root");
        }
    }

    @Override
    Collection<VirtualFileSystem> targets() {
        return List.of(delegate);
    }
}
