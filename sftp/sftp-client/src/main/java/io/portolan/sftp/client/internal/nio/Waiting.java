package io.portolan.sftp.client.internal.nio;

import io.portolan.core.internal.concurrent.Delivery;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Waits for what a session was asked for; an interrupt cancels it. */
final class Waiting {

    private Waiting() {}

    static <T extends @Nullable Object> T await(CompletableFuture<T> result) throws IOException {
        return Delivery.await(result, () -> result.cancel(false));
    }
}
