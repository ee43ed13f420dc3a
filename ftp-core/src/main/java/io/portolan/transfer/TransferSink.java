package io.portolan.transfer;

import io.portolan.fs.FileInfo;
import io.portolan.fs.ReadableFile;
import io.portolan.fs.WritableFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Flow;

/**
 * Where the content of a download goes. Its methods are called on worker threads, one at a time. What is written counts only once it is committed, which is done when the
 * server has said that it was all; to close without that is an abort.
 */
public interface TransferSink {

    /**
     * Opens what is written to.
     *
     * @param offset how many octets are there already and stay, 0 or more: what {@link #resumeOffset()} has told, or 0 for a new beginning
     * @return what the octets from there are written to; the caller commits and closes it
     * @throws IOException if it cannot be opened, or cannot go on at the offset
     */
    WritableFile open(long offset) throws IOException;

    /**
     * Whether it can be {@linkplain #open opened} at its beginning once more, whatever was written to it and not committed: only then can a download begin anew.
     *
     * @return whether it can; false for what cannot take octets back, such as a stream
     */
    default boolean isRepeatable() {
        return false;
    }

    /**
     * How much is there already of an earlier attempt.
     *
     * @return the octets; 0 if there are none, or this cannot go on with them
     * @throws IOException if it cannot be found out
     */
    default long resumeOffset() throws IOException {
        return 0;
    }

    /**
     * Opens what is there already of an earlier attempt for reading, so that a download that goes on behind it can be compared with the server's hash of the whole file.
     *
     * @return the octets that {@link #resumeOffset()} tells of, from the first; the caller closes it. Empty if they cannot be read, as from a stream
     * @throws IOException if they cannot be opened
     */
    default Optional<ReadableFile> openKept() throws IOException {
        return Optional.empty();
    }

    /**
     * Gives what was downloaded the time and the permissions of the file that it is a copy of, as far as it can have them. Called behind the commit of a download that is to keep them.
     *
     * @param original what is known of the file
     * @throws IOException if it can have them, and they cannot be set
     */
    default void keep(FileInfo original) throws IOException {
        // octets without a file have none
    }

    /**
     * A file that is complete or not there: it is written beside, under another name, and takes its place when all has come.
     *
     * @param file the file; one that is there is replaced
     * @return the sink
     */
    static TransferSink toPath(Path file) {
        return new PathSink(file, false, false);
    }

    /**
     * As {@link #toPath}, but what has come of a download that broke is kept, as {@code NAME.part}, and a download that resumes goes on there.
     *
     * @param file the file; one that is there is replaced at the end
     * @return the sink
     */
    static TransferSink toPathResumable(Path file) {
        return new PathSink(file, true, false);
    }

    /**
     * As {@link #toPath}, but blocks of 4 KiB in which there is nothing but zeros are not written: where the file system can do that, they take no room on the disk. For images of disks and their like; to look for zeros costs some
     * processor time.
     *
     * @param file the file; one that is there is replaced
     * @return the sink
     */
    static TransferSink toPathSparse(Path file) {
        return new PathSink(file, false, true);
    }

    /**
     * Octets in memory.
     *
     * @param limit how many to take at most, 0 or more: a server may send any number
     * @return the sink, which holds them at the end
     */
    static ByteSink toBytes(int limit) {
        return new ByteSink(limit);
    }

    /**
     * A stream. What has been written to it cannot be taken back if the download fails.
     *
     * @param target the stream; flushed when the download is whole, and closed never
     * @return the sink
     */
    static TransferSink toOutputStream(OutputStream target) {
        return new StreamSink(target);
    }

    /**
     * A subscriber, which gets buffers of its own as it asks for them, and by it holds back the server. It is told the end when the download is whole, and an error otherwise; if it cancels, the download fails.
     *
     * @param target the subscriber; called on worker threads, one at a time
     * @return the sink, for one download
     */
    static TransferSink toSubscriber(Flow.Subscriber<? super ByteBuffer> target) {
        return new SubscriberSink(Objects.requireNonNull(target, "target"));
    }
}
