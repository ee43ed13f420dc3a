package io.portolan.ftp.client.nio;

import io.portolan.ftp.client.FtpClient;
import io.portolan.ftp.client.internal.nio.FtpFileSystems;
import io.portolan.pool.PoolOptions;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.util.Objects;

/**
 * A server's files as a {@link FileSystem} of Java's, for {@link java.nio.file.Files} and all that knows it. There are two ways to one:
 *
 * <ul>
 *   <li>{@link #over(FtpClient)}, which nothing else in the JVM knows of;
 *   <li>{@link java.nio.file.FileSystems#newFileSystem(java.net.URI, java.util.Map)} with {@code ftp://user@host:port/}, {@code ftpes} for TLS that the client asks for, or {@code ftps} for TLS from the beginning. It is known by that
 *       address ({@link java.nio.file.Path#of(java.net.URI)}) until it is closed. A password in the address is refused: what a login needs is in the environment, under the keys of this class. No other keys are taken.
 *       Java looks for providers on the class path and module path of the program: in an application server it wants the application's class loader as a third argument, and knows no addresses; {@link #over} is simpler there.
 * </ul>
 *
 * <p>Sessions come from a pool: each call takes one, and each stream or channel that is open keeps one, and one worker thread of the client. To have more of them open than the pool has connections fails after its longest wait; a client
 * with few workers ({@link io.portolan.transport.TransportOptions}) needs a pool of fewer connections than that. Methods block, and an interrupt ends them with an {@link java.io.InterruptedIOException}; they must not be called on event
 * loops. To close the file system ends its sessions and with them all streams and channels; afterwards there is a {@link java.nio.file.ClosedFileSystemException}.
 *
 * <p>FTP can do less than Java's files can:
 *
 * <ul>
 *   <li>Files are read from any place on (REST), one stretch after another, and written from their beginning (STOR) or their end (APPE). To write elsewhere, to cut off, or to read and write by one channel is an
 *       {@link UnsupportedOperationException}, and so is to open a file that is there without {@code TRUNCATE_EXISTING}, {@code CREATE_NEW} or {@code APPEND}, unless it is empty. What the server refuses shows when the first octets go.
 *   <li>{@code CREATE_NEW}, and moves without {@code REPLACE_EXISTING}, look first and act then: whoever makes the same file in between is not noticed. {@code ATOMIC_MOVE} is refused, as no server promises it.
 *   <li>Copies go through the client, also those at one server. There are no links to make; those that the server tells of are followed if it tells where they lead.
 *   <li>There are the attribute views {@code basic} and {@code posix}; the latter for files of which the server tells permissions. Times are set by MFMT or SITE UTIME, permissions by SITE CHMOD, never when a file is made. Copies keep what
 *       the server can keep. A time that it does not tell is that of the last change, and the beginning of 1970 if it tells none.
 *   <li>{@code checkAccess} for reading, writing or executing only finds out whether anybody may. {@code toRealPath} leaves links as they are.
 *   <li>A directory's first 10,000 entries are read before the stream is given, so that a walk keeps no connection for each level; a larger one keeps its connection until it is closed. What it has told of a file is used for the first
 *       question about it within two seconds, unless something was changed through this file system.
 *   <li>There is no {@link java.nio.file.FileStore}, and nothing can be watched.
 * </ul>
 */
public final class FtpFileSystem {

    /** Key of the environment: an {@link FtpClient}, which is not closed with the file system. It has to be protected as the address says, which is else only what the file system is known by. */
    public static final String CLIENT = "client";

    /** Key of the environment: an {@link FtpClient.Builder}, of a client that is closed with the file system. It has to be protected as the address says, which is else only what the file system is known by. */
    public static final String BUILDER = "builder";

    /** Key of the environment: who logs in, a text, if the address does not tell; anonymous if neither does. */
    public static final String USER = "user";

    /** Key of the environment: the password, a {@code char[]}, a {@code CharSequence}, or a {@code Supplier} of one of both, which is asked once. */
    public static final String PASSWORD = "password";

    /** Key of the environment: the {@link io.portolan.ftp.security.SecurityMechanism} of {@code ftpes} and {@code ftps}: what {@code portolan-ftps} makes. */
    public static final String SECURITY_MECHANISM = "securityMechanism";

    /** Key of the environment: {@link PoolOptions}. */
    public static final String POOL = "pool";

    private FtpFileSystem() {}

    /**
     * The files that a client sees. Its {@link java.nio.file.Path#toUri} tells the client's address, by which nobody finds it.
     *
     * @param client whose sessions are used, at most {@value PoolOptions#DEFAULT_MAX_CONNECTIONS} at a time; it is not closed with the file system
     * @return the file system, which has logged in once
     * @throws io.portolan.ftp.client.FtpException if the client cannot connect
     * @throws IOException if the wait is interrupted
     */
    public static FileSystem over(FtpClient client) throws IOException {
        return over(client, PoolOptions.defaults());
    }

    /**
     * The files that a client sees.
     *
     * @param client whose sessions are used; it is not closed with the file system
     * @param pool how many sessions, of which a copy takes two, and how long to wait for one
     * @return the file system, which has logged in once
     * @throws IllegalArgumentException if the pool has only one connection
     * @throws io.portolan.ftp.client.FtpException if the client cannot connect
     * @throws IOException if the wait is interrupted
     */
    public static FileSystem over(FtpClient client, PoolOptions pool) throws IOException {
        return FtpFileSystems.over(Objects.requireNonNull(client, "client"), Objects.requireNonNull(pool, "pool"));
    }
}
