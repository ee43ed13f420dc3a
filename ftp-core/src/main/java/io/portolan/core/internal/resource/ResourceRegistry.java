package io.portolan.core.internal.resource;

import org.jspecify.annotations.Nullable;

/**
 * What a session has leased: ports, open files, buffers, its slot. When the session dies everything is given back, the newest first, and whatever is being opened
 * at that moment is given back as soon as it is there. Safe to use from any thread.
 *
 * <p>Resources are closed on the thread that calls {@link Registration#close()} or {@link #closeAll()}. One that belongs to another thread registers a close that
 * hands over to that thread.
 */
public final class ResourceRegistry {

    private @Nullable Registration newest;
    private int size;
    private boolean closed;

    /**
     * Registers a resource.
     *
     * @param resource what must be closed; its {@code close()} is called at most once
     * @return the registration, with which to close it earlier; closed already if this registry is
     */
    public Registration register(AutoCloseable resource) {
        Registration registration = new Registration(resource);
        if (!add(registration)) {
            registration.closeResource();
        }
        return registration;
    }

    private synchronized boolean add(Registration registration) {
        if (closed) {
            return false;
        }
        registration.registry = this;
        registration.older = newest;
        if (newest != null) {
            newest.newer = registration;
        }
        newest = registration;
        size++;
        return true;
    }

    synchronized boolean remove(Registration registration) {
        if (registration.registry == null) {
            return false;
        }
        Registration older = registration.older;
        Registration newer = registration.newer;
        if (older != null) {
            older.newer = newer;
        }
        if (newer != null) {
            newer.older = older;
        } else {
            newest = older;
        }
        registration.older = null;
        registration.newer = null;
        registration.registry = null;
        size--;
        return true;
    }

    /** Closes everything, the newest first; what is registered from now on is closed at once. What a resource throws is logged and does not keep the others open. */
    public void closeAll() {
        Registration next = close();
        while (next != null) {
            next.close();
            next = peek();
        }
    }

    private synchronized @Nullable Registration close() {
        closed = true;
        return newest;
    }

    private synchronized @Nullable Registration peek() {
        return newest;
    }

    /**
     * Whether {@link #closeAll()} has been called.
     *
     * @return whether nothing can be held any more
     */
    public synchronized boolean isClosed() {
        return closed;
    }

    /**
     * How much is held.
     *
     * @return the number of open registrations
     */
    public synchronized int size() {
        return size;
    }
}
