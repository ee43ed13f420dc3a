package io.portolan.sftp.client;

import io.portolan.core.internal.concurrent.Delivery;
import io.portolan.sftp.client.internal.session.OpenFile;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * A file of a server that is open, to be read and written anywhere. Calls may be under way at the same time; what concerns the same octets is done in the order of the calls. A buffer is not to be touched until the future of its call has
 * completed. Safe to use from any thread.
 */
public final class RemoteFile implements AutoCloseable {

    private final OpenFile file;
    private final Executor workers;

    RemoteFile(OpenFile file, Executor workers) {
        this.file = file;
        this.workers = workers;
    }

    private <T> CompletableFuture<T> submit(Supplier<CompletableFuture<T>> operation) {
        CompletableFuture<T> result = file.session().submit(operation);
        return Delivery.to(workers, result, () -> result.cancel(false));
    }

    private static void check(long position, ByteBuffer octets) {
        if (position < 0 || position > Long.MAX_VALUE - octets.remaining()) {
            throw new IllegalArgumentException(
                    "position: " + position + " is negative, or too near to the largest number");
        }
    }

    /**
     * Reads octets (READ, as many as it takes).
     *
     * @param position where they begin, 0 or more
     * @param target where they go, from its position on, which moves. Nobody else's until this completes; and after a cancellation for good, as answers that are under way still go there
     * @return how many were read: all that the buffer has room for, unless the file ends before or it is more than 2 MiB; -1 if there is none, as the file ends before the position
     * @throws IllegalArgumentException if the position is negative, or the buffer can only be read
     */
    public CompletableFuture<Integer> read(long position, ByteBuffer target) {
        Objects.requireNonNull(target, "target");
        check(position, target);
        if (target.isReadOnly()) {
            throw new IllegalArgumentException("target: can only be read");
        }
        return submit(() -> file.read(position, target));
    }

    /**
     * Writes octets (WRITE, as many as it takes).
     *
     * @param position where they go, 0 or more; of no meaning in a file that was opened to append
     * @param source what is written, all that remains in it; its position moves
     * @return completes when the server has said of all that they are written
     */
    public CompletableFuture<Void> write(long position, ByteBuffer source) {
        Objects.requireNonNull(source, "source");
        check(position, source);
        return submit(() -> file.write(position, source));
    }

    /**
     * How large it is (FSTAT).
     *
     * @return the octets
     */
    public CompletableFuture<Long> size() {
        return submit(file::size);
    }

    /**
     * Cuts it off, or adds zeros to it (FSETSTAT).
     *
     * @param octets how many it has then, 0 or more
     * @return completes when it is done
     */
    public CompletableFuture<Void> resize(long octets) {
        if (octets < 0) {
            throw new IllegalArgumentException("octets: " + octets + " is negative");
        }
        return submit(() -> file.resize(octets));
    }

    /**
     * Brings what was written to the server's disk (fsync@openssh.com).
     *
     * @return completes when it is there; fails if the server does not have the extension
     */
    public CompletableFuture<Void> sync() {
        return submit(file::sync);
    }

    /**
     * Closes it (CLOSE), behind all that is under way.
     *
     * @return completes when it is closed; fails if the server could not write all
     */
    public CompletableFuture<Void> closeAndTell() {
        return submit(file::close);
    }

    /** Closes it, and does not wait. */
    @Override
    public void close() {
        var ignored = file.session().submit(file::close);
    }
}
