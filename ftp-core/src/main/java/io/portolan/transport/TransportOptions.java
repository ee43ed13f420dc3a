package io.portolan.transport;

import io.netty.channel.EventLoopGroup;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Which transport is used, and on whose threads. Immutable.
 *
 * <p>Without further ado an endpoint makes its own threads and ends them when it is stopped: event loops, which move bytes and never block, and workers,
 * which call file systems, authenticators and listeners and may. Either can be lent instead. What is lent stays its owner's: it is not shut down, and it must
 * outlive the endpoint. Whoever redeploys applications within one JVM should lend nothing that lives longer than the application's class loader, as
 * threads that Netty has run on can hold on to the classes that it has met.
 */
public final class TransportOptions {

    /** The default of {@link #workerThreads()}: enough to keep disks busy and to let some dozens of calls to a remote store wait. */
    public static final int DEFAULT_WORKER_THREADS = 64;

    /** The default of {@link #threadNamePrefix()}. */
    public static final String DEFAULT_THREAD_NAME_PREFIX = "portolan";

    private static final TransportOptions DEFAULTS = builder().build();

    private final TransportKind kind;
    private final int eventLoopThreads;
    private final @Nullable EventLoopGroup acceptors;
    private final @Nullable EventLoopGroup loops;
    private final @Nullable Executor workers;
    private final int workerThreads;
    private final boolean virtualThreads;
    private final String threadNamePrefix;

    private TransportOptions(Builder builder) {
        kind = builder.kind;
        eventLoopThreads = builder.eventLoopThreads;
        acceptors = builder.acceptors;
        loops = builder.loops;
        workers = builder.workers;
        workerThreads = builder.workerThreads;
        virtualThreads = builder.virtualThreads;
        threadNamePrefix = builder.threadNamePrefix;
    }

    /**
     * The best transport that is there, on threads of the endpoint's own.
     *
     * @return the defaults
     */
    public static TransportOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Begins with the defaults.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Begins with these options.
     *
     * @return a builder
     */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.kind = kind;
        builder.eventLoopThreads = eventLoopThreads;
        builder.acceptors = acceptors;
        builder.loops = loops;
        builder.workers = workers;
        builder.workerThreads = workerThreads;
        builder.virtualThreads = virtualThreads;
        builder.threadNamePrefix = threadNamePrefix;
        return builder;
    }

    /**
     * The transport asked for.
     *
     * @return the kind; of no effect if event loops are lent, as they have one already
     */
    public TransportKind kind() {
        return kind;
    }

    /**
     * How many event loops of its own an endpoint has.
     *
     * @return the number, 1 or more
     */
    public int eventLoopThreads() {
        return eventLoopThreads;
    }

    /**
     * The lent event loops on which connections are accepted.
     *
     * @return the group, if one is lent
     */
    public Optional<EventLoopGroup> lentAcceptors() {
        return Optional.ofNullable(acceptors);
    }

    /**
     * The lent event loops on which connections live.
     *
     * @return the group, if one is lent
     */
    public Optional<EventLoopGroup> lentLoops() {
        return Optional.ofNullable(loops);
    }

    /**
     * The lent workers.
     *
     * @return the executor, if one is lent
     */
    public Optional<Executor> lentWorkers() {
        return Optional.ofNullable(workers);
    }

    /**
     * How many worker threads of its own an endpoint has at most; of no effect where they are virtual.
     *
     * @return the number, 1 or more
     */
    public int workerThreads() {
        return workerThreads;
    }

    /**
     * Whether own workers are virtual threads where the JVM has them.
     *
     * @return whether virtual threads are used on Java 21 and newer
     */
    public boolean virtualThreads() {
        return virtualThreads;
    }

    /**
     * What the names of own threads begin with.
     *
     * @return the prefix
     */
    public String threadNamePrefix() {
        return threadNamePrefix;
    }

    @Override
    public String toString() {
        return "TransportOptions[" + kind + ", "
                + (loops != null ? "lent event loops" : eventLoopThreads + " event loops") + ", "
                + (workers != null ? "lent workers" : "at most " + workerThreads + " workers") + "]";
    }

    /** Makes {@link TransportOptions}. Not for several threads at once. */
    public static final class Builder {
        private TransportKind kind = TransportKind.AUTO;
        private int eventLoopThreads = Runtime.getRuntime().availableProcessors();
        private @Nullable EventLoopGroup acceptors;
        private @Nullable EventLoopGroup loops;
        private @Nullable Executor workers;
        private int workerThreads = DEFAULT_WORKER_THREADS;
        private boolean virtualThreads = true;
        private String threadNamePrefix = DEFAULT_THREAD_NAME_PREFIX;

        private Builder() {}

        /**
         * Chooses the transport. One that is asked for by name and cannot be had makes the start fail, and the message says why.
         *
         * @param kind the transport; by default {@link TransportKind#AUTO}
         * @return this builder
         */
        public Builder kind(TransportKind kind) {
            this.kind = Objects.requireNonNull(kind, "kind");
            return this;
        }

        /**
         * Sets how many event loops the endpoint makes for itself. More than there are cores gain nothing, since event loops never block.
         *
         * @param threads the number, 1 or more; by default the number of cores
         * @return this builder
         */
        public Builder eventLoopThreads(int threads) {
            this.eventLoopThreads = threads;
            return this;
        }

        /**
         * Lends event loops instead of having the endpoint make its own. Both groups must be of one kind: epoll, kqueue, io_uring or NIO.
         *
         * @param acceptors where connections are accepted; may be the same as the other
         * @param loops where connections live
         * @return this builder
         */
        public Builder lend(EventLoopGroup acceptors, EventLoopGroup loops) {
            this.acceptors = Objects.requireNonNull(acceptors, "acceptors");
            this.loops = Objects.requireNonNull(loops, "loops");
            return this;
        }

        /**
         * Lends workers instead of having the endpoint make its own: a managed executor of an application server, say. It must run tasks on threads other than
         * the event loops, several at a time, and should take all it is given: what it refuses fails.
         *
         * @param workers the executor
         * @return this builder
         */
        public Builder workers(Executor workers) {
            this.workers = Objects.requireNonNull(workers, "workers");
            return this;
        }

        /**
         * Sets how many worker threads the endpoint makes for itself at most. They are made when there is work, and end when there is none. A file system that is
         * slow to answer needs as many as there are calls to wait for at a time. Virtual threads are not counted.
         *
         * @param threads the number, 1 or more; by default {@value TransportOptions#DEFAULT_WORKER_THREADS}
         * @return this builder
         */
        public Builder workerThreads(int threads) {
            this.workerThreads = threads;
            return this;
        }

        /**
         * Sets whether own workers are virtual threads where there are such (Java 21 and newer). A call that waits for a database or a store on the network then costs no
         * thread of the operating system.
         *
         * @param virtual whether to use them; by default true
         * @return this builder
         */
        public Builder virtualThreads(boolean virtual) {
            this.virtualThreads = virtual;
            return this;
        }

        /**
         * Sets what the names of own threads begin with.
         *
         * @param prefix the prefix, not blank; by default {@value TransportOptions#DEFAULT_THREAD_NAME_PREFIX}
         * @return this builder
         */
        public Builder threadNamePrefix(String prefix) {
            this.threadNamePrefix = Objects.requireNonNull(prefix, "prefix");
            return this;
        }

        /**
         * Makes the options.
         *
         * @return the options
         * @throws IllegalArgumentException if a setting is out of its range; the message names it
         */
        public TransportOptions build() {
            requirePositive(eventLoopThreads, "eventLoopThreads");
            requirePositive(workerThreads, "workerThreads");
            if (threadNamePrefix.isBlank()) {
                throw new IllegalArgumentException("threadNamePrefix: is blank");
            }
            return new TransportOptions(this);
        }

        private static void requirePositive(int value, String setting) {
            if (value < 1) {
                throw new IllegalArgumentException(setting + ": " + value + " is less than 1");
            }
        }
    }
}
