package io.portolan.fs;

import java.util.Optional;

/** A file system that sessions share and that therefore none of them closes. */
final class SharedFileSystem extends ForwardingFileSystem {

    SharedFileSystem(VirtualFileSystem shared) {
        super(shared);
    }

    @Override
    public <C> Optional<C> capability(Class<C> type) {
        return delegate().capability(type);
    }

    @Override
    public void close() {
        // its owner closes it
    }
}
