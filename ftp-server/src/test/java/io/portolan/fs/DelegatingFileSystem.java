package io.portolan.fs;

import java.util.Optional;

/** Files in memory, for tests to override what is to go wrong. Here, as what it builds upon is nobody's outside of this package. */
public class DelegatingFileSystem extends ForwardingFileSystem {

    public DelegatingFileSystem() {
        super(InMemoryFileSystem.create());
    }

    @Override
    public <C> Optional<C> capability(Class<C> type) {
        return delegate().capability(type);
    }
}
