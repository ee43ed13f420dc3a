package io.portolan.sftp.client;

import io.netty.channel.EventLoop;
import io.portolan.core.internal.concurrent.Delivery;
import io.portolan.core.internal.pool.ConnectionPool;
import io.portolan.core.internal.pool.Lease;
import io.portolan.pool.PoolOptions;
import io.portolan.pool.PoolState;
import io.portolan.sftp.client.internal.connect.ClientContext;
import io.portolan.sftp.client.internal.pool.PooledSession;
import io.portolan.sftp.client.internal.pool.SessionConnector;
import io.portolan.sftp.client.internal.session.SessionSettings;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/**
 * Sessions that are used by one after another, so that not everybody has to connect and log in. Each has a channel of its own (RFC 4254 section 5), and several of them share a connection:
 * {@link SftpClient.Builder#channelsPerConnection}. Safe to use from any thread.
 *
 * <pre>{@code
 * try (SftpLease lease = pool.leaseBlocking()) {
 *     lease.blocking().upload(source, "in/file");
 * }
 * }</pre>
 *
 * <p>What {@link PoolOptions} and {@link PoolState} call connections are sessions here. Where the server opens no further channel on a connection (OpenSSH's {@code MaxSessions}), the pool is content with as many on each and opens more connections; where it
 * lets in no further connection while others are open, with the sessions that it has. Of both one more is tried from time to time ({@link PoolOptions#limitRetry()}). A connection ends with its last session.
 *
 * <p>A session that has been idle for some time is tried (REALPATH) before somebody gets it, 10 seconds at the most; one that has broken is never handed out knowingly. Who gets a session finds it as new: in the directory that the login leads to, with nothing open
 * and nothing under way.
 *
 * <p>A pool has no threads but its client's, and ends with it.
 */
public final class SftpPool implements AutoCloseable {

    private final ClientContext context;
    private final ConnectionPool<PooledSession> pool;
    private final Runnable closer;

    private SftpPool(ClientContext context, SessionSettings sessions, int channels, PoolOptions options) {
        EventLoop loop = context.nextLoop();
        this.context = context;
        this.pool = new ConnectionPool<>(
                loop, new SessionConnector(context, loop, sessions, channels, options.limitRetry()), options);
        this.closer = pool::close;
        context.beforeClose(closer);
    }

    static SftpPool of(ClientContext context, SessionSettings sessions, int channels, PoolOptions options) {
        return new SftpPool(context, sessions, channels, options);
    }

    /**
     * Takes a session, or waits for one.
     *
     * @return the session, to be given back; to cancel this gives up. Fails with the {@link SftpException} of {@link SftpClient#connect()}, or with a retryable one if none becomes free in time or too many wait
     */
    public CompletableFuture<SftpLease> lease() {
        CompletableFuture<Lease<PooledSession>> leasing = pool.lease();
        return Delivery.to(
                context.workers(),
                leasing.thenApply(lease -> new SftpLease(lease, context.workers())),
                () -> abandon(leasing),
                SftpLease::close);
    }

    /**
     * As {@link #lease()}, and waits for it.
     *
     * @return the session, to be given back
     * @throws SftpException if it fails
     * @throws java.io.InterruptedIOException if the thread is interrupted
     * @throws IOException never otherwise
     */
    public SftpLease leaseBlocking() throws IOException {
        CompletableFuture<Lease<PooledSession>> leasing = pool.lease();
        return new SftpLease(Delivery.await(leasing, () -> abandon(leasing)), context.workers());
    }

    private static void abandon(CompletableFuture<Lease<PooledSession>> leasing) {
        leasing.thenAccept(Lease::giveBack);
        leasing.cancel(false);
    }

    /**
     * What the pool holds, counted in sessions.
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
