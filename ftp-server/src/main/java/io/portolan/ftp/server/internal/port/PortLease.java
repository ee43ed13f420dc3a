package io.portolan.ftp.server.internal.port;

import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A port on which one data connection from one client address is awaited. It accepts one connection and ends with it: from then on the port is
 * good for others, while the connection lives on. Whoever leased it closes it, whatever happens; closing twice, or after the connection came,
 * does nothing.
 *
 * <p>If the session can tell its connections from others of the address ({@link LeaseRequest#claim}), the lease ends only when it has {@linkplain #confirm() found} that the connection is its own. Others that
 * come meanwhile wait in a {@link Lobby}, and if it is {@linkplain #acceptNext() not}, the right one among them, or one that comes later, is the next.
 *
 * <p>Safe to use from any thread.
 */
public final class PortLease implements AutoCloseable {

    private enum State {
        /** Not told to the client yet: who connects now cannot mean this lease. */
        PREPARING,
        OPEN,
        /** A connection has come, and it is not known yet whose it is. */
        TAKEN,
        ACCEPTED,
        CLOSED
    }

    /** The first one is whoever was faster. Those behind it have shown in the clear the session that the right client resumes, as, besides that, only who listens in on the way can. */
    static final int MAX_REFUSALS = 4;

    private final PortPool pool;
    private final PortListener listener;
    private final LeaseRequest request;
    private final InetAddress key;
    private final AtomicReference<State> state = new AtomicReference<>(State.PREPARING);

    /** Changed on the session's loop. */
    private volatile Promise<Channel> accepted;

    /** Session's loop only. */
    private int refusals;

    /** Whether a connection has been refused, so that the next ones have to tell first whose they are. Pool's loop only. */
    private boolean guarded;

    /** A connection that has come before anybody asked for it. Session's loop only. */
    private @Nullable Channel arrived;

    /** Session's loop only. */
    private boolean awaited;

    PortLease(PortPool pool, PortListener listener, LeaseRequest request, InetAddress key) {
        this.pool = pool;
        this.listener = listener;
        this.request = request;
        this.key = key;
        this.accepted = request.sessionLoop().newPromise();
    }

    /**
     * The port to announce.
     *
     * @return 1–65535
     */
    public int port() {
        return listener.port();
    }

    /**
     * The data connection: registered on the session's loop, not reading yet ({@code autoRead} is off). It belongs to the caller from the
     * moment this completes; if the lease was closed before, no connection comes and this is cancelled. There is no time limit in here.
     *
     * <p>The connection is registered only now, even if it is there already, and this completes in the same turn of the loop: whoever adds handlers then, and
     * reads, misses nothing. On epoll a registered channel hears of the peer's end even while it does not read; Netty 4.2.18 then reads on its own accord, and
     * can be made to read no more.
     *
     * @return the same future each time, notified on the session's loop; fails with {@link CancellationException} when the lease was closed, or
     *     with an {@link java.io.IOException} when the allocator was shut down or the connection broke at once
     */
    public Future<Channel> accept() {
        onLoop(() -> {
            awaited = true;
            register();
        });
        return accepted;
    }

    /** The connection is the session's own, and the lease ends. To be called where {@link LeaseRequest#claim} is given; otherwise it has ended already. */
    public void confirm() {
        if (state.compareAndSet(State.TAKEN, State.ACCEPTED)) {
            pool.confirmed(this);
        }
    }

    /**
     * The connection is somebody else's: the next one. On the session's loop only.
     *
     * @return as {@link #accept}; or empty if the session cannot tell connections apart, or too many have been refused
     */
    public Optional<Future<Channel>> acceptNext() {
        if (state.get() != State.TAKEN || refusals == MAX_REFUSALS) {
            return Optional.empty();
        }
        refusals++;
        Promise<Channel> next = request.sessionLoop().newPromise();
        accepted = next;
        pool.reopen(this);
        return Optional.of(next);
    }

    /** Gives the port back, unless the connection has come; one that was not asked for by then is closed. */
    @Override
    public void close() {
        accepted.cancel(false);
        boolean came = isTaken() || state.get() == State.ACCEPTED;
        if (end()) {
            pool.giveBack(this);
        }
        if (came) {
            onLoop(this::register);
        }
    }

    /** The connection has come. */
    void arrived(Channel child) {
        onLoop(() -> {
            arrived = child;
            register();
        });
    }

    private void register() {
        Channel child = arrived;
        if (child == null || !awaited && !accepted.isDone()) {
            return;
        }
        arrived = null;
        if (accepted.isDone()) {
            child.unsafe().closeForcibly();
            return;
        }
        request.sessionLoop().register(child).addListener(registered -> {
            if (!registered.isSuccess()) {
                child.unsafe().closeForcibly();
                accepted.tryFailure(registered.cause());
            } else if (!accepted.trySuccess(child)) {
                child.close();
            }
        });
    }

    private void onLoop(Runnable task) {
        if (request.sessionLoop().inEventLoop()) {
            task.run();
        } else {
            request.sessionLoop().execute(task);
        }
    }

    /** From now on a connection may be accepted. */
    void open() {
        state.compareAndSet(State.PREPARING, State.OPEN);
    }

    /** Takes the right to the one connection. */
    boolean claim() {
        return state.compareAndSet(State.OPEN, request.claim() == null ? State.ACCEPTED : State.TAKEN);
    }

    /** Whether a connection has come that is not known yet to be the right one. */
    boolean isTaken() {
        return state.get() == State.TAKEN;
    }

    /** Whether the next connection has to tell whose it is before the session gets it. Pool's loop only. */
    boolean isContested() {
        return guarded || isTaken();
    }

    /** Returns whether a connection may be accepted again. Pool's loop only. */
    boolean reopen() {
        guarded = true;
        return state.compareAndSet(State.TAKEN, State.OPEN);
    }

    /** Ends the lease when the allocator shuts down; the pool needs nothing back. */
    void fail(PassivePortException cause) {
        if (end()) {
            accepted.tryFailure(cause);
        }
    }

    Promise<Channel> accepted() {
        return accepted;
    }

    LeaseRequest request() {
        return request;
    }

    InetAddress key() {
        return key;
    }

    PortListener listener() {
        return listener;
    }

    @Override
    public String toString() {
        return "PortLease[port=" + port() + ", owner=" + request.owner() + ", " + state.get() + "]";
    }

    private boolean end() {
        return state.compareAndSet(State.OPEN, State.CLOSED)
                || state.compareAndSet(State.TAKEN, State.CLOSED)
                || state.compareAndSet(State.PREPARING, State.CLOSED);
    }
}
