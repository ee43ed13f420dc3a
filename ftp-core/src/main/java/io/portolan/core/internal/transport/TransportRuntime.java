package io.portolan.core.internal.transport;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.portolan.transport.TransportKind;
import io.portolan.transport.TransportOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The transport and the threads of one endpoint, from its start to the end of the last thread.
 *
 * <p>Nothing of Netty runs on a caller's thread: what has to be done outside of an event loop (to bind, to connect, to make a group or a TLS context) is handed to
 * {@link #onHouse}. Safe to use from any thread.
 */
public final class TransportRuntime implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(TransportRuntime.class);

    /** How long {@link #close()} waits for calls to file systems that are under way: sessions have been ended by then, so these are stragglers. */
    public static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

    /** How long a thread may take to end after it was told to (an event loop) or interrupted (a worker) before it is given up, with a warning. */
    private static final Duration END_PATIENCE = Duration.ofSeconds(5);

    private static final Duration INTERRUPT_INTERVAL = Duration.ofMillis(250);

    /** Netty's global executor ends its thread when it has had nothing to do for a second; it may be kept busy by others. */
    private static final Duration GLOBAL_EXECUTOR_PATIENCE = Duration.ofSeconds(3);

    private final String name;
    private final HouseThread house;
    private final Parts parts;
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private @Nullable Thread closer;
    private volatile long workersDeadline;

    /** What is made on the house thread. */
    private record Parts(
            Transport transport,
            EventLoopGroup acceptors,
            EventLoopGroup loops,
            @Nullable LoopGroup ownLoops,
            Workers workers) {}

    private TransportRuntime(String name, HouseThread house, Parts parts) {
        this.name = name;
        this.house = house;
        this.parts = parts;
    }

    /**
     * Starts the threads.
     *
     * @param options what was asked for
     * @param endpoint what the endpoint is called in the names of threads and in the log, such as {@code ftp}
     * @return the runtime, to be closed
     * @throws IllegalStateException if the transport asked for cannot be had, or Netty is too old; the message says what to do
     * @throws IllegalArgumentException if lent event loops cannot be used
     */
    public static TransportRuntime start(TransportOptions options, String endpoint) {
        String name = options.threadNamePrefix() + "-" + endpoint;
        HouseThread house = HouseThread.start(name + "-house");
        try {
            Parts parts = join(house.call(() -> assemble(options, name)));
            return new TransportRuntime(name, house, parts);
        } catch (RuntimeException | Error e) {
            house.close(FastThreadLocal::removeAll);
            joinUninterruptibly(house.thread());
            throw e;
        }
    }

    private static Parts assemble(TransportOptions options, String name) {
        NettyVersion.require42();
        Parts parts = options.lentLoops().isPresent() ? lent(options, name) : own(options, name);
        LOGGER.info(
                "{}: transport {}, {}, {}",
                name,
                parts.transport().kind(),
                parts.ownLoops() == null ? "lent event loops" : options.eventLoopThreads() + " event loops",
                parts.workers().description());
        return parts;
    }

    private static Parts own(TransportOptions options, String name) {
        Transport transport = Transport.choose(options.kind());
        LoopGroup loops = LoopGroup.start(options.eventLoopThreads(), transport.handlers(), name + "-loop-");
        return new Parts(transport, loops, loops, loops, workers(options, name));
    }

    private static Parts lent(TransportOptions options, String name) {
        EventLoopGroup acceptors = options.lentAcceptors().orElseThrow();
        EventLoopGroup loops = options.lentLoops().orElseThrow();
        Transport transport = transportOf(loops);
        if (transportOf(acceptors).kind() != transport.kind()) {
            throw new IllegalArgumentException("lend: the two groups of event loops are of different kinds");
        }
        return new Parts(transport, acceptors, loops, null, workers(options, name));
    }

    private static Transport transportOf(EventLoopGroup group) {
        if (group instanceof IoEventLoopGroup io) {
            return Transport.of(io);
        }
        throw new IllegalArgumentException(
                "lend: not an IoEventLoopGroup, which all groups of Netty 4.2 are: " + group);
    }

    private static Workers workers(TransportOptions options, String name) {
        return Workers.of(options, name + "-worker-");
    }

    /**
     * Which transport is in use.
     *
     * @return the kind, never {@link TransportKind#AUTO}
     */
    public TransportKind kind() {
        return parts.transport().kind();
    }

    /**
     * Where connections live.
     *
     * @return the event loops
     */
    public EventLoopGroup loops() {
        return parts.loops();
    }

    /**
     * Where connections are accepted.
     *
     * @return the same as {@link #loops()} unless others are lent
     */
    public EventLoopGroup acceptors() {
        return parts.acceptors();
    }

    /**
     * Makes listening sockets for this transport.
     *
     * @return the factory
     */
    public ChannelFactory<? extends ServerChannel> serverChannels() {
        return parts.transport().serverChannels();
    }

    /**
     * Lets accepted connections give the octets that peers send as urgent in their place, as Telnet's Synch needs it.
     *
     * @param bootstrap what accepts them
     * @return the same
     */
    public ServerBootstrap keepingUrgentData(ServerBootstrap bootstrap) {
        UrgentData.keep(bootstrap, kind());
        return bootstrap;
    }

    /**
     * Makes outgoing connections for this transport.
     *
     * @return the factory
     */
    public ChannelFactory<? extends SocketChannel> clientChannels() {
        return parts.transport().clientChannels();
    }

    /**
     * Where whatever may block is run. After the end it throws {@link java.util.concurrent.RejectedExecutionException}.
     *
     * @return the workers
     */
    public Executor workers() {
        return parts.workers().executor();
    }

    /**
     * Does on our own thread what must not be done on the caller's. The task must not block for long: there is one such thread.
     *
     * @param task what to do
     * @param <T> what comes out
     * @return the result, completed on the house thread
     */
    public <T> CompletableFuture<T> onHouse(Callable<T> task) {
        return house.call(task);
    }

    /**
     * Whether a thread is one of those that end with this runtime, so that to wait for the end on it would be to wait for itself.
     *
     * @param thread a thread
     * @return whether it is the house thread, an event loop of our own, or a worker of our own
     */
    public boolean owns(Thread thread) {
        LoopGroup ownLoops = parts.ownLoops();
        return thread == house.thread()
                || (ownLoops != null && ownLoops.threads().contains(thread))
                || parts.workers().owns(thread);
    }

    /**
     * Whether to wait on a thread for the end of what runs here would be to wait for what that thread itself has to do.
     *
     * @param thread a thread
     * @return whether this runtime {@linkplain #owns owns} it, or it is an event loop that is lent
     */
    public boolean isNeeded(Thread thread) {
        return owns(thread) || isLoop(parts.loops(), thread) || isLoop(parts.acceptors(), thread);
    }

    private static boolean isLoop(EventLoopGroup group, Thread thread) {
        for (EventExecutor loop : group) {
            if (loop.inEventLoop(thread)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Makes a daemon thread that takes nothing over from the thread that makes it; it is not started, and whoever starts it sees to its end.
     *
     * @param role what it is for, as a part of its name
     * @param task what it does, without a call to Netty
     * @return the thread
     */
    public Thread newThread(String role, Runnable task) {
        return OwnThreads.prepare(new Thread(null, task, name + "-" + role, 0, false));
    }

    /**
     * Ends the event loops, which closes connections that are still open, then the workers, then the house. Returns at once; may be called from any thread and
     * several times, and a later call can only shorten the patience.
     *
     * @param patience how long calls that workers are in may still take before they are interrupted
     * @return completes when all threads have ended, on a thread that has not called Netty and that ends right after; exceptionally if a thread would not end
     */
    public CompletableFuture<Void> shutdown(Duration patience) {
        begin(patience);
        return stopped.copy();
    }

    private synchronized Thread begin(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        if (closer == null) {
            workersDeadline = deadline;
            closer = newThread("closer", this::end);
            closer.start();
        } else if (deadline - workersDeadline < 0) {
            workersDeadline = deadline;
            closer.interrupt();
        }
        return closer;
    }

    /**
     * Ends everything and waits until the last thread has ended, at the latest after {@link #CLOSE_PATIENCE} and some seconds. On one of this runtime's own
     * threads it does not wait, as that thread has to end too. Does not throw.
     */
    @Override
    public void close() {
        Thread closing = begin(CLOSE_PATIENCE);
        if (!owns(Thread.currentThread()) && Thread.currentThread() != closing) {
            joinUninterruptibly(closing);
        }
    }

    /** Runs on the closer, a plain thread that nobody waits on while it waits for the others. */
    private void end() {
        List<Thread> stubborn = new ArrayList<>();
        endLoops(stubborn);
        endWorkers(stubborn);
        endHouse(stubborn);
        if (stubborn.isEmpty()) {
            stopped.complete(null);
            return;
        }
        for (Thread thread : stubborn) {
            IllegalStateException where = new IllegalStateException("where it stands");
            where.setStackTrace(thread.getStackTrace());
            LOGGER.warn("{}: the thread {} does not end; it and its class loader leak", name, thread.getName(), where);
        }
        stopped.completeExceptionally(new IllegalStateException(name + ": " + stubborn.size()
                + " threads do not end, the first is " + stubborn.get(0).getName()));
    }

    private void endLoops(List<Thread> stubborn) {
        LoopGroup loops = parts.ownLoops();
        if (loops == null) {
            return;
        }
        house.call(() -> loops.shutdownGracefully(0, END_PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        if (!await(in(END_PATIENCE), loops.threads()::join)) {
            stubborn.addAll(loops.threads().alive());
        }
    }

    private void endWorkers(List<Thread> stubborn) {
        if (workersEndByThemselves()) {
            return;
        }
        Workers workers = parts.workers();
        long givenUp = in(END_PATIENCE);
        while (System.nanoTime() - givenUp < 0) {
            // More than once: the task interrupted may have others queued behind it that block as well.
            workers.interrupt();
            if (await(in(INTERRUPT_INTERVAL), workers::stop)) {
                return;
            }
        }
        stubborn.addAll(workers.alive());
    }

    private boolean workersEndByThemselves() {
        while (true) {
            try {
                return parts.workers().stop(workersDeadline);
            } catch (InterruptedException e) {
                LOGGER.debug("{}: there is less time to stop than there was", name);
            }
        }
    }

    private void endHouse(List<Thread> stubborn) {
        house.close(() -> {
            awaitGlobalExecutor();
            FastThreadLocal.removeAll();
        });
        if (!await(
                in(GLOBAL_EXECUTOR_PATIENCE.plus(END_PATIENCE)),
                deadline -> OwnThreads.join(house.thread(), deadline))) {
            stubborn.add(house.thread());
        }
    }

    /** Netty reports failed binds and connects on it; its thread, if there is one, holds on to Netty's class loader until it ends. */
    private static void awaitGlobalExecutor() {
        try {
            GlobalEventExecutor.INSTANCE.awaitInactivity(GLOBAL_EXECUTOR_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (IllegalStateException e) {
            LOGGER.trace("Netty's global executor was never used");
        } catch (InterruptedException e) {
            LOGGER.debug("Interrupted while Netty's global executor comes to rest");
        }
    }

    private interface Wait {
        boolean until(long deadline) throws InterruptedException;
    }

    /** An interrupt means that workers have less time, which is of no concern to whoever waits here. */
    private static boolean await(long deadline, Wait wait) {
        while (true) {
            try {
                return wait.until(deadline);
            } catch (InterruptedException e) {
                LOGGER.trace("Interrupted while threads end");
            }
        }
    }

    private static long in(Duration time) {
        return System.nanoTime() + time.toNanos();
    }

    private static <T> T join(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException runtime) {
                throw runtime;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e;
        }
    }

    private static void joinUninterruptibly(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
