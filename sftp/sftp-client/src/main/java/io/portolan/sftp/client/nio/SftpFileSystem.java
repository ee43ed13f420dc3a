package io.portolan.sftp.client.nio;

import io.portolan.sftp.client.SftpClient;
import io.portolan.sftp.client.internal.nio.SftpFileSystemProvider;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.util.Objects;

/**
 * A server's files as a {@link FileSystem} of Java's, for {@link java.nio.file.Files} and all that knows it. There are two ways to one:
 *
 * <ul>
 *   <li>{@link #over}, which nothing else in the JVM knows of;
 *   <li>{@link java.nio.file.FileSystems#newFileSystem(java.net.URI, java.util.Map)} with {@code sftp://user@host:port/}, which is known by that address ({@link java.nio.file.Path#of(java.net.URI)}) until it is closed. A password in the
 *       address is refused: what a login needs is in the environment, under the keys of this class. No other keys are taken.
 *       Java looks for providers on the class path and module path of the program: in an application server it wants the application's class loader as a third argument, and knows no addresses; {@link #over} is simpler there.
 * </ul>
 *
 * <p>All goes over one session with many requests under way, which is opened at the beginning, and anew if it has broken; what was open then fails. Methods block, and an interrupt ends them with an
 * {@link java.io.InterruptedIOException}; they must not be called on event loops. To close the file system ends its session and with it all streams and channels; afterwards there is a
 * {@link java.nio.file.ClosedFileSystemException}.
 *
 * <ul>
 *   <li>Paths are given to the server as they are; those that do not begin with a slash count from where the login leads to. Names that a listing tells are one segment each.
 *   <li>Streams read and write ahead, up to 4 MiB; channels read and write anywhere. {@code CREATE_NEW} is left to the server (SSH_FXF_EXCL), so that of several who try one succeeds. {@code SYNC} and {@code DSYNC} are not supported.
 *   <li>Copies at one server are made there, if it has copy-data. {@code ATOMIC_MOVE} needs posix-rename@openssh.com, or version 5.
 *   <li>There are the attribute views {@code basic}, {@code posix} and {@code owner}. Version 3 knows owners by number: {@code lookupPrincipalByName("1000")}. A time that the server does not tell is that of the last change.
 *   <li>{@code checkAccess} for reading, writing or executing only finds out whether anybody may: who the user is to a server nobody can ask it.
 *   <li>What a directory stream has told of a file is used for the first question about it within two seconds, unless something was changed through this file system: to walk a tree costs no question for each file.
 *   <li>There is a {@link java.nio.file.FileStore} if the server has statvfs@openssh.com. Nothing can be watched.
 * </ul>
 */
public final class SftpFileSystem {

    /** Key of the environment: an {@link SftpClient}, which is not closed with the file system. The address is then only what the file system is known by. */
    public static final String CLIENT = "client";

    /** Key of the environment: an {@link SftpClient.Builder}, of a client that is closed with the file system. The address is then only what the file system is known by. */
    public static final String BUILDER = "builder";

    /** Key of the environment: who logs in, a text, if the address does not tell. */
    public static final String USER = "user";

    /** Key of the environment: an {@link io.portolan.sftp.client.SshLogin}, with all ways to log in. */
    public static final String LOGIN = "login";

    /** Key of the environment: the password, a {@code char[]}, a {@code CharSequence}, or a {@code Supplier} of one of both, which is asked at each login. */
    public static final String PASSWORD = "password";

    /** Key of the environment: the file with the private key, a {@link java.nio.file.Path}; {@link #PASSPHRASE} if it is encrypted. */
    public static final String IDENTITY = "identity";

    /** Key of the environment: the passphrase of {@link #IDENTITY}, told as {@link #PASSWORD} is. */
    public static final String PASSPHRASE = "passphrase";

    /** Key of the environment: {@link io.portolan.sftp.client.HostKeys}; by default those that OpenSSH knows. */
    public static final String HOST_KEYS = "hostKeys";

    private SftpFileSystem() {}

    /**
     * The files that a client sees. Its {@link java.nio.file.Path#toUri} tells the client's address, by which nobody finds it.
     *
     * @param client whose sessions are used; it is not closed with the file system
     * @return the file system, whose session is open
     * @throws io.portolan.sftp.client.SftpException if the client cannot connect
     * @throws IOException if the wait is interrupted
     */
    public static FileSystem over(SftpClient client) throws IOException {
        return SftpFileSystemProvider.over(Objects.requireNonNull(client, "client"));
    }
}
