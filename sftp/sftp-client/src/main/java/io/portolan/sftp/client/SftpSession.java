package io.portolan.sftp.client;

import io.portolan.core.internal.concurrent.Delivery;
import io.portolan.fs.AttributeChange;
import io.portolan.fs.LinkHandling;
import io.portolan.fs.SpaceInfo.Space;
import io.portolan.sftp.client.internal.protocol.OpenMode;
import io.portolan.sftp.client.internal.session.AttributeSetting;
import io.portolan.sftp.client.internal.session.ClientSession;
import io.portolan.sftp.client.internal.session.FileOperations;
import io.portolan.sftp.client.internal.session.ListingTask;
import io.portolan.sftp.client.internal.session.OpenFile;
import io.portolan.sftp.client.internal.session.RemotePaths;
import io.portolan.sftp.client.internal.transfer.DownloadTask;
import io.portolan.sftp.client.internal.transfer.UploadTask;
import io.portolan.transfer.TransferSink;
import io.portolan.transfer.TransferSource;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * A connection to an SFTP server that is verified and has let us in. What is asked for is done at once, beside what is under way already, which is what a server sees of many small files: who wants one thing behind another waits for its future. Transfers have
 * up to 64 files open at a time; more of them wait, in their order. Safe to use from any thread; futures are completed on worker threads, so what depends on them may block.
 *
 * <p>Paths are given to the server as they are: {@code /a} from its root, {@code a} from the directory that the user is in. A NUL in one is refused with an {@link IllegalArgumentException}, which all methods throw at once.
 */
public final class SftpSession implements AutoCloseable {

    private final ClientSession session;
    private final Executor workers;
    private final String identification;
    private final String banner;

    /** What is below has no name. */
    SftpSession(ClientSession session, Executor workers) {
        this(session, workers, "", "");
    }

    SftpSession(ClientSession session, Executor workers, String identification, String banner) {
        this.session = session;
        this.workers = workers;
        this.identification = identification;
        this.banner = banner;
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
    public BlockingSftpSession blocking() {
        return new BlockingSftpSession(this);
    }

    /**
     * Downloads a file.
     *
     * @param path the file
     * @param sink where it goes
     * @return the download, which has been queued
     */
    public Download download(String path, TransferSink sink) {
        return download(path, sink, DownloadOptions.defaults());
    }

    /**
     * Downloads a file.
     *
     * @param path the file
     * @param sink where it goes
     * @param options how
     * @return the download, which has been queued
     */
    public Download download(String path, TransferSink sink, DownloadOptions options) {
        Objects.requireNonNull(sink, "sink");
        Objects.requireNonNull(options, "options");
        String there = session.resolve(RemotePaths.check(path));
        return new Download(DownloadTask.start(session.transfers(), there, sink, options), workers);
    }

    /**
     * Uploads a file.
     *
     * @param source where it comes from
     * @param path the file, which is replaced if it is there
     * @return the upload, which has been queued
     */
    public Upload upload(TransferSource source, String path) {
        return upload(source, path, UploadOptions.defaults());
    }

    /**
     * Uploads a file.
     *
     * @param source where it comes from
     * @param path the file
     * @param options how
     * @return the upload, which has been queued
     */
    public Upload upload(TransferSource source, String path, UploadOptions options) {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(options, "options");
        String there = session.resolve(RemotePaths.check(path));
        return new Upload(UploadTask.start(session.transfers(), source, there, options), workers);
    }

    /**
     * Opens a file, to be read and written anywhere (OPEN).
     *
     * @param path the file
     * @param options how; {@code READ} if there are none. Others than {@code READ}, {@code WRITE}, {@code APPEND}, {@code CREATE}, {@code CREATE_NEW} and {@code TRUNCATE_EXISTING} are refused with an
     *     {@link UnsupportedOperationException}
     * @return the file, to be closed
     */
    public CompletableFuture<RemoteFile> open(String path, StandardOpenOption... options) {
        return opened(openNow(path, OpenOptions.modes(options)));
    }

    private CompletableFuture<RemoteFile> opened(CompletableFuture<OpenFile> opening) {
        // who gives up gives up the request itself, so that what it brings is closed
        return Delivery.to(
                workers,
                opening.thenApply(file -> new RemoteFile(file, workers)),
                () -> opening.cancel(false),
                RemoteFile::close);
    }

    /**
     * As {@link #open(String, StandardOpenOption...)}, for a file that nobody but whom the permissions name may ever open.
     *
     * @param path the file
     * @param permissionBits what a new file is made with, as Unix has it, {@code 0600} for instance: from 0 to 07777, less what the server takes away. Of no meaning for a file that is there
     * @param options how
     * @return the file, to be closed
     */
    public CompletableFuture<RemoteFile> open(String path, int permissionBits, StandardOpenOption... options) {
        requireBits(permissionBits);
        return opened(openNow(path, OpenOptions.modes(options), OptionalInt.of(permissionBits)));
    }

    /**
     * Lists a directory.
     *
     * @param path the directory; empty for the one that the user is in
     * @return the listing, which has begun, to be taken or cancelled
     */
    public Listing list(String path) {
        return new Listing(ListingTask.start(session, RemotePaths.check(path)), workers);
    }

    /**
     * Gives a file or directory another name or place (RENAME).
     *
     * @param from the file or directory
     * @param to its new path, where nothing may be; {@link #replace} takes the place of what is there
     * @return completes when it is done
     */
    public CompletableFuture<Void> rename(String from, String to) {
        return deliver(renameNow(from, to));
    }

    /**
     * Puts a file in the place of another, in one step (posix-rename@openssh.com, or RENAME since version 5).
     *
     * @param from the file or directory
     * @param to its new path; a file that is there is replaced
     * @return completes when it is done; fails if the server cannot do it in one step
     */
    public CompletableFuture<Void> replace(String from, String to) {
        return deliver(replaceNow(from, to));
    }

    /**
     * Deletes a file or link (REMOVE).
     *
     * @param path the file
     * @return completes when it is done
     */
    public CompletableFuture<Void> delete(String path) {
        return deliver(deleteNow(path));
    }

    /**
     * Deletes an empty directory (RMDIR).
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
     * Makes a directory (MKDIR).
     *
     * @param path the directory
     * @return completes when it is done; fails if there is one
     */
    public CompletableFuture<Void> createDirectory(String path) {
        return deliver(createDirectoryNow(path, OptionalInt.empty()));
    }

    /**
     * As {@link #createDirectory(String)}, for a directory that nobody but whom the permissions name may ever enter.
     *
     * @param path the directory
     * @param permissionBits what it is made with, as Unix has it, {@code 0700} for instance: from 0 to 07777, less what the server takes away
     * @return completes when it is done; fails if there is one
     */
    public CompletableFuture<Void> createDirectory(String path, int permissionBits) {
        requireBits(permissionBits);
        return deliver(createDirectoryNow(path, OptionalInt.of(permissionBits)));
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
     * Goes to a directory, from which paths without a slash at their beginning count for what is asked for when this has completed. SFTP knows no such place: it is kept here.
     *
     * @param path the directory
     * @return completes when it is done; fails if there is no such directory
     */
    public CompletableFuture<Void> changeDirectory(String path) {
        return deliver(changeDirectoryNow(path));
    }

    /**
     * In which directory the user is (REALPATH).
     *
     * @return its path
     */
    public CompletableFuture<String> workingDirectory() {
        return deliver(workingDirectoryNow());
    }

    /**
     * The absolute path of something, as the server has it (REALPATH). OpenSSH wants all but its last segment to be there.
     *
     * @param path the path
     * @return the absolute path
     */
    public CompletableFuture<String> realPath(String path) {
        return deliver(realPathNow(path));
    }

    /**
     * The absolute path of something that may begin with {@code ~} or {@code ~user} (expand-path@openssh.com).
     *
     * @param path the path
     * @return the absolute path; fails if the server does not have the extension
     */
    public CompletableFuture<String> expandPath(String path) {
        return deliver(expandPathNow(path));
    }

    /**
     * What there is to know of a file or directory, or of what a link leads to (STAT).
     *
     * @param path the file or directory
     * @return what is known; empty if there is no such file. Its name is the last segment of the path
     */
    public CompletableFuture<Optional<RemoteEntry>> stat(String path) {
        return deliver(statNow(path));
    }

    /**
     * What there is to know of a file, directory or link itself (LSTAT).
     *
     * @param path the file, directory or link
     * @return what is known; empty if there is no such file. Its name is the last segment of the path
     */
    public CompletableFuture<Optional<RemoteEntry>> statLink(String path) {
        return deliver(statLinkNow(path));
    }

    /**
     * Makes a symbolic link (SYMLINK; LINK in version 6).
     *
     * @param link its path
     * @param target where it leads to, any text
     * @return completes when it is done
     */
    public CompletableFuture<Void> createLink(String link, String target) {
        return deliver(createLinkNow(link, target));
    }

    /**
     * Gives a file another name (hardlink@openssh.com; LINK in version 6).
     *
     * @param link the new name
     * @param existing the file
     * @return completes when it is done
     */
    public CompletableFuture<Void> createHardLink(String link, String existing) {
        return deliver(createHardLinkNow(link, existing));
    }

    /**
     * Where a symbolic link leads to (READLINK).
     *
     * @param path the link
     * @return the path as the server tells it, not checked in any way
     */
    public CompletableFuture<String> readLink(String path) {
        return deliver(readLinkNow(path));
    }

    /**
     * Sets when a file was changed last (SETSTAT). In version 3 the time of the last access is set to the same.
     *
     * @param path the file
     * @param time the time, of which version 3 tells whole seconds
     * @return completes when it is done
     */
    public CompletableFuture<Void> setModified(String path, Instant time) {
        return deliver(setModifiedNow(path, time));
    }

    /**
     * Sets a file's permissions, as Unix has them (SETSTAT).
     *
     * @param path the file or directory
     * @param bits the lower twelve bits of the mode, such as {@code 0644}
     * @return completes when it is done
     */
    public CompletableFuture<Void> setPermissions(String path, int bits) {
        return deliver(setPermissionsNow(path, bits));
    }

    /**
     * Sets times, permissions, owner or group (SETSTAT; lsetstat@openssh.com). What version 3 has only together with something else is asked for before: the time of the last access with that of the last change, the owner with the group.
     *
     * @param path the file or directory
     * @param change what to set. Version 3 has numbers of owners and groups, no names, and no time of creation, which is left out
     * @param links whether a symbolic link is followed, or changed itself, if the server can do that
     * @return completes when it is done
     */
    public CompletableFuture<Void> change(String path, AttributeChange change, LinkHandling links) {
        return deliver(changeNow(path, change, links));
    }

    /**
     * Has the server make a file's hash (check-file, md5-hash).
     *
     * @param path the file
     * @param algorithm how
     * @return the hash; fails with an {@link SftpException} if the server does not tell that one
     */
    public CompletableFuture<Checksum> checksum(String path, ChecksumAlgorithm algorithm) {
        return deliver(checksumNow(path, algorithm));
    }

    /**
     * How much room there is (statvfs@openssh.com).
     *
     * @param path a file or directory of the store
     * @return the room; fails if the server does not tell it
     */
    public CompletableFuture<Space> space(String path) {
        return deliver(spaceNow(path));
    }

    /**
     * Copies a file at the server, without its octets coming here (copy-data).
     *
     * @param from the file
     * @param to the copy, which is replaced if it is there
     * @return completes when it is done; fails if the server does not have the extension
     */
    public CompletableFuture<Void> copy(String from, String to) {
        return deliver(copyNow(from, to));
    }

    /**
     * What the server calls itself.
     *
     * @return its identification, such as {@code SSH-2.0-OpenSSH_10.0}
     */
    public String serverIdentification() {
        return identification;
    }

    /**
     * What the server has said before it let us in.
     *
     * @return the text, with characters replaced that terminals act upon; maybe empty
     */
    public String banner() {
        return banner;
    }

    /**
     * What the server can do.
     *
     * @return what it has told at the beginning
     */
    public ServerFeatures features() {
        return new ServerFeatures(session.facts());
    }

    /**
     * Whether the session can be used. One that can may break at the next moment.
     *
     * @return whether the channel is open
     */
    public boolean isOpen() {
        return !session.ended().isDone();
    }

    /**
     * The session's end.
     *
     * @return completes with why, when it is over
     */
    public CompletableFuture<SftpException> closed() {
        return deliver(session.ended().copy());
    }

    /**
     * Ends the session when all that was asked for is done.
     *
     * @return completes when it has ended
     */
    public CompletableFuture<Void> quit() {
        return deliver(session.quit());
    }

    /** Ends the session at once; what is under way fails. Does not wait. */
    @Override
    public void close() {
        session.close();
    }

    // --- for both views: told on the event loop

    CompletableFuture<OpenFile> openNow(String path, Set<OpenMode> modes) {
        return openNow(path, modes, OptionalInt.empty());
    }

    CompletableFuture<OpenFile> openNow(String path, Set<OpenMode> modes, OptionalInt permissionBits) {
        RemotePaths.check(path);
        return session.submit(() -> OpenFile.open(session, session.resolve(path), modes, permissionBits));
    }

    CompletableFuture<Void> renameNow(String from, String to) {
        RemotePaths.check(from);
        RemotePaths.check(to);
        return session.submit(() -> session.requests().rename(session.resolve(from), session.resolve(to)));
    }

    CompletableFuture<Void> replaceNow(String from, String to) {
        RemotePaths.check(from);
        RemotePaths.check(to);
        return session.submit(() -> session.requests().canReplace()
                ? session.requests().replace(session.resolve(from), session.resolve(to))
                : CompletableFuture.failedFuture(
                        new SftpException("the server cannot replace files in one step", null, false)));
    }

    CompletableFuture<Void> deleteNow(String path) {
        RemotePaths.check(path);
        return session.submit(() -> session.requests().remove(session.resolve(path)));
    }

    CompletableFuture<Void> deleteDirectoryNow(String path) {
        RemotePaths.check(path);
        return session.submit(() -> session.requests().removeDirectory(session.resolve(path)));
    }

    CompletableFuture<Void> deleteRecursivelyNow(String path) {
        RemotePaths.check(path);
        return session.submit(() -> FileOperations.removeAll(session, session.resolve(path)));
    }

    CompletableFuture<Void> createDirectoryNow(String path, OptionalInt permissionBits) {
        RemotePaths.check(path);
        return session.submit(
                () -> session.requests().makeDirectory(session.resolve(path), AttributeSetting.ofNew(permissionBits)));
    }

    CompletableFuture<Void> createDirectoriesNow(String path) {
        RemotePaths.check(path);
        return session.submit(() -> FileOperations.makeDirectories(session, session.resolve(path)));
    }

    CompletableFuture<Void> changeDirectoryNow(String path) {
        RemotePaths.check(path);
        return session.submit(() -> FileOperations.changeDirectory(session, session.resolve(path)));
    }

    CompletableFuture<String> workingDirectoryNow() {
        return session.submit(() -> session.requests().realPath(session.resolve("")));
    }

    CompletableFuture<String> realPathNow(String path) {
        RemotePaths.check(path);
        return session.submit(() -> session.requests().realPath(session.resolve(path)));
    }

    CompletableFuture<String> expandPathNow(String path) {
        RemotePaths.check(path);
        return session.submit(() -> session.requests()
                .require("expand-path@openssh.com")
                .thenCompose(there -> session.requests().expandPath(path)));
    }

    CompletableFuture<Optional<RemoteEntry>> statNow(String path) {
        RemotePaths.check(path);
        return session.submit(() -> FileOperations.stat(session, session.resolve(path), true));
    }

    CompletableFuture<Optional<RemoteEntry>> statLinkNow(String path) {
        RemotePaths.check(path);
        return session.submit(() -> FileOperations.stat(session, session.resolve(path), false));
    }

    CompletableFuture<Void> createLinkNow(String link, String target) {
        RemotePaths.check(link);
        RemotePaths.check(target);
        return session.submit(() -> session.requests().symbolicLink(session.resolve(link), target));
    }

    CompletableFuture<Void> createHardLinkNow(String link, String existing) {
        RemotePaths.check(link);
        RemotePaths.check(existing);
        return session.submit(() -> session.requests().hardLink(session.resolve(existing), session.resolve(link)));
    }

    CompletableFuture<String> readLinkNow(String path) {
        RemotePaths.check(path);
        return session.submit(() -> session.requests().readLink(session.resolve(path)));
    }

    CompletableFuture<Void> setModifiedNow(String path, Instant time) {
        RemotePaths.check(path);
        Objects.requireNonNull(time, "time");
        return session.submit(() -> FileOperations.setModified(session, session.resolve(path), time));
    }

    CompletableFuture<Void> setPermissionsNow(String path, int bits) {
        RemotePaths.check(path);
        requireBits(bits);
        return session.submit(() -> FileOperations.setPermissions(session, session.resolve(path), bits));
    }

    static void requireBits(int bits) {
        if (bits < 0 || bits > 07777) {
            throw new IllegalArgumentException("bits: " + bits + " is not within 0 to 07777");
        }
    }

    CompletableFuture<Void> changeNow(String path, AttributeChange change, LinkHandling links) {
        RemotePaths.check(path);
        Objects.requireNonNull(change, "change");
        Objects.requireNonNull(links, "links");
        return session.submit(() -> AttributeSetting.change(session, session.resolve(path), change, links));
    }

    CompletableFuture<Checksum> checksumNow(String path, ChecksumAlgorithm algorithm) {
        RemotePaths.check(path);
        Objects.requireNonNull(algorithm, "algorithm");
        return session.submit(() -> session.checksums().of(session.resolve(path), algorithm));
    }

    CompletableFuture<Space> spaceNow(String path) {
        RemotePaths.check(path);
        return session.submit(() -> FileOperations.space(session, session.resolve(path)));
    }

    CompletableFuture<Void> copyNow(String from, String to) {
        RemotePaths.check(from);
        RemotePaths.check(to);
        return session.submit(() -> FileOperations.copy(session, session.resolve(from), session.resolve(to)));
    }
}
