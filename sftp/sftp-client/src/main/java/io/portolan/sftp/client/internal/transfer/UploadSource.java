package io.portolan.sftp.client.internal.transfer;

import io.portolan.fs.ReadableFile;
import io.portolan.sftp.client.SftpException;
import io.portolan.sftp.client.internal.protocol.ServerLimits;
import io.portolan.transfer.TransferSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Where the octets of an upload come from. Each call on the transfer's lane. */
final class UploadSource {

    /** To compare with what was read. */
    private static final ByteBuffer ZEROS =
            ByteBuffer.allocate(ServerLimits.MOST).asReadOnlyBuffer();

    /** What was read, and whether it is nothing but zeros. */
    record Portion(int octets, boolean zeros) {}

    private final TransferSource original;
    private final TransferSource read;
    private final BooleanSupplier stopped;
    private @Nullable ReadableFile file;

    /**
     * A source that is not open.
     *
     * @param hasher is told all that is read; null for nobody
     * @param stopped whether nobody wants what is read any more
     */
    UploadSource(TransferSource original, @Nullable Hasher hasher, BooleanSupplier stopped) {
        this.original = original;
        this.read = hasher == null ? original : new HashedSource(original, hasher, stopped);
        this.stopped = stopped;
    }

    /**
     * Opens it.
     *
     * @param skipped octets that the server has
     * @param path the file there, for what goes wrong
     * @return how many octets there are, with those that are skipped, if it is known
     */
    OptionalLong open(long skipped, String path) throws IOException {
        OptionalLong told = original.size();
        if (told.isPresent() && skipped > told.getAsLong()) {
            throw new SftpException(
                    path + ": has " + skipped + " octets there, and " + told.getAsLong()
                            + " here, so it is none that could go on",
                    null,
                    false);
        }
        file = read.open(skipped);
        return told;
    }

    /**
     * Reads until the room is full, or the source has no more.
     *
     * @param looked whether zeros are looked for
     */
    Portion read(ByteBuffer room, boolean looked) throws IOException {
        int octets = fill(room);
        return new Portion(octets, looked && room.slice(0, octets).mismatch(ZEROS.slice(0, octets)) < 0);
    }

    private int fill(ByteBuffer room) throws IOException {
        ReadableFile from = file;
        if (from == null || stopped.getAsBoolean()) {
            return 0;
        }
        int wanted = room.remaining();
        while (room.hasRemaining()) {
            int count = from.read(room);
            if (count < 0) {
                break;
            }
            requireProgress(count);
        }
        return wanted - room.remaining();
    }

    /** A source gives as little as it likes, but for nothing at all: whoever asks again would do so for ever. */
    static void requireProgress(int count) throws IOException {
        if (count == 0) {
            throw new IOException("the source gave 0 octets and did not end; it has to wait for at least one");
        }
    }

    /** Closes it, unless it is closed. */
    void close() throws IOException {
        ReadableFile from = file;
        file = null;
        if (from != null) {
            from.close();
        }
    }
}
