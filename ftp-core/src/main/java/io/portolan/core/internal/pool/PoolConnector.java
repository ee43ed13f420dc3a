package io.portolan.core.internal.pool;

import io.portolan.transfer.FileTransferException;
import java.util.concurrent.CompletableFuture;

/**
 * What a pool can do with its connections. Called on the pool's event loop, must not block, and may complete on any thread; every future must complete within a bounded time.
 *
 * @param <C> a connection
 */
public interface PoolConnector<C> {

    /** Opens one. */
    CompletableFuture<C> connect();

    /** Completes when it is over. Asked for once for each connection that was opened. */
    CompletableFuture<?> closed(C connection);

    /** Fails if it can no longer be used. */
    CompletableFuture<?> check(C connection);

    /** As new, for somebody else: the one who had it can do nothing with it any more. Fails if that cannot be had, such as when it is still at work. */
    CompletableFuture<C> renew(C connection);

    /** Ends it. */
    void close(C connection);

    /** Whether somebody who could not connect was one too many. */
    boolean tellsLimit(Throwable failure);

    /** The exception of this protocol for what the pool has to tell. */
    FileTransferException failure(String message, boolean retryable);
}
