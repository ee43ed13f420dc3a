package io.portolan.sftp.client;

import io.portolan.core.internal.concurrent.Delivery;
import io.portolan.fs.AttributeChange;
import io.portolan.fs.LinkHandling;
import io.portolan.fs.SpaceInfo.Space;
import io.portolan.sftp.client.internal.protocol.OpenMode;
import io.portolan.sftp.client.internal.session.EntryCollector;
import io.portolan.sftp.client.internal.session.ListingTask;
import io.portolan.sftp.client.internal.session.RemotePaths;
import io.portolan.transfer.TransferSink;
import io.portolan.transfer.TransferSource;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A session for threads that wait: each method returns when it is done. An interrupt cancels what is waited for; the method then throws an {@link java.io.InterruptedIOException}. Safe to use from any thread, several at a time.
 */
public final class BlockingSftpSession implements AutoCloseable {

    /** How many entries {@link #list} takes at most: what a machine of usual size holds without trouble. Larger directories are read as a stream, by {@link SftpSession#list}. */
    public static final int MAX_LISTED = 1_000_000;

    private final SftpSession async;

    BlockingSftpSession(SftpSession async) {
        this.async = async;
    }

    private static <T extends @Nullable Object> T await(CompletableFuture<T> result) throws IOException {
        return Delivery.await(result, () -> result.cancel(false));
    }

    /**
     * The session itself.
     *
     * @return the asynchronous view
     */
    public SftpSession async() {
        return async;
    }

    /**
     * Downloads a file.
     *
     * @param path the file
     * @param target where it goes; replaced, if it is there, when all has come
     * @return what was moved
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
     * @return what was moved
     * @throws IOException if it fails
     */
    public TransferResult download(String path, TransferSink sink, DownloadOptions options) throws IOException {
        return async.download(path, sink, options).await();
    }

    /**
     * Uploads a file.
     *
     * @param source the file here
     * @param path the file there, which is replaced if it is there
     * @return what was moved
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
     * @return what was moved
     * @throws IOException if it fails
     */
    public TransferResult upload(TransferSource source, String path, UploadOptions options) throws IOException {
        return async.upload(source, path, options).await();
    }

    /**
     * Opens a file as a channel, to be read and written anywhere. Each call of it is a round trip at the least: whole files are moved by {@link #download} and {@link #upload}.
     *
     * @param path the file
     * @param options how; {@code READ} if there are none. Others than {@code READ}, {@code WRITE}, {@code APPEND}, {@code CREATE}, {@code CREATE_NEW} and {@code TRUNCATE_EXISTING} are refused with an
     *     {@link UnsupportedOperationException}
     * @return the channel, to be closed
     * @throws IOException if it fails
     */
    public SeekableByteChannel open(String path, StandardOpenOption... options) throws IOException {
        return open(path, OptionalInt.empty(), options);
    }

    /**
     * As {@link #open(String, StandardOpenOption...)}, for a file that nobody but whom the permissions name may ever open.
     *
     * @param path the file
     * @param permissionBits what a new file is made with, as Unix has it, {@code 0600} for instance: from 0 to 07777, less what the server takes away. Of no meaning for a file that is there
     * @param options how
     * @return the channel, to be closed
     * @throws IOException if it fails
     */
    public SeekableByteChannel open(String path, int permissionBits, StandardOpenOption... options) throws IOException {
        SftpSession.requireBits(permissionBits);
        return open(path, OptionalInt.of(permissionBits), options);
    }

    private SeekableByteChannel open(String path, OptionalInt permissionBits, StandardOpenOption... options)
            throws IOException {
        Set<OpenMode> modes = OpenOptions.modes(options);
        return new RemoteChannel(
                await(async.openNow(path, modes, permissionBits)),
                modes.contains(OpenMode.READ),
                modes.contains(OpenMode.WRITE),
                modes.contains(OpenMode.APPEND));
    }

    /**
     * Lists a directory.
     *
     * @param path the directory; empty for the one that the user is in
     * @return its entries, at most {@value #MAX_LISTED}, in the server's order
     * @throws IOException if it fails, or there are more
     */
    public List<RemoteEntry> list(String path) throws IOException {
        ListingTask task = ListingTask.start(async.session(), RemotePaths.check(path));
        return Delivery.await(EntryCollector.collect(task, MAX_LISTED), task::cancel);
    }

    /**
     * Gives a file or directory another name or place (RENAME).
     *
     * @param from the file or directory
     * @param to its new path, where nothing may be; {@link #replace} takes the place of what is there
     * @throws IOException if it fails
     */
    public void rename(String from, String to) throws IOException {
        await(async.renameNow(from, to));
    }

    /**
     * Puts a file in the place of another, in one step (posix-rename@openssh.com, or RENAME since version 5).
     *
     * @param from the file or directory
     * @param to its new path; a file that is there is replaced
     * @throws IOException if it fails
     */
    public void replace(String from, String to) throws IOException {
        await(async.replaceNow(from, to));
    }

    /**
     * Deletes a file or link (REMOVE).
     *
     * @param path the file
     * @throws IOException if it fails
     */
    public void delete(String path) throws IOException {
        await(async.deleteNow(path));
    }

    /**
     * Deletes an empty directory (RMDIR).
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
     * Makes a directory (MKDIR).
     *
     * @param path the directory
     * @throws IOException if it fails
     */
    public void createDirectory(String path) throws IOException {
        await(async.createDirectoryNow(path, OptionalInt.empty()));
    }

    /**
     * As {@link #createDirectory(String)}, for a directory that nobody but whom the permissions name may ever enter.
     *
     * @param path the directory
     * @param permissionBits what it is made with, as Unix has it, {@code 0700} for instance: from 0 to 07777, less what the server takes away
     * @throws IOException if it fails
     */
    public void createDirectory(String path, int permissionBits) throws IOException {
        SftpSession.requireBits(permissionBits);
        await(async.createDirectoryNow(path, OptionalInt.of(permissionBits)));
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
     * Goes to a directory, from which paths without a slash at their beginning count for what is asked for when this has completed. SFTP knows no such place: it is kept here.
     *
     * @param path the directory
     * @throws IOException if it fails
     */
    public void changeDirectory(String path) throws IOException {
        await(async.changeDirectoryNow(path));
    }

    /**
     * In which directory the user is (REALPATH).
     *
     * @return its path
     * @throws IOException if it fails
     */
    public String workingDirectory() throws IOException {
        return await(async.workingDirectoryNow());
    }

    /**
     * The absolute path of something, as the server has it (REALPATH). OpenSSH wants all but its last segment to be there.
     *
     * @param path the path
     * @return the absolute path
     * @throws IOException if it fails
     */
    public String realPath(String path) throws IOException {
        return await(async.realPathNow(path));
    }

    /**
     * The absolute path of something that may begin with {@code ~} or {@code ~user} (expand-path@openssh.com).
     *
     * @param path the path
     * @return the absolute path; fails if the server does not have the extension
     * @throws IOException if it fails
     */
    public String expandPath(String path) throws IOException {
        return await(async.expandPathNow(path));
    }

    /**
     * What there is to know of a file or directory, or of what a link leads to (STAT).
     *
     * @param path the file or directory
     * @return what is known; empty if there is no such file. Its name is the last segment of the path
     * @throws IOException if it fails
     */
    public Optional<RemoteEntry> stat(String path) throws IOException {
        return await(async.statNow(path));
    }

    /**
     * What there is to know of a file, directory or link itself (LSTAT).
     *
     * @param path the file, directory or link
     * @return what is known; empty if there is no such file. Its name is the last segment of the path
     * @throws IOException if it fails
     */
    public Optional<RemoteEntry> statLink(String path) throws IOException {
        return await(async.statLinkNow(path));
    }

    /**
     * Makes a symbolic link (SYMLINK; LINK in version 6).
     *
     * @param link its path
     * @param target where it leads to, any text
     * @throws IOException if it fails
     */
    public void createLink(String link, String target) throws IOException {
        await(async.createLinkNow(link, target));
    }

    /**
     * Gives a file another name (hardlink@openssh.com; LINK in version 6).
     *
     * @param link the new name
     * @param existing the file
     * @throws IOException if it fails
     */
    public void createHardLink(String link, String existing) throws IOException {
        await(async.createHardLinkNow(link, existing));
    }

    /**
     * Where a symbolic link leads to (READLINK).
     *
     * @param path the link
     * @return the path as the server tells it, not checked in any way
     * @throws IOException if it fails
     */
    public String readLink(String path) throws IOException {
        return await(async.readLinkNow(path));
    }

    /**
     * Sets when a file was changed last (SETSTAT). In version 3 the time of the last access is set to the same.
     *
     * @param path the file
     * @param time the time, of which version 3 tells whole seconds
     * @throws IOException if it fails
     */
    public void setModified(String path, Instant time) throws IOException {
        await(async.setModifiedNow(path, time));
    }

    /**
     * Sets a file's permissions, as Unix has them (SETSTAT).
     *
     * @param path the file or directory
     * @param bits the lower twelve bits of the mode, such as {@code 0644}
     * @throws IOException if it fails
     */
    public void setPermissions(String path, int bits) throws IOException {
        await(async.setPermissionsNow(path, bits));
    }

    /**
     * Sets times, permissions, owner or group (SETSTAT; lsetstat@openssh.com). What version 3 has only together with something else is asked for before: the time of the last access with that of the last change, the owner with the group.
     *
     * @param path the file or directory
     * @param change what to set. Version 3 has numbers of owners and groups, no names, and no time of creation, which is left out
     * @param links whether a symbolic link is followed, or changed itself, if the server can do that
     * @throws IOException if it fails
     */
    public void change(String path, AttributeChange change, LinkHandling links) throws IOException {
        await(async.changeNow(path, change, links));
    }

    /**
     * Has the server make a file's hash (check-file, md5-hash).
     *
     * @param path the file
     * @param algorithm how
     * @return the hash; fails with an {@link SftpException} if the server does not tell that one
     * @throws IOException if it fails
     */
    public Checksum checksum(String path, ChecksumAlgorithm algorithm) throws IOException {
        return await(async.checksumNow(path, algorithm));
    }

    /**
     * How much room there is (statvfs@openssh.com).
     *
     * @param path a file or directory of the store
     * @return the room; fails if the server does not tell it
     * @throws IOException if it fails
     */
    public Space space(String path) throws IOException {
        return await(async.spaceNow(path));
    }

    /**
     * Copies a file at the server, without its octets coming here (copy-data).
     *
     * @param from the file
     * @param to the copy, which is replaced if it is there
     * @throws IOException if it fails
     */
    public void copy(String from, String to) throws IOException {
        await(async.copyNow(from, to));
    }

    /**
     * What the server calls itself.
     *
     * @return its identification, such as {@code SSH-2.0-OpenSSH_10.0}
     */
    public String serverIdentification() {
        return async.serverIdentification();
    }

    /**
     * What the server can do.
     *
     * @return what it has told at the beginning
     */
    public ServerFeatures features() {
        return async.features();
    }

    /**
     * Whether the session can be used. One that can may break at the next moment.
     *
     * @return whether the channel is open
     */
    public boolean isOpen() {
        return async.isOpen();
    }

    /**
     * Ends the session when all that was asked for is done.
     *
     * @throws IOException if the wait is interrupted
     */
    public void quit() throws IOException {
        await(async.session().quit());
    }

    /** Ends the session at once; what is under way fails. Does not wait. */
    @Override
    public void close() {
        async.close();
    }
}
