package io.portolan.ftp.client;

import io.portolan.ftp.FtpReply;
import io.portolan.ftp.client.internal.Delivery;
import io.portolan.ftp.client.internal.command.CommandText;
import io.portolan.transfer.TransferSink;
import io.portolan.transfer.TransferSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/**
 * A session for threads that wait. Each method does what {@link FtpSession}'s does; what its future would fail with is thrown. A thread that is interrupted while it waits gets a {@link java.io.InterruptedIOException},
 * stays interrupted, and what it waited for is cancelled.
 */
public final class BlockingFtpSession implements AutoCloseable {

    private final FtpSession async;

    BlockingFtpSession(FtpSession async) {
        this.async = async;
    }

    private static <T> T await(CompletableFuture<T> result) throws IOException {
        return Delivery.await(result, () -> result.cancel(false));
    }

    /**
     * The same session for threads that do not wait.
     *
     * @return the session
     */
    public FtpSession async() {
        return async;
    }

    /**
     * Downloads a file; it is there when it is whole.
     *
     * @param path the file
     * @param target where it goes; replaced if it is there
     * @return what has come of it
     * @throws IOException if it fails
     */
    public TransferResult download(String path, Path target) throws IOException {
        return download(path, TransferSink.toPath(target), DownloadOptions.defaults());
    }

    /**
     * Downloads a file.
     *
     * @param path the file
     * @param sink where it goes
     * @param options how
     * @return what has come of it
     * @throws IOException if it fails
     */
    public TransferResult download(String path, TransferSink sink, DownloadOptions options) throws IOException {
        return async.download(path, sink, options).await();
    }

    /**
     * Uploads a file.
     *
     * @param source the file here
     * @param path the file there; replaced if it is there
     * @return what has come of it
     * @throws IOException if it fails
     */
    public TransferResult upload(Path source, String path) throws IOException {
        return upload(TransferSource.fromPath(source), path, UploadOptions.defaults());
    }

    /**
     * Uploads a file.
     *
     * @param source where it comes from
     * @param path the file
     * @param options how
     * @return what has come of it
     * @throws IOException if it fails
     */
    public TransferResult upload(TransferSource source, String path, UploadOptions options) throws IOException {
        return async.upload(source, path, options).await();
    }

    /**
     * Sends any command that has one reply and no data connection.
     *
     * @param verb the command
     * @param argument what stands behind it; empty for nothing
     * @return the reply, whatever its code
     * @throws IOException if none comes
     */
    public FtpReply command(String verb, String argument) throws IOException {
        String upper = CommandText.verb(verb).toUpperCase(Locale.ROOT);
        CommandText.check("argument", argument);
        return await(async.session().submit(() -> async.session().tried(upper, argument)));
    }

    /**
     * What the server can do beyond RFC 959.
     *
     * @return what it has told after the login
     */
    public ServerFeatures features() {
        return async.features();
    }

    /**
     * Whether the session can be used. One that can may break at the next moment.
     *
     * @return whether the control connection is open
     */
    public boolean isOpen() {
        return async.isOpen();
    }

    /**
     * Says good-bye (QUIT), and waits until the connection is closed: two seconds at the most, behind what else was asked for.
     *
     * @throws IOException if the thread is interrupted
     */
    public void quit() throws IOException {
        await(async.session().quit());
    }

    /** Ends the connection at once, without a word; what is under way fails. Does not wait. */
    @Override
    public void close() {
        async.close();
    }
}
