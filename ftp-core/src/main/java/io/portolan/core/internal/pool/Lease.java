package io.portolan.core.internal.pool;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** A connection that is somebody's until it is given back. Safe to use from any thread. */
public final class Lease<C> {

    private final C connection;
    private final Consumer<Boolean> end;
    private final AtomicBoolean ended = new AtomicBoolean();

    Lease(C connection, Consumer<Boolean> end) {
        this.connection = connection;
        this.end = end;
    }

    public C connection() {
        return connection;
    }

    /** Gives it back. Only the first time counts. */
    public void giveBack() {
        if (ended.compareAndSet(false, true)) {
            end.accept(true);
        }
    }

    /** Gives it back to be closed, as nobody should use it again. */
    public void discard() {
        if (ended.compareAndSet(false, true)) {
            end.accept(false);
        }
    }
}
