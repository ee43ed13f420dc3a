package io.portolan.transfer;

import io.portolan.fs.ReadableFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.Flow;

/** Where the content of an upload comes from. Its methods are called on worker threads, one at a time. */
public interface TransferSource {

    /**
     * How much there is.
     *
     * @return the octets in all, counted from the first; empty if that is not known before the end
     * @throws IOException if it cannot be found out, as for a file that is not there
     */
    OptionalLong size() throws IOException;

    /**
     * Whether it can be {@linkplain #open opened} more than once, and each time gives the same: only then can a transfer be tried again.
     *
     * @return whether it can
     */
    boolean isRepeatable();

    /**
     * Opens the content.
     *
     * @param offset how many octets to leave out at the beginning, 0 or more
     * @return the content from there; the caller closes it
     * @throws IOException if it cannot be opened, or the offset lies behind its end
     */
    ReadableFile open(long offset) throws IOException;

    /**
     * A file.
     *
     * @param file the file, read when the transfer begins
     * @return the source
     */
    static TransferSource fromPath(Path file) {
        return new PathSource(file);
    }

    /**
     * Octets in memory.
     *
     * @param content the octets; not copied, so not to be changed before the end of the transfer
     * @return the source
     */
    static TransferSource fromBytes(byte[] content) {
        return new BufferSource(ByteBuffer.wrap(content));
    }

    /**
     * A buffer's remaining octets.
     *
     * @param content the buffer, whose position stays; its octets are not copied, so not to be changed before the end of the transfer
     * @return the source
     */
    static TransferSource fromBuffer(ByteBuffer content) {
        return new BufferSource(content.slice());
    }

    /**
     * A stream, which can be sent once.
     *
     * @param content the stream; closed at the end, whatever that is
     * @return the source
     */
    static TransferSource fromInputStream(InputStream content) {
        return StreamSource.once(content);
    }

    /**
     * Streams that can be had anew for each attempt.
     *
     * @param opener gives the stream from its beginning; called on a worker thread
     * @return the source
     */
    static TransferSource fromInputStream(Callable<? extends InputStream> opener) {
        return StreamSource.repeatable(opener);
    }

    /**
     * What a publisher gives, as fast as the server takes it. What is asked for in advance is bounded to a few buffers, so their size bounds the memory.
     *
     * @param content the publisher, subscribed to when the transfer begins
     * @return the source, which can be tried again if the publisher takes several subscribers; it is taken for one that does not
     */
    static TransferSource fromPublisher(Flow.Publisher<? extends ByteBuffer> content) {
        return new PublisherSource(Objects.requireNonNull(content, "content"));
    }
}
