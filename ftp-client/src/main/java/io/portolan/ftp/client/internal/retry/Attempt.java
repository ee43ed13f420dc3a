package io.portolan.ftp.client.internal.retry;

import io.portolan.ftp.client.internal.session.ClientSession;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/**
 * Something that may take several attempts; remembers what the earlier ones have come to. By one thread.
 *
 * @param <T> what comes of it
 */
public interface Attempt<T> {

    /** Does it, or what is left of it; blocks. */
    T run(ClientSession session) throws IOException;

    /** Whether the attempt that has just failed leaves it so that it can be gone on with, or begun anew, without writing anything twice. */
    default boolean isRepeatable() {
        return true;
    }

    /** Whether the attempt that has just failed has brought something that the next can go on with. */
    default boolean cameFurther() {
        return false;
    }

    /**
     * There will be no other attempt: removes from the server what nobody will ask for. Does not wait.
     *
     * @return completes when that has been tried
     */
    default CompletableFuture<?> abandon(ClientSession session) {
        return CompletableFuture.completedFuture(null);
    }
}
