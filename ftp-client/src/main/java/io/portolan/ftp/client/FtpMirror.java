package io.portolan.ftp.client;

import io.portolan.core.internal.concurrent.OwnThread;
import io.portolan.core.internal.mirror.Mirror;
import io.portolan.core.internal.mirror.Mirror.Direction;
import io.portolan.core.internal.mirror.RemoteTree;
import io.portolan.fs.FileSystems;
import io.portolan.fs.PartialUploads;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.nio.LinkPolicy;
import io.portolan.fs.nio.PathFileSystem;
import io.portolan.ftp.client.internal.command.CommandText;
import io.portolan.ftp.client.internal.mirror.FtpTree;
import io.portolan.mirror.MirrorLinks;
import io.portolan.mirror.MirrorListener;
import io.portolan.mirror.MirrorOptions;
import io.portolan.mirror.MirrorPlan;
import io.portolan.mirror.MirrorResult;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes a directory here like one on a server, or the reverse: what is new or changed is copied, over several connections, and what is extra is deleted if that is
 * wanted.
 *
 * <pre>{@code
 * MirrorResult result = FtpMirror.between(client, "/pub", Path.of("pub")).download();
 * }</pre>
 *
 * <p>Nothing that a server says leads out of the directory here: its names are taken as one path segment each, no local link is written through, and files appear when they
 * are whole. Symbolic links are left out, both ways, unless {@link MirrorOptions.Builder#links} says otherwise. Where the listing of a directory was not wholly understood, nothing is deleted.
 *
 * <p>Immutable; each call makes connections of its own, one file at a time over each. The calls block, but for those that start; an interrupt closes the connections, and the call fails
 * with an {@link InterruptedIOException}.
 */
public final class FtpMirror {

    /** Opens the side that is here. */
    @FunctionalInterface
    private interface Local {
        VirtualFileSystem open(Direction direction, MirrorLinks links) throws IOException;
    }

    private final FtpClient client;
    private final String remote;
    private final Local local;
    private final MirrorOptions options;
    private final MirrorListener listener;

    private FtpMirror(FtpClient client, String remote, Local local, MirrorOptions options, MirrorListener listener) {
        this.client = client;
        this.remote = remote;
        this.local = local;
        this.options = options;
        this.listener = listener;
    }

    /**
     * A mirror with the default options.
     *
     * @param client opens the connections
     * @param remote the directory on the server; from the login's unless it begins with a slash
     * @param local the directory here, made by a download if it is not there
     * @return the mirror
     */
    public static FtpMirror between(FtpClient client, String remote, Path local) {
        Objects.requireNonNull(local, "local");
        return of(client, remote, (direction, links) -> {
            if (direction == Direction.DOWNLOAD) {
                Files.createDirectories(local);
            }
            return PathFileSystem.builder(local)
                    .links(policy(direction, links))
                    .partialUploads(PartialUploads.DROP)
                    .build();
        });
    }

    /** Nothing is written through a link, and read through one only where that is wanted. */
    private static LinkPolicy policy(Direction direction, MirrorLinks links) {
        return direction == Direction.UPLOAD && links == MirrorLinks.FOLLOW
                ? LinkPolicy.FOLLOW_INSIDE
                : LinkPolicy.REFUSE;
    }

    /**
     * A mirror of a file system, which confines what is done to it, and stays open.
     *
     * @param client opens the connections
     * @param remote the directory on the server; from the login's unless it begins with a slash
     * @param local the file system
     * @return the mirror
     */
    public static FtpMirror between(FtpClient client, String remote, VirtualFileSystem local) {
        Objects.requireNonNull(local, "local");
        return of(client, remote, (direction, links) -> FileSystems.shared(local));
    }

    private static FtpMirror of(FtpClient client, String remote, Local local) {
        Objects.requireNonNull(client, "client");
        return new FtpMirror(client, CommandText.path(remote), local, MirrorOptions.defaults(), MirrorListener.NONE);
    }

    /**
     * This mirror with other options.
     *
     * @param options the options
     * @return the mirror
     */
    public FtpMirror withOptions(MirrorOptions options) {
        return new FtpMirror(client, remote, local, Objects.requireNonNull(options, "options"), listener);
    }

    /**
     * This mirror with a listener.
     *
     * @param listener told what is done
     * @return the mirror
     */
    public FtpMirror withListener(MirrorListener listener) {
        return new FtpMirror(client, remote, local, options, Objects.requireNonNull(listener, "listener"));
    }

    /**
     * Makes the directory here like the server's.
     *
     * @return what was done, and what could not be
     * @throws IOException if no connection can be opened, or the server's directory cannot be read; what fails below it is told by the result
     */
    public MirrorResult download() throws IOException {
        return mirror(Direction.DOWNLOAD);
    }

    /**
     * Makes the server's directory like the one here.
     *
     * @return what was done, and what could not be
     * @throws IOException if no connection can be opened, or the directory here cannot be read; what fails below it is told by the result
     */
    public MirrorResult upload() throws IOException {
        return mirror(Direction.UPLOAD);
    }

    /**
     * As {@link #download()}, on a thread of its own.
     *
     * @return its end, of which is told on that thread. To cancel it is to interrupt it
     */
    public CompletableFuture<MirrorResult> startDownload() {
        return OwnThread.start("portolan-mirror", this::download);
    }

    /**
     * As {@link #upload()}, on a thread of its own.
     *
     * @return its end, of which is told on that thread. To cancel it is to interrupt it
     */
    public CompletableFuture<MirrorResult> startUpload() {
        return OwnThread.start("portolan-mirror", this::upload);
    }

    /**
     * Tells what {@link #download()} would do, and does nothing but make the directory here, if it is not there.
     *
     * @return what it would do
     * @throws IOException as there
     */
    public MirrorPlan planDownload() throws IOException {
        return plan(Direction.DOWNLOAD);
    }

    /**
     * Tells what {@link #upload()} would do, and does nothing.
     *
     * @return what it would do
     * @throws IOException as there
     */
    public MirrorPlan planUpload() throws IOException {
        return plan(Direction.UPLOAD);
    }

    private MirrorResult mirror(Direction direction) throws IOException {
        try (VirtualFileSystem files = local.open(direction, options.links())) {
            return Mirror.run(direction, files, this::connect, options, listener, threads());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private MirrorPlan plan(Direction direction) throws IOException {
        try (VirtualFileSystem files = local.open(direction, options.links())) {
            return Mirror.plan(direction, files, this::connect, options, listener, threads());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private RemoteTree connect() throws IOException {
        return FtpTree.of(client.connectBlocking().async().session(), remote, options);
    }

    private static InterruptedIOException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        InterruptedIOException interrupted = new InterruptedIOException("interrupted, and ended");
        interrupted.initCause(e);
        return interrupted;
    }

    private static ThreadFactory threads() {
        AtomicInteger workers = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, "portolan-mirror-" + workers.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
