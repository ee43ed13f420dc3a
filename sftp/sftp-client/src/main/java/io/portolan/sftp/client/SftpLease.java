package io.portolan.sftp.client;

import io.portolan.core.internal.pool.Lease;
import io.portolan.sftp.client.internal.connect.SshClientConnection;
import io.portolan.sftp.client.internal.pool.PooledSession;
import java.util.concurrent.Executor;

/** A session of a pool, until it is given back. Safe to use from any thread. */
public final class SftpLease implements AutoCloseable {

    private final Lease<PooledSession> lease;
    private final SftpSession session;

    SftpLease(Lease<PooledSession> lease, Executor workers) {
        PooledSession pooled = lease.connection();
        SshClientConnection connection = pooled.connection().connection();
        this.lease = lease;
        this.session = new SftpSession(pooled.session(), workers, connection.identification(), connection.banner());
    }

    /**
     * The session. Once it has been given back, whatever is asked of it fails, and to close it does nothing; to close it before ends its channel, and it is not used again.
     *
     * @return the session, in the directory that the login leads to
     */
    public SftpSession session() {
        return session;
    }

    /**
     * The session for threads that wait.
     *
     * @return a view of {@link #session()}
     */
    public BlockingSftpSession blocking() {
        return session.blocking();
    }

    /**
     * Gives the session back to its pool; only the first time counts, and nothing is waited for. Requests that are under way are still answered, transfers are cancelled, and files and listings that are open are closed; if that takes more than 10 seconds, the session
     * is closed instead of being used again.
     */
    @Override
    public void close() {
        lease.connection().session().leave();
        lease.giveBack();
    }

    /** Gives the session back to be closed, as it is not to be used again. */
    public void discard() {
        lease.discard();
    }
}
