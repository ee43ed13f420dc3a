package io.portolan.ftp.server.internal.port;

import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A port on which one data connection from one client address is awaited. It accepts one connection and ends with it: from then on the port is
 * good for others, while the connection lives on. Whoever leased it closes it, whatever happens; closing twice, or after the connection came,
 * does nothing.
 *
 * <p>Safe to use from any thread.
 */
public final class PortLease implements AutoCloseable {

    private enum State {
        /** Not told to the client yet: who connects now cannot mean this lease. */
        PREPARING,
        OPEN,
        ACCEPTED,
        CLOSED
    }

    private final PortPool pool;
    private final PortListener listener;
    private final LeaseRequest request;
    private final InetAddress key;
    private final Promise<Channel> accepted;
    private final AtomicReference<State> state = new AtomicReference<>(State.PREPARING);

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
     * @return the same future each time, notified on the session's loop; fails with {@link CancellationException} when the lease was closed, or
     *     with an {@link java.io.IOException} when the allocator was shut down or the connection broke at once
     */
    public Future<Channel> accept() {
        return accepted;
    }

    /** Gives the port back, unless the connection has come. */
    @Override
    public void close() {
        accepted.cancel(false);
        if (end()) {
            pool.giveBack(this);
        }
    }

    /** From now on a connection may be accepted. */
    void open() {
        state.compareAndSet(State.PREPARING, State.OPEN);
    }

    /** Takes the right to the one connection. */
    boolean claim() {
        return state.compareAndSet(State.OPEN, State.ACCEPTED);
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
        return state.compareAndSet(State.OPEN, State.CLOSED) || state.compareAndSet(State.PREPARING, State.CLOSED);
    }
}
