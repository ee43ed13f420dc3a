package io.portolan.core.internal.resource;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A leased thing that a {@link ResourceRegistry} gives back should nobody else do it. Safe to use from any thread. */
public final class Registration implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(Registration.class);

    /** Who closes the resource; {@code null} once somebody does. Guarded by the registry, as are the links. */
    volatile @Nullable ResourceRegistry registry;

    @Nullable
    Registration older;

    @Nullable
    Registration newer;

    private final AutoCloseable resource;

    Registration(AutoCloseable resource) {
        this.resource = resource;
    }

    /** Closes the resource, unless it has been closed or {@linkplain #release() released}. What it throws is logged. */
    @Override
    public void close() {
        if (release()) {
            closeResource();
        }
    }

    /**
     * Takes the resource out of the registry without closing it: from now on it is the caller's.
     *
     * @return whether it was still registered; if not, it has been closed or released by another
     */
    public boolean release() {
        ResourceRegistry owner = registry;
        return owner != null && owner.remove(this);
    }

    /**
     * Whether the resource is still held.
     *
     * @return whether it has been neither closed nor released
     */
    public boolean isOpen() {
        return registry != null;
    }

    void closeResource() {
        try {
            resource.close();
        } catch (Exception e) {
            LOGGER.warn("Could not close {}", resource, e);
        }
    }
}
