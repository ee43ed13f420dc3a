package io.portolan.core.internal.security;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** The threads of a server that a mechanism may use beside the event loops. They have ended before the server is said to have stopped. */
public interface SecurityThreads {

    /**
     * Runs something on the one thread for what must be done on a thread of ours and may take a moment, such as to make a context of TLS.
     *
     * @param task what to run
     * @param <T> what it returns
     * @return its result; fails if the server has stopped
     */
    <T> CompletableFuture<T> onHouse(Callable<T> task);

    /**
     * Threads that may block.
     *
     * @return the executor
     */
    Executor workers();
}
