package io.portolan.ftp.client;

import io.portolan.core.internal.concurrent.Delivery;
import io.portolan.core.internal.pool.ConnectionPool;
import io.portolan.core.internal.pool.Lease;
import io.portolan.ftp.client.internal.pool.PooledSession;
import io.portolan.ftp.client.internal.pool.SessionConnector;
import io.portolan.ftp.client.internal.session.ClientContext;
import io.portolan.pool.PoolOptions;
import io.portolan.pool.PoolState;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/**
 * Sessions that are used by one after another, so that not everybody has to connect and log in, and the server is not asked for more connections than it allows. Safe to use from any thread.
 *
 * <pre>{@code
 * try (FtpLease lease = pool.leaseBlocking()) {
 *     lease.blocking().upload(source, "in/file");
 * }
 * }</pre>
 *
 * <p>Where the server refuses one connection more (421, or a 530 that says so), the pool is content with those that it has, and tries one more from time to time. A session that has been idle for some time is tried
 * by NOOP before somebody gets it; one that has broken is never handed out knowingly. Who gets a session finds it in the directory that the login leads to.
 *
 * <p>A pool has no threads but its client's, and ends with it.
 */
public final class FtpPool implements AutoCloseable {

    private final ClientContext context;
    private final ConnectionPool<PooledSession> pool;
    private final Runnable closer;

    private FtpPool(ClientContext context, PoolOptions options) {
        this.context = context;
        this.pool = new ConnectionPool<>(context.nextLoop(), new SessionConnector(context), options);
        this.closer = pool::close;
        context.beforeClose(closer);
    }

    static FtpPool of(ClientContext context, PoolOptions options) {
        return new FtpPool(context, options);
    }

    /**
     * Takes a session, or waits for one.
     *
     * @return the session, to be given back; to cancel this gives up. Fails with the {@link FtpException} of {@link FtpClient#connect()}, or with a retryable one if none becomes free in time or too many wait
     */
    public CompletableFuture<FtpLease> lease() {
        CompletableFuture<Lease<PooledSession>> leasing = pool.lease();
        return Delivery.to(
                context.workers(),
                leasing.thenApply(lease -> new FtpLease(lease, context.workers())),
                () -> abandon(leasing),
                FtpLease::close);
    }

    /**
     * As {@link #lease()}, and waits for it.
     *
     * @return the session, to be given back
     * @throws FtpException if it fails
     * @throws java.io.InterruptedIOException if the thread is interrupted
     * @throws IOException never otherwise
     */
    public FtpLease leaseBlocking() throws IOException {
        CompletableFuture<Lease<PooledSession>> leasing = pool.lease();
        return new FtpLease(Delivery.await(leasing, () -> abandon(leasing)), context.workers());
    }

    private static void abandon(CompletableFuture<Lease<PooledSession>> leasing) {
        leasing.thenAccept(Lease::giveBack);
        leasing.cancel(false);
    }

    /**
     * What the pool holds.
     *
     * @return what it held a moment ago
     */
    public PoolState state() {
        return pool.state();
    }

    /** Closes the sessions that nobody has, and the others when they are given back; who waits for one hears that the pool is closed. Does not wait for any of this. */
    @Override
    public void close() {
        context.forget(closer);
        pool.close();
    }
}
