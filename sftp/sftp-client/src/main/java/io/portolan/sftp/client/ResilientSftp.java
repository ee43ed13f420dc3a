package io.portolan.sftp.client;

import io.portolan.core.internal.concurrent.OwnThread;
import io.portolan.core.internal.retry.Retry;
import io.portolan.sftp.client.internal.connect.ClientContext;
import io.portolan.sftp.client.internal.retry.CurrentSession;
import io.portolan.sftp.client.internal.retry.DownloadAttempt;
import io.portolan.sftp.client.internal.retry.UploadAttempt;
import io.portolan.sftp.client.internal.session.RemotePaths;
import io.portolan.transfer.RetryPolicy;
import io.portolan.transfer.TransferSink;
import io.portolan.transfer.TransferSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Transfers that survive what breaks: what fails in a way that may pass ({@link SftpException#isRetryable()}) is tried again by a {@link RetryPolicy}, on a new connection if need be, and goes on where it was.
 *
 * <pre>{@code
 * try (ResilientSftp sftp = client.resilient()) {
 *     sftp.upload(Path.of("report.csv"), "in/report.csv");
 * }
 * }</pre>
 *
 * <p><b>Downloads</b> go on behind what has come, into whatever sink, if the file's size and time are what they were, and are looked at once more at the end. If not, or where the server does not tell both, they begin anew if the
 * sink {@linkplain TransferSink#isRepeatable() can}, else they fail. A change that keeps the size within the precision of the time, which is a second in version 3 of SFTP, shows only by {@link Verification#HASH}, for which a sink
 * whose octets cannot be read again begins anew.
 *
 * <p><b>Uploads</b> are atomic by {@link #UPLOADS default}: sent under a temporary name, on which they go on behind what the server has said to have written, compared as a whole if they have, by the best way that the server knows,
 * and then renamed. If the answer to the rename is lost, the server is asked whether it was done before anything is done again; where that cannot be known, the upload fails and says so. An upload that is not atomic begins anew, unless
 * it {@linkplain UploadOptions#resume() resumes}. A source that is not {@linkplain TransferSource#isRepeatable() repeatable}, and whatever {@linkplain UploadOptions#append() appends}, is tried again only as long as nothing has been
 * read from the source. If the connection is gone for good, a file with a temporary name may be left on the server.
 *
 * <p>Safe to use from any thread. What is done at one time shares a connection, which is kept for the next. Methods block, but for those that start; an interrupt cancels what is done, and ends a wait at once, with a
 * {@link java.io.InterruptedIOException}. Paths without a slash at their beginning count from the directory that the login leads to.
 */
public final class ResilientSftp implements AutoCloseable {

    /** How files are uploaded where no options are given: atomically, else as {@link UploadOptions#defaults()}. */
    public static final UploadOptions UPLOADS =
            UploadOptions.builder().atomic(true).build();

    /**
     * What is done with a session, perhaps more than once.
     *
     * @param <T> what comes of it
     */
    @FunctionalInterface
    public interface Work<T> {

        /**
         * Does it.
         *
         * @param session a session that works, for the time of the call
         * @return what comes of it
         * @throws IOException if it fails; it is called again if that {@linkplain SftpException#isRetryable() may pass}
         */
        T on(BlockingSftpSession session) throws IOException;
    }

    private final ClientContext context;
    private final CurrentSession sessions;
    private final Retry<SftpSession> retry;
    private final Runnable closer;

    private ResilientSftp(ClientContext context, CurrentSession.Opener opener, RetryPolicy policy) {
        this.context = context;
        this.sessions = new CurrentSession(opener);
        this.retry = new Retry<>(sessions::take, policy, new Words());
        this.closer = () -> {
            retry.close();
            sessions.close();
        };
        context.beforeClose(closer);
    }

    static ResilientSftp of(ClientContext context, CurrentSession.Opener opener, RetryPolicy policy) {
        return new ResilientSftp(context, opener, policy);
    }

    private static final class Words implements Retry.Words {

        @Override
        public boolean isCancelled(IOException failure) {
            return failure instanceof SftpCancelledException;
        }

        @Override
        public IOException ended(String message, IOException because) {
            return new SftpConnectionException(message, because);
        }
    }

    /**
     * Downloads a file.
     *
     * @param path the file
     * @param target where it appears when it is whole; one that is there is replaced
     * @return what has come of it
     * @throws IOException the last failure
     */
    public TransferResult download(String path, Path target) throws IOException {
        return download(path, TransferSink.toPath(target), DownloadOptions.defaults());
    }

    /**
     * Downloads a file.
     *
     * @param path the file
     * @param sink where it goes; opened once for all attempts, unless they have to begin anew
     * @param options how
     * @return what has come of it, of all attempts together
     * @throws IOException the last failure
     */
    public TransferResult download(String path, TransferSink sink, DownloadOptions options) throws IOException {
        try (DownloadAttempt attempt = new DownloadAttempt(
                RemotePaths.check(path),
                Objects.requireNonNull(sink, "sink"),
                Objects.requireNonNull(options, "options"))) {
            return retry.call(attempt.within(SftpSession::session));
        }
    }

    /**
     * As {@link #download(String, TransferSink, DownloadOptions)}, on a thread of its own.
     *
     * @param path the file
     * @param sink where it goes
     * @param options how
     * @return its end, of which is told on that thread. To cancel it is to interrupt it
     */
    public CompletableFuture<TransferResult> startDownload(String path, TransferSink sink, DownloadOptions options) {
        var ignored = RemotePaths.check(path);
        return OwnThread.start("portolan-resilient-sftp", () -> download(path, sink, options));
    }

    /**
     * Uploads a file, atomically.
     *
     * @param source the file here
     * @param path the file there; replaced if it is there
     * @return what has come of it
     * @throws IOException the last failure
     */
    public TransferResult upload(Path source, String path) throws IOException {
        return upload(TransferSource.fromPath(source), path, UPLOADS);
    }

    /**
     * Uploads a file.
     *
     * @param source where it comes from
     * @param path the file
     * @param options how; {@link #UPLOADS} to begin with
     * @return what has come of it, of all attempts together
     * @throws IOException the last failure
     */
    public TransferResult upload(TransferSource source, String path, UploadOptions options) throws IOException {
        return retry.call(new UploadAttempt(
                        Objects.requireNonNull(source, "source"),
                        RemotePaths.check(path),
                        Objects.requireNonNull(options, "options"))
                .within(SftpSession::session));
    }

    /**
     * As {@link #upload(TransferSource, String, UploadOptions)}, on a thread of its own.
     *
     * @param source where it comes from
     * @param path the file
     * @param options how
     * @return its end, of which is told on that thread. To cancel it is to interrupt it
     */
    public CompletableFuture<TransferResult> startUpload(TransferSource source, String path, UploadOptions options) {
        var ignored = RemotePaths.check(path);
        return OwnThread.start("portolan-resilient-sftp", () -> upload(source, path, options));
    }

    /**
     * Lists a directory, as a whole or not at all.
     *
     * @param path the directory; empty for that of the login
     * @return its entries, as {@link BlockingSftpSession#list} tells them
     * @throws IOException the last failure
     */
    public List<RemoteEntry> list(String path) throws IOException {
        return call(session -> session.list(path));
    }

    /**
     * What there is to know of a file or directory.
     *
     * @param path the file or directory
     * @return what is known; empty if there is no such file
     * @throws IOException the last failure
     */
    public Optional<RemoteEntry> stat(String path) throws IOException {
        return call(session -> session.stat(path));
    }

    /**
     * Makes a directory and those above it that are not there.
     *
     * @param path the directory
     * @throws IOException the last failure
     */
    public void createDirectories(String path) throws IOException {
        var ignored = call(session -> {
            session.createDirectories(path);
            return path;
        });
    }

    /**
     * Does anything that may be done twice. What must not, such as to rename or to append, is nothing for this: an attempt of which nothing was heard may have succeeded.
     *
     * @param work what is done
     * @param <T> what comes of it
     * @return what has come of it
     * @throws IOException the last failure
     */
    public <T> T call(Work<T> work) throws IOException {
        Objects.requireNonNull(work, "work");
        return retry.call(session -> work.on(session.blocking()));
    }

    /** Ends waits at once, and with them what waits; lets transfers that are under way come to their end, but does not try them again, and does not wait for them. */
    @Override
    public void close() {
        context.forget(closer);
        closer.run();
    }
}
