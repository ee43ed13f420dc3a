package io.portolan.ftp.client;

import io.portolan.core.internal.concurrent.Delivery;
import io.portolan.ftp.FtpReply;
import io.portolan.ftp.client.internal.command.CommandText;
import io.portolan.ftp.client.internal.command.EntryCollector;
import io.portolan.ftp.client.internal.command.ListingTask;
import io.portolan.ftp.client.internal.command.ServerCopy;
import io.portolan.transfer.TransferSink;
import io.portolan.transfer.TransferSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A session for threads that wait. Each method does what {@link FtpSession}'s does; what its future would fail with is thrown. A thread that is interrupted while it waits gets a {@link java.io.InterruptedIOException},
 * stays interrupted, and what it waited for is cancelled.
 */
public final class BlockingFtpSession implements AutoCloseable {

    /** How many entries {@link #list} gives at most: more are not to be held at a time. */
    public static final int MAX_LISTED = 1_000_000;

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
        return await(async.commandNow(verb, argument));
    }

    /**
     * Lists a directory. For directories of any size see {@link FtpSession#list}.
     *
     * @param path the directory; empty for the one that the user is in
     * @return all entries, at most {@value #MAX_LISTED}
     * @throws IOException if it fails, also for more entries
     */
    public List<RemoteEntry> list(String path) throws IOException {
        ListingTask task = ListingTask.start(async.session(), CommandText.check("path", path));
        return Delivery.await(EntryCollector.collect(task, MAX_LISTED), task::cancel);
    }

    /**
     * Gives a file or directory another name or place (RNFR, RNTO).
     *
     * @param from the file or directory
     * @param to its new path; whether one that is there is replaced is for the server to say
     * @throws IOException if it fails
     */
    public void rename(String from, String to) throws IOException {
        await(async.renameNow(from, to));
    }

    /**
     * Deletes a file (DELE).
     *
     * @param path the file
     * @throws IOException if it fails
     */
    public void delete(String path) throws IOException {
        await(async.deleteNow(path));
    }

    /**
     * Deletes an empty directory (RMD).
     *
     * @param path the directory
     * @throws IOException if it fails
     */
    public void deleteDirectory(String path) throws IOException {
        await(async.deleteDirectoryNow(path));
    }

    /**
     * Deletes a directory with all that is in it; links are deleted, and what they lead to is left. What fails ends it.
     *
     * @param path the directory, or a file
     * @throws IOException if it fails
     */
    public void deleteRecursively(String path) throws IOException {
        await(async.deleteRecursivelyNow(path));
    }

    /**
     * Makes a directory (MKD).
     *
     * @param path the directory
     * @throws IOException if it fails
     */
    public void createDirectory(String path) throws IOException {
        await(async.createDirectoryNow(path));
    }

    /**
     * Makes a directory and those above it that are not there.
     *
     * @param path the directory
     * @throws IOException if it fails
     */
    public void createDirectories(String path) throws IOException {
        await(async.createDirectoriesNow(path));
    }

    /**
     * Goes to a directory, from which paths without a slash at their beginning count from then on (CWD).
     *
     * @param path the directory
     * @throws IOException if it fails
     */
    public void changeDirectory(String path) throws IOException {
        await(async.changeDirectoryNow(path));
    }

    /**
     * In which directory the user is (PWD).
     *
     * @return its path
     * @throws IOException if it fails
     */
    public String workingDirectory() throws IOException {
        return await(async.workingDirectoryNow());
    }

    /**
     * What there is to know of a file or directory: from MLST, else from SIZE and MDTM, else from the listing of the directory above it.
     *
     * @param path the file or directory
     * @return what is known; empty if there is no such file
     * @throws IOException if it fails
     */
    public Optional<RemoteEntry> stat(String path) throws IOException {
        return await(async.statNow(path));
    }

    /**
     * Sets when a file was changed last (MFMT, else SITE UTIME).
     *
     * @param path the file
     * @param time the time, of which whole seconds are told
     * @throws IOException if it fails
     */
    public void setModified(String path, Instant time) throws IOException {
        await(async.setModifiedNow(path, time));
    }

    /**
     * Sets a file's permissions, as Unix has them (SITE CHMOD).
     *
     * @param path the file or directory
     * @param bits the lower twelve bits of the mode, such as {@code 0644}
     * @throws IOException if it fails
     */
    public void setPermissions(String path, int bits) throws IOException {
        await(async.setPermissionsNow(path, bits));
    }

    /**
     * Has the server make a file's hash (HASH, else XSHA256 and its like).
     *
     * @param path the file
     * @param algorithm how
     * @return the hash
     * @throws IOException if it fails
     */
    public Checksum checksum(String path, ChecksumAlgorithm algorithm) throws IOException {
        return await(async.checksumNow(path, algorithm));
    }

    /**
     * Has this server send a file to another one: see {@link FtpSession#copyTo}.
     *
     * @param path the file
     * @param target a session with the other server
     * @param targetPath the file there
     * @return what the other server has said of it
     * @throws IOException if it fails
     * @throws IllegalArgumentException if the target is this session
     */
    public FtpReply copyTo(String path, BlockingFtpSession target, String targetPath) throws IOException {
        ServerCopy copy = async.copyNow(path, target.async, targetPath);
        return Delivery.await(copy.result(), copy::cancel);
    }

    /**
     * Sends one of the server's own commands (SITE).
     *
     * @param command what stands behind SITE
     * @return the reply, whatever its code
     * @throws IOException if it fails
     */
    public FtpReply site(String command) throws IOException {
        return await(async.siteNow(command));
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
