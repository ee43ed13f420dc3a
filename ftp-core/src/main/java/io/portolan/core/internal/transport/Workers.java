package io.portolan.core.internal.transport;

import io.portolan.transport.TransportOptions;
import java.util.Set;
import java.util.concurrent.Executor;

/** The threads that may block. */
interface Workers {

    Executor executor();

    /** For the log. */
    String description();

    /** Whether a thread must have ended before the endpoint has stopped. */
    boolean owns(Thread thread);

    /** Takes no more tasks, and waits for those that there are until {@link System#nanoTime()} reaches the deadline; returns whether all threads have ended. */
    boolean stop(long deadline) throws InterruptedException;

    /** Interrupts what runs. */
    void interrupt();

    /** Those of our threads that have not ended. */
    Set<Thread> alive();

    static Workers of(TransportOptions options, String prefix) {
        return options.lentWorkers().<Workers>map(LentWorkers::new).orElseGet(() -> OwnWorkers.start(options, prefix));
    }

    /** Somebody else's, who ends them. */
    record LentWorkers(Executor executor) implements Workers {
        @Override
        public String description() {
            return "lent workers";
        }

        @Override
        public boolean owns(Thread thread) {
            return false;
        }

        @Override
        public boolean stop(long deadline) {
            return true;
        }

        @Override
        public void interrupt() {}

        @Override
        public Set<Thread> alive() {
            return Set.of();
        }
    }
}
