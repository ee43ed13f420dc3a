package io.portolan.sftp.client.internal.segment;

import io.portolan.core.internal.concurrent.Delivery;
import io.portolan.sftp.client.internal.protocol.OpenMode;
import io.portolan.sftp.client.internal.session.ClientSession;
import io.portolan.sftp.client.internal.session.OpenFile;
import java.io.Closeable;
import java.io.IOException;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** A connection, used by one thread at a time, but for {@link #close}. */
final class SegmentSession implements Closeable {

    private final ClientSession session;
    private final boolean kept;

    /**
     * A connection.
     *
     * @param kept whether somebody else closes it
     */
    SegmentSession(ClientSession session, boolean kept) {
        this.session = session;
        this.kept = kept;
    }

    ClientSession session() {
        return session;
    }

    /** Waits for something that the session is asked for. */
    <T> T await(Supplier<CompletableFuture<T>> asked) throws IOException {
        CompletableFuture<T> answer = session.submit(asked);
        return Delivery.await(answer, () -> answer.cancel(false));
    }

    void done(Supplier<CompletableFuture<Void>> asked) throws IOException {
        var ignored = await(() -> asked.get().thenApply(nothing -> true));
    }

    OpenFile open(String path, Set<OpenMode> modes) throws IOException {
        return await(() -> OpenFile.open(session, path, modes, OptionalInt.empty()));
    }

    boolean isUsable() {
        return !session.ended().isDone();
    }

    @Override
    public void close() {
        if (!kept) {
            session.close();
        }
    }
}
