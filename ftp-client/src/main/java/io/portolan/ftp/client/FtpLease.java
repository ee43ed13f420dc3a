package io.portolan.ftp.client;

import io.portolan.core.internal.pool.Lease;
import io.portolan.ftp.client.internal.pool.PooledSession;
import java.util.concurrent.Executor;

/** A session of a pool, until it is given back. Safe to use from any thread. */
public final class FtpLease implements AutoCloseable {

    private final Lease<PooledSession> lease;
    private final FtpSession session;

    FtpLease(Lease<PooledSession> lease, Executor workers) {
        this.lease = lease;
        this.session = new FtpSession(lease.connection().session(), workers);
    }

    /**
     * The session. Once it has been given back, whatever is asked of it fails; to close it closes its connection.
     *
     * @return the session, in the directory that the login leads to
     */
    public FtpSession session() {
        return session;
    }

    /**
     * The session for threads that wait.
     *
     * @return a view of {@link #session()}
     */
    public BlockingFtpSession blocking() {
        return session.blocking();
    }

    /**
     * Gives the session back to its pool; only the first time counts, and nothing is waited for. It is closed instead of being used again if anything is still under way on it, or if
     * {@link FtpSession#command} or {@link FtpSession#site} have been called on it, as these may have changed anything.
     */
    @Override
    public void close() {
        lease.giveBack();
    }

    /** Gives the session back to be closed, as it is not to be used again. */
    public void discard() {
        lease.discard();
    }
}
