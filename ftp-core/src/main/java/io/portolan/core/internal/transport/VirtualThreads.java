package io.portolan.core.internal.transport;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A virtual thread for each task, by reflection, as we are compiled for Java 17. Reads of local files cost the same as on a pool (measured on Java 25 with 4 KiB); the
 * gain is that calls that wait for a store on the network are not bounded by a number of threads.
 */
final class VirtualThreads implements OwnWorkers.Population {

    private static final Logger LOGGER = LoggerFactory.getLogger(VirtualThreads.class);

    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final ExecutorService executor;

    private VirtualThreads(String prefix) throws ReflectiveOperationException {
        ThreadFactory factory = factory(prefix);
        ThreadFactory remembering = task -> factory.newThread(() -> run(task));
        executor = (ExecutorService) Executors.class
                .getMethod("newThreadPerTaskExecutor", ThreadFactory.class)
                .invoke(null, remembering);
    }

    /** Finds out whether this JVM has virtual threads; before Java 21 it has none. */
    static Optional<VirtualThreads> ofThisJvm(String prefix) {
        if (Runtime.version().feature() < 21) {
            return Optional.empty();
        }
        try {
            return Optional.of(new VirtualThreads(prefix));
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOGGER.debug("Virtual threads cannot be used", e);
            return Optional.empty();
        }
    }

    /** {@code Thread.ofVirtual().name(prefix, 1).inheritInheritableThreadLocals(false).factory()}. */
    private static ThreadFactory factory(String prefix) throws ReflectiveOperationException {
        Class<?> type = Class.forName("java.lang.Thread$Builder");
        Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
        builder = type.getMethod("name", String.class, long.class).invoke(builder, prefix, 1L);
        builder =
                type.getMethod("inheritInheritableThreadLocals", boolean.class).invoke(builder, false);
        return (ThreadFactory) type.getMethod("factory").invoke(builder);
    }

    private void run(Runnable task) {
        Thread current = Thread.currentThread();
        current.setContextClassLoader(VirtualThreads.class.getClassLoader());
        threads.add(current);
        try {
            task.run();
        } finally {
            threads.remove(current);
        }
    }

    ExecutorService executor() {
        return executor;
    }

    @Override
    public boolean contains(Thread thread) {
        return threads.contains(thread);
    }

    @Override
    public boolean join(long deadline) {
        // The executor has already waited for each thread's end.
        return true;
    }

    @Override
    public void interruptAll() {
        threads.forEach(Thread::interrupt);
    }

    @Override
    public Set<Thread> alive() {
        return Set.copyOf(threads);
    }
}
