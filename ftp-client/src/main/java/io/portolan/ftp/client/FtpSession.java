package io.portolan.ftp.client;

import io.portolan.core.internal.concurrent.Delivery;
import io.portolan.ftp.FtpReply;
import io.portolan.ftp.client.internal.command.Checksums;
import io.portolan.ftp.client.internal.command.CommandText;
import io.portolan.ftp.client.internal.command.Downloads;
import io.portolan.ftp.client.internal.command.Files;
import io.portolan.ftp.client.internal.command.ListingTask;
import io.portolan.ftp.client.internal.command.Removal;
import io.portolan.ftp.client.internal.command.ServerCopy;
import io.portolan.ftp.client.internal.command.Uploads;
import io.portolan.ftp.client.internal.session.ClientSession;
import io.portolan.transfer.TransferSink;
import io.portolan.transfer.TransferSource;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
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
        return deliver(commandNow(verb, argument));
    }

    /**
     * Lists a directory: by MLSD, else by LIST in whatever format the server's system has.
     *
     * @param path the directory; empty for the one that the user is in
     * @return the listing, which has been queued, to be taken or cancelled
     */
    public Listing list(String path) {
        return new Listing(ListingTask.start(session, CommandText.check("path", path)), workers);
    }

    /**
     * Gives a file or directory another name or place (RNFR, RNTO).
     *
     * @param from the file or directory
     * @param to its new path; whether one that is there is replaced is for the server to say
     * @return completes when it is done
     */
    public CompletableFuture<Void> rename(String from, String to) {
        return deliver(renameNow(from, to));
    }

    /**
     * Deletes a file (DELE).
     *
     * @param path the file
     * @return completes when it is done
     */
    public CompletableFuture<Void> delete(String path) {
        return deliver(deleteNow(path));
    }

    /**
     * Deletes an empty directory (RMD).
     *
     * @param path the directory
     * @return completes when it is done
     */
    public CompletableFuture<Void> deleteDirectory(String path) {
        return deliver(deleteDirectoryNow(path));
    }

    /**
     * Deletes a directory with all that is in it; links are deleted, and what they lead to is left. What fails ends it.
     *
     * @param path the directory, or a file
     * @return completes when all is deleted
     */
    public CompletableFuture<Void> deleteRecursively(String path) {
        return deliver(deleteRecursivelyNow(path));
    }

    /**
     * Makes a directory (MKD).
     *
     * @param path the directory
     * @return completes when it is done; fails if there is one
     */
    public CompletableFuture<Void> createDirectory(String path) {
        return deliver(createDirectoryNow(path));
    }

    /**
     * Makes a directory and those above it that are not there.
     *
     * @param path the directory
     * @return completes when it is there, also if it was before
     */
    public CompletableFuture<Void> createDirectories(String path) {
        return deliver(createDirectoriesNow(path));
    }

    /**
     * Goes to a directory, from which paths without a slash at their beginning count from then on (CWD).
     *
     * @param path the directory
     * @return completes when it is done
     */
    public CompletableFuture<Void> changeDirectory(String path) {
        return deliver(changeDirectoryNow(path));
    }

    /**
     * In which directory the user is (PWD).
     *
     * @return its path
     */
    public CompletableFuture<String> workingDirectory() {
        return deliver(workingDirectoryNow());
    }

    /**
     * What there is to know of a file or directory: from MLST, else from SIZE and MDTM, else from the listing of the directory above it.
     *
     * @param path the file or directory
     * @return what is known; empty if there is no such file. Its name is the last segment of the path
     */
    public CompletableFuture<Optional<RemoteEntry>> stat(String path) {
        return deliver(statNow(path));
    }

    /**
     * Sets when a file was changed last (MFMT, else SITE UTIME).
     *
     * @param path the file
     * @param time the time, of which whole seconds are told
     * @return completes when it is done
     */
    public CompletableFuture<Void> setModified(String path, Instant time) {
        return deliver(setModifiedNow(path, time));
    }

    /**
     * Sets a file's permissions, as Unix has them (SITE CHMOD).
     *
     * @param path the file or directory
     * @param bits the lower twelve bits of the mode, such as {@code 0644}
     * @return completes when it is done
     */
    public CompletableFuture<Void> setPermissions(String path, int bits) {
        return deliver(setPermissionsNow(path, bits));
    }

    /**
     * Has the server make a file's hash (HASH, else XSHA256 and its like).
     *
     * @param path the file
     * @param algorithm how
     * @return the hash; fails with an {@link FtpException} if the server does not tell that one
     */
    public CompletableFuture<Checksum> checksum(String path, ChecksumAlgorithm algorithm) {
        return deliver(checksumNow(path, algorithm));
    }

    /**
     * Sends one of the server's own commands (SITE).
     *
     * @param command what stands behind SITE
     * @return the reply, whatever its code
     */
    public CompletableFuture<FtpReply> site(String command) {
        return deliver(siteNow(command));
    }

    /**
     * Has this server send a file to another one, without its octets coming here (FXP). Both have to allow it, which most do not unless they are told to; with TLS one of them has to know SSCN or CPSV. The other server writes
     * it under a temporary name, which is changed when the copy is whole; what had the name before stays until then.
     *
     * <p>Behind a proxy, the address that the other server tells is the one that this server is told to connect to.
     *
     * @param path the file
     * @param target a session with the other server, of whatever client, which takes part in its turn
     * @param targetPath the file there
     * @return what the other server has said of it. To cancel it ends the copy. One that stands still is ended after a day
     * @throws IllegalArgumentException if the target is this session
     */
    public CompletableFuture<FtpReply> copyTo(String path, FtpSession target, String targetPath) {
        ServerCopy copy = copyNow(path, target, targetPath);
        return Delivery.to(workers, copy.result(), copy::cancel);
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

    // --- for both views: queued, and told on the event loop

    ServerCopy copyNow(String path, FtpSession target, String targetPath) {
        return ServerCopy.start(session, CommandText.path(path), target.session, CommandText.path(targetPath));
    }

    CompletableFuture<Void> renameNow(String from, String to) {
        String source = CommandText.path(from);
        String target = CommandText.path(to);
        return session.submit(() -> nothing(Files.rename(session, source, target)));
    }

    CompletableFuture<Void> deleteNow(String path) {
        CommandText.path(path);
        return session.submit(() -> nothing(session.command("DELE", path)));
    }

    CompletableFuture<Void> deleteDirectoryNow(String path) {
        CommandText.path(path);
        return session.submit(() -> nothing(session.command("RMD", path)));
    }

    CompletableFuture<Void> deleteRecursivelyNow(String path) {
        CommandText.path(path);
        return session.submit(() -> Removal.of(session, path));
    }

    CompletableFuture<Void> createDirectoryNow(String path) {
        CommandText.path(path);
        return session.submit(() -> nothing(session.command("MKD", path)));
    }

    CompletableFuture<Void> createDirectoriesNow(String path) {
        CommandText.path(path);
        return session.submit(() -> Files.makeDirectories(session, path));
    }

    CompletableFuture<Void> changeDirectoryNow(String path) {
        CommandText.path(path);
        return session.submit(() -> nothing(session.command("CWD", path)));
    }

    CompletableFuture<String> workingDirectoryNow() {
        return session.submit(() -> Files.workingDirectory(session));
    }

    CompletableFuture<Optional<RemoteEntry>> statNow(String path) {
        CommandText.path(path);
        return session.submit(() -> Files.stat(session, path));
    }

    CompletableFuture<Void> setModifiedNow(String path, Instant time) {
        CommandText.path(path);
        Objects.requireNonNull(time, "time");
        return session.submit(() -> nothing(Files.setModified(session, path, time)));
    }

    CompletableFuture<Void> setPermissionsNow(String path, int bits) {
        CommandText.path(path);
        if (bits < 0 || bits > 07777) {
            throw new IllegalArgumentException("bits: " + bits + " is not within 0 to 07777");
        }
        return session.submit(
                () -> nothing(session.command("SITE", String.format(Locale.ROOT, "CHMOD %03o %s", bits, path))));
    }

    CompletableFuture<Checksum> checksumNow(String path, ChecksumAlgorithm algorithm) {
        CommandText.path(path);
        Objects.requireNonNull(algorithm, "algorithm");
        return session.submit(() -> Checksums.of(session, path, algorithm));
    }

    CompletableFuture<FtpReply> commandNow(String verb, String argument) {
        String upper = CommandText.verb(verb).toUpperCase(Locale.ROOT);
        CommandText.check("argument", argument);
        return session.submit(() -> {
            session.changed();
            return session.tried(upper, argument);
        });
    }

    CompletableFuture<FtpReply> siteNow(String command) {
        CommandText.check("command", command);
        return session.submit(() -> {
            session.changed();
            return session.tried("SITE", command);
        });
    }

    private static CompletableFuture<Void> nothing(CompletableFuture<?> done) {
        return done.thenAccept(result -> {});
    }
}
