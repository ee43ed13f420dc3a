package io.portolan.ftp.client;

import io.portolan.ftp.FtpReply;
import io.portolan.ftp.client.internal.Delivery;
import io.portolan.ftp.client.internal.command.CommandText;
import io.portolan.ftp.client.internal.command.Downloads;
import io.portolan.ftp.client.internal.command.Uploads;
import io.portolan.ftp.client.internal.session.ClientSession;
import io.portolan.transfer.TransferSink;
import io.portolan.transfer.TransferSource;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * A connection to a server, logged in. Whatever is asked for is done one after another, in the order in which it is asked for; who wants two things at a time has two sessions. Safe to use from any thread; futures are
 * completed on worker threads, so what depends on them may block.
 *
 * <p>Paths are given to the server as they are: {@code /a} from its root, {@code a} from the directory that the user is in. A CR, LF or NUL in one is refused with an {@link IllegalArgumentException}, which all
 * methods throw at once.
 */
public final class FtpSession implements AutoCloseable {

    private final ClientSession session;
    private final Executor workers;

    FtpSession(ClientSession session, Executor workers) {
        this.session = session;
        this.workers = workers;
    }

    private <T> CompletableFuture<T> deliver(CompletableFuture<T> result) {
        return Delivery.to(workers, result, () -> result.cancel(false));
    }

    ClientSession session() {
        return session;
    }

    /**
     * The same session for threads that wait.
     *
     * @return a view of this session
     */
    public BlockingFtpSession blocking() {
        return new BlockingFtpSession(this);
    }

    /**
     * Downloads a file (RETR).
     *
     * @param path the file
     * @param sink where it goes
     * @return the download, which has been queued
     */
    public Download download(String path, TransferSink sink) {
        return download(path, sink, DownloadOptions.defaults());
    }

    /**
     * Downloads a file (RETR).
     *
     * @param path the file
     * @param sink where it goes
     * @param options how
     * @return the download, which has been queued
     */
    public Download download(String path, TransferSink sink, DownloadOptions options) {
        Objects.requireNonNull(sink, "sink");
        return new Download(Downloads.start(session, CommandText.path(path), sink, options), workers);
    }

    /**
     * Uploads a file (STOR, or APPE).
     *
     * @param source where it comes from
     * @param path the file, which is replaced if it is there
     * @return the upload, which has been queued
     */
    public Upload upload(TransferSource source, String path) {
        return upload(source, path, UploadOptions.defaults());
    }

    /**
     * Uploads a file (STOR, or APPE).
     *
     * @param source where it comes from
     * @param path the file
     * @param options how
     * @return the upload, which has been queued
     */
    public Upload upload(TransferSource source, String path, UploadOptions options) {
        Objects.requireNonNull(source, "source");
        return new Upload(Uploads.start(session, source, CommandText.path(path), options), workers);
    }

    /**
     * Sends any command that has one reply and no data connection.
     *
     * @param verb the command
     * @param argument what stands behind it; empty for nothing
     * @return the reply, whatever its code
     * @throws IllegalArgumentException if there is a CR, LF or NUL in it, or the verb is no word
     */
    public CompletableFuture<FtpReply> command(String verb, String argument) {
        String upper = CommandText.verb(verb).toUpperCase(Locale.ROOT);
        CommandText.check("argument", argument);
        return deliver(session.submit(() -> session.tried(upper, argument)));
    }

    /**
     * What the server can do beyond RFC 959.
     *
     * @return what it has told after the login
     */
    public ServerFeatures features() {
        return session.features();
    }

    /**
     * Whether the session can be used. One that can may break at the next moment.
     *
     * @return whether the control connection is open
     */
    public boolean isOpen() {
        return !session.closed().isDone();
    }

    /**
     * The session's end.
     *
     * @return completes with why, when it is over
     */
    public CompletableFuture<FtpException> closed() {
        return deliver(session.closed().copy());
    }

    /**
     * Says good-bye (QUIT) when all that was asked for is done.
     *
     * @return completes when the connection is closed, two seconds later at the latest
     */
    public CompletableFuture<Void> quit() {
        return deliver(session.quit());
    }

    /** Ends the connection at once, without a word; what is under way fails. Does not wait. */
    @Override
    public void close() {
        session.close();
    }
}
