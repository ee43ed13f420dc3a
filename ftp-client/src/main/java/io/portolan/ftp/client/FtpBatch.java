package io.portolan.ftp.client;

import io.portolan.core.internal.concurrent.OwnThread;
import io.portolan.fs.FileInfo;
import io.portolan.fs.ReadableFile;
import io.portolan.fs.WritableFile;
import io.portolan.ftp.client.internal.batch.Batch;
import io.portolan.ftp.client.internal.batch.BatchFile;
import io.portolan.ftp.client.internal.command.CommandText;
import io.portolan.ftp.client.internal.command.Downloads;
import io.portolan.ftp.client.internal.command.TransferTask;
import io.portolan.ftp.client.internal.command.Uploads;
import io.portolan.ftp.client.internal.session.ClientSession;
import io.portolan.transfer.TransferSink;
import io.portolan.transfer.TransferSource;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Moves many files over several connections, each of which has one at a time: with small files most time goes by in waiting for replies, and that they do together.
 *
 * <pre>{@code
 * FtpBatch.Result result = FtpBatch.over(client).run(List.of(
 *         FtpBatch.Job.upload(Path.of("a.csv"), "/in/a.csv"),
 *         FtpBatch.Job.upload(Path.of("b.csv"), "/in/b.csv")));
 * }</pre>
 *
 * <p>A file that fails leaves the others alone, and is told. What fails in a way that may pass, such as a connection that breaks, is tried again where that cannot write anything twice. A server that lets in fewer
 * connections is served by fewer. Whole directories are for {@link FtpMirror}.
 *
 * <p>Immutable; each call makes connections of its own. {@link #run} blocks; an interrupt closes the connections, and the call fails with an {@link InterruptedIOException}.
 */
public final class FtpBatch {

    /** Failures that a result keeps: enough to see what is wrong. */
    static final int MAX_FAILURES = 1000;

    private static final int MAX_CONNECTIONS = 64;
    private static final int MAX_ATTEMPTS = 100;
    /** What servers commonly let one address have, less some for others. */
    private static final int DEFAULT_CONNECTIONS = 4;

    private static final int DEFAULT_ATTEMPTS = 3;

    private final FtpClient client;
    private final int connections;
    private final int attempts;
    private final UploadOptions uploads;
    private final DownloadOptions downloads;
    private final Consumer<Outcome> listener;

    private FtpBatch(
            FtpClient client,
            int connections,
            int attempts,
            UploadOptions uploads,
            DownloadOptions downloads,
            Consumer<Outcome> listener) {
        this.client = client;
        this.connections = connections;
        this.attempts = attempts;
        this.uploads = uploads;
        this.downloads = downloads;
        this.listener = listener;
    }

    /**
     * A batch over 4 connections at the most, with 3 attempts for each file.
     *
     * @param client opens the connections
     * @return the batch
     */
    public static FtpBatch over(FtpClient client) {
        return new FtpBatch(
                Objects.requireNonNull(client, "client"),
                DEFAULT_CONNECTIONS,
                DEFAULT_ATTEMPTS,
                UploadOptions.defaults(),
                DownloadOptions.defaults(),
                outcome -> {});
    }

    /**
     * This batch with another number of connections.
     *
     * @param most 1 to 64
     * @return the batch
     */
    public FtpBatch withConnections(int most) {
        return new FtpBatch(
                client, within("connections", most, MAX_CONNECTIONS), attempts, uploads, downloads, listener);
    }

    /**
     * This batch with another number of attempts for each file.
     *
     * @param most 1 to 100
     * @return the batch
     */
    public FtpBatch withAttempts(int most) {
        return new FtpBatch(client, connections, within("attempts", most, MAX_ATTEMPTS), uploads, downloads, listener);
    }

    /**
     * This batch with other options of its uploads.
     *
     * @param options the options of each; what appends is not tried again
     * @return the batch
     */
    public FtpBatch withUploads(UploadOptions options) {
        return new FtpBatch(
                client, connections, attempts, Objects.requireNonNull(options, "options"), downloads, listener);
    }

    /**
     * This batch with other options of its downloads.
     *
     * @param options the options of each
     * @return the batch
     */
    public FtpBatch withDownloads(DownloadOptions options) {
        return new FtpBatch(
                client, connections, attempts, uploads, Objects.requireNonNull(options, "options"), listener);
    }

    /**
     * This batch with a listener.
     *
     * @param told told of each file when it is done or has failed, on the batch's threads, one call at a time; what it throws ends the batch
     * @return the batch
     */
    public FtpBatch withListener(Consumer<Outcome> told) {
        return new FtpBatch(
                client, connections, attempts, uploads, downloads, Objects.requireNonNull(told, "listener"));
    }

    private static int within(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(name + ": " + value + " is not within 1.." + most);
        }
        return value;
    }

    /** A file to be moved. */
    public static final class Job {

        private final String path;
        private final Optional<TransferSource> source;
        private final Optional<TransferSink> sink;
        /** Whether the sink can be opened again, whatever has been written to it. */
        private final boolean sinkBeginsAnew;

        private Job(String path, Optional<TransferSource> source, Optional<TransferSink> sink, boolean sinkBeginsAnew) {
            this.path = CommandText.path(path);
            this.source = source;
            this.sink = sink;
            this.sinkBeginsAnew = sinkBeginsAnew;
        }

        /**
         * An upload.
         *
         * @param file the file
         * @param path its path on the server
         * @return the job
         */
        public static Job upload(Path file, String path) {
            return upload(TransferSource.fromPath(file), path);
        }

        /**
         * An upload.
         *
         * @param source where it comes from
         * @param path its path on the server
         * @return the job
         */
        public static Job upload(TransferSource source, String path) {
            return new Job(path, Optional.of(source), Optional.empty(), false);
        }

        /**
         * A download.
         *
         * @param path the path on the server
         * @param file the file, which appears when it is whole, and takes the place of one that is there
         * @return the job
         */
        public static Job download(String path, Path file) {
            return new Job(path, Optional.empty(), Optional.of(TransferSink.toPath(file)), true);
        }

        /**
         * A download.
         *
         * @param path the path on the server
         * @param sink where it goes; if anything has been written to it, the download is not tried again
         * @return the job
         */
        public static Job download(String path, TransferSink sink) {
            return new Job(path, Optional.empty(), Optional.of(sink), false);
        }

        /**
         * The path on the server.
         *
         * @return the path
         */
        public String path() {
            return path;
        }

        /**
         * Which way it goes.
         *
         * @return whether it goes to the server
         */
        public boolean isUpload() {
            return source.isPresent();
        }

        @Override
        public String toString() {
            return (isUpload() ? "upload " : "download ") + path;
        }
    }

    /**
     * What has come of a file.
     *
     * @param job what was to be done
     * @param result what came of it; empty if it has failed
     * @param failure why it has failed; empty if it has not
     */
    public record Outcome(Job job, Optional<TransferResult> result, Optional<IOException> failure) {}

    /**
     * What has come of a batch.
     *
     * @param moved files that were moved
     * @param octets octets of theirs
     * @param failed files that were not moved
     * @param failures the first 1,000 of these
     */
    public record Result(long moved, long octets, long failed, List<Outcome> failures) {

        /** Copies the list. */
        public Result {
            failures = List.copyOf(failures);
        }
    }

    /**
     * Moves files.
     *
     * @param jobs what is to be done; the next is asked for when there is a connection for it, by one thread at a time, so that there may be any number of them
     * @return what has come of them
     * @throws IOException if no connection can be opened; what fails for a file is told by the result
     */
    public Result run(Iterable<Job> jobs) throws IOException {
        Tally tally = new Tally(listener);
        Iterator<Job> iterator = jobs.iterator();
        Iterator<BatchFile> files = new Iterator<>() {
            @Override
            public boolean hasNext() {
                return iterator.hasNext();
            }

            @Override
            public BatchFile next() {
                return new BatchFile(work(iterator.next(), tally));
            }
        };
        try {
            Batch.run(files, this::connect, attempts, connections, threads());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("interrupted, and ended");
            interrupted.initCause(e);
            throw interrupted;
        }
        return tally.result();
    }

    /**
     * As {@link #run}, on a thread of its own.
     *
     * @param jobs what is to be done
     * @return its end, of which is told on that thread. To cancel it is to interrupt it
     */
    public CompletableFuture<Result> start(Iterable<Job> jobs) {
        Objects.requireNonNull(jobs, "jobs");
        return OwnThread.start("portolan-batch", () -> run(jobs));
    }

    private Batch.Connection connect() throws IOException {
        ClientSession session = client.connectBlocking().async().session();
        return new Batch.Connection(session, session::close);
    }

    private static ThreadFactory threads() {
        AtomicInteger workers = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, "portolan-batch-" + workers.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    private BatchFile.Work work(Job job, Tally tally) {
        if (job.source.isPresent()) {
            return new Uploading(job, job.source.get(), uploads, tally);
        }
        return new Downloading(job, new Watched(job.sink.orElseThrow()), downloads, tally);
    }

    private record Uploading(Job job, TransferSource source, UploadOptions options, Tally tally)
            implements BatchFile.Work {

        @Override
        public TransferTask<TransferResult> start(ClientSession session) {
            return Uploads.start(session, source, job.path, options);
        }

        @Override
        public boolean isRepeatable() {
            return source.isRepeatable() && !options.append();
        }

        @Override
        public void succeeded(TransferResult result) {
            tally.succeeded(job, result);
        }

        @Override
        public void failed(IOException cause) {
            tally.failed(job, cause);
        }
    }

    private record Downloading(Job job, Watched sink, DownloadOptions options, Tally tally) implements BatchFile.Work {

        @Override
        public TransferTask<TransferResult> start(ClientSession session) {
            return Downloads.start(session, job.path, sink, options);
        }

        @Override
        public boolean isRepeatable() {
            return job.sinkBeginsAnew || !sink.written;
        }

        @Override
        public void succeeded(TransferResult result) {
            tally.succeeded(job, result);
        }

        @Override
        public void failed(IOException cause) {
            tally.failed(job, cause);
        }
    }

    /** A sink of which is known whether anything has been written to it. */
    private static final class Watched implements TransferSink {
        private final TransferSink sink;
        private volatile boolean written;

        Watched(TransferSink sink) {
            this.sink = sink;
        }

        @Override
        public WritableFile open(long offset) throws IOException {
            WritableFile file = sink.open(offset);
            return new WritableFile() {
                @Override
                public void write(ByteBuffer source) throws IOException {
                    written = true;
                    file.write(source);
                }

                @Override
                public void commit() throws IOException {
                    file.commit();
                }

                @Override
                public void close() throws IOException {
                    file.close();
                }
            };
        }

        @Override
        public boolean isRepeatable() {
            return sink.isRepeatable();
        }

        @Override
        public long resumeOffset() throws IOException {
            return sink.resumeOffset();
        }

        @Override
        public Optional<ReadableFile> openKept() throws IOException {
            return sink.openKept();
        }

        @Override
        public void keep(FileInfo original) throws IOException {
            sink.keep(original);
        }
    }

    /** Counts what is done and tells the listener. */
    private static final class Tally {
        private final Consumer<Outcome> listener;
        private final List<Outcome> failures = new ArrayList<>();
        private long moved;
        private long octets;
        private long failed;

        Tally(Consumer<Outcome> listener) {
            this.listener = listener;
        }

        synchronized void succeeded(Job job, TransferResult result) {
            moved++;
            octets += result.octets();
            listener.accept(new Outcome(job, Optional.of(result), Optional.empty()));
        }

        synchronized void failed(Job job, IOException cause) {
            failed++;
            Outcome outcome = new Outcome(job, Optional.empty(), Optional.of(cause));
            if (failures.size() < MAX_FAILURES) {
                failures.add(outcome);
            }
            listener.accept(outcome);
        }

        synchronized Result result() {
            return new Result(moved, octets, failed, failures);
        }
    }
}
