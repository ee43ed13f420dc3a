package io.portolan.fs;

import java.io.IOException;
import java.util.Optional;

/** A store's own subtree, which takes the store with it when it is closed. */
final class SubtreeFileSystem extends ForwardingFileSystem {

    private final VirtualFileSystem whole;

    SubtreeFileSystem(VirtualFileSystem subtree, VirtualFileSystem whole) {
        super(subtree);
        this.whole = whole;
    }

    @Override
    public <C> Optional<C> capability(Class<C> type) {
        return delegate().capability(type);
    }

    @Override
    public void close() throws IOException {
        try (whole) {
            super.close();
        }
    }
}
