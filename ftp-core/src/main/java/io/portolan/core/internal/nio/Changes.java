package io.portolan.core.internal.nio;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Whether anything was changed through a file system. Safe to use from any thread. */
final class Changes {

    private final AtomicLong count = new AtomicLong();
    private final AtomicInteger writers = new AtomicInteger();

    /** Something is changed, or is about to be. */
    void changed() {
        count.incrementAndGet();
    }

    /** A file is open to be written, until {@link #writerEnded}. */
    void writerBegan() {
        writers.incrementAndGet();
        changed();
    }

    void writerEnded() {
        changed();
        writers.decrementAndGet();
    }

    /** To be given to {@link #noneSince}. */
    long now() {
        return count.get();
    }

    boolean noneSince(long before) {
        return writers.get() == 0 && count.get() == before;
    }
}
