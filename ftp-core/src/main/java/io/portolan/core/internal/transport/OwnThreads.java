package io.portolan.core.internal.transport;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes named daemon threads and remembers them until they have ended, so that they can be joined. They take nothing over from the thread that happens to create
 * them: no inheritable thread locals, no context class loader.
 */
final class OwnThreads implements ThreadFactory, OwnWorkers.Population {

    private final String prefix;
    private final Maker maker;
    private final AtomicInteger made = new AtomicInteger();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    /** Constructs the thread itself, which is not the same class for event loops and for others. */
    interface Maker {
        Thread make(Runnable task, String name);
    }

    OwnThreads(String prefix, Maker maker) {
        this.prefix = prefix;
        this.maker = maker;
    }

    static OwnThreads plain(String prefix) {
        return new OwnThreads(prefix, (task, name) -> new Thread(null, task, name, 0, false));
    }

    @Override
    public Thread newThread(Runnable task) {
        // A thread is dropped here and not when its task returns: until it has really ended it must be joined.
        threads.removeIf(thread -> thread.getState() == Thread.State.TERMINATED);
        Thread thread = prepare(maker.make(task, prefix + made.incrementAndGet()));
        threads.add(thread);
        return thread;
    }

    static Thread prepare(Thread thread) {
        thread.setDaemon(true);
        thread.setContextClassLoader(OwnThreads.class.getClassLoader());
        return thread;
    }

    @Override
    public boolean contains(Thread thread) {
        return threads.contains(thread);
    }

    /** Waits for all threads to end, until {@link System#nanoTime()} reaches the deadline; returns whether they have. */
    @Override
    public boolean join(long deadline) throws InterruptedException {
        for (Thread thread : threads) {
            if (!join(thread, deadline)) {
                return false;
            }
        }
        return true;
    }

    static boolean join(Thread thread, long deadline) throws InterruptedException {
        while (thread.isAlive()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            thread.join(TimeUnit.NANOSECONDS.toMillis(left) + 1);
        }
        return true;
    }

    @Override
    public void interruptAll() {
        threads.forEach(Thread::interrupt);
    }

    @Override
    public Set<Thread> alive() {
        threads.removeIf(thread -> !thread.isAlive());
        return Set.copyOf(threads);
    }
}
