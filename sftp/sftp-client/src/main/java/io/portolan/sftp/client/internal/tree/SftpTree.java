package io.portolan.sftp.client.internal.tree;

import io.portolan.core.internal.concurrent.Delivery;
import io.portolan.core.internal.mirror.Kept;
import io.portolan.core.internal.mirror.LinkText;
import io.portolan.core.internal.mirror.OpenSource;
import io.portolan.core.internal.mirror.RemoteTree;
import io.portolan.core.internal.mirror.TreeEntry;
import io.portolan.core.internal.mirror.TreeVisitor;
import io.portolan.fs.ReadableFile;
import io.portolan.fs.VirtualPath;
import io.portolan.fs.WritableFile;
import io.portolan.mirror.MirrorOptions;
import io.portolan.sftp.client.ChecksumAlgorithm;
import io.portolan.sftp.client.DownloadOptions;
import io.portolan.sftp.client.ListingResult;
import io.portolan.sftp.client.RemoteEntry;
import io.portolan.sftp.client.SftpCancelledException;
import io.portolan.sftp.client.SftpStatusException;
import io.portolan.sftp.client.UploadOptions;
import io.portolan.sftp.client.Verification;
import io.portolan.sftp.client.internal.session.ClientSession;
import io.portolan.sftp.client.internal.session.FileOperations;
import io.portolan.sftp.client.internal.session.ListingTask;
import io.portolan.sftp.client.internal.session.RemotePaths;
import io.portolan.sftp.client.internal.transfer.DownloadTask;
import io.portolan.sftp.client.internal.transfer.TransferTask;
import io.portolan.sftp.client.internal.transfer.UploadTask;
import io.portolan.transfer.FileTransferException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A directory of an SFTP server, as one of the workers of a mirror sees it; all of them share a session. */
public final class SftpTree implements RemoteTree {

    private final SharedSessions.Shared shared;
    private final ClientSession session;
    /** Absolute, without a slash at its end: empty for the server's root. */
    private final String root;

    /** Ends what is under way; null for nothing. */
    private volatile @Nullable Runnable running;

    private volatile boolean closed;

    private final Verification verification;
    private final boolean atomicUploads;

    private SftpTree(SharedSessions.Shared shared, String root, MirrorOptions options) {
        this.shared = shared;
        this.session = shared.session();
        this.root = root;
        this.verification = options.verify() ? Verification.BEST : Verification.NONE;
        this.atomicUploads = options.atomicUploads();
    }

    /**
     * A tree.
     *
     * @param directory its root; from the directory of the login unless it begins with a slash
     * @param options how files are copied
     */
    public static SftpTree of(SharedSessions sessions, String directory, MirrorOptions options) throws IOException {
        SharedSessions.Shared shared = sessions.take();
        try {
            ClientSession session = shared.session();
            CompletableFuture<String> asked =
                    session.submit(() -> session.requests().realPath(session.resolve("")));
            String root = directory.startsWith("/")
                    ? directory
                    : RemotePaths.child(Delivery.await(asked, () -> asked.cancel(false)), directory);
            while (root.endsWith("/")) {
                root = root.substring(0, root.length() - 1);
            }
            return new SftpTree(shared, root, options);
        } catch (IOException | RuntimeException e) {
            shared.release();
            throw e;
        }
    }

    private String path(VirtualPath path) {
        return path.segments().isEmpty() ? (root.isEmpty() ? "/" : root) : root + path;
    }

    // --- waiting

    private <T> T await(CompletableFuture<T> result, Runnable cancel) throws IOException {
        running = cancel;
        if (closed) {
            cancel.run();
        }
        try {
            return Delivery.await(result, cancel);
        } finally {
            running = null;
        }
    }

    private <T> T ask(Supplier<CompletableFuture<T>> operation) throws IOException {
        CompletableFuture<T> asked = session.submit(operation);
        return await(
                asked, () -> asked.completeExceptionally(new SftpCancelledException("the mirror was cancelled", null)));
    }

    // --- directories

    @Override
    public void list(VirtualPath directory, TreeVisitor visitor) throws IOException {
        ListingTask task = ListingTask.start(session, path(directory));
        task.take();
        try {
            List<RemoteEntry> part = await(task.next(), task::cancel);
            while (part != null) {
                for (RemoteEntry entry : part) {
                    visitor.entry(entry(entry.name(), entry));
                }
                part = await(task.next(), task::cancel);
            }
            ListingResult result = await(task.result(), task::cancel);
            for (String name : result.unreadNames()) {
                visitor.unsafeName(name);
            }
        } catch (SftpStatusException e) {
            if (e.isNotFound()) {
                NoSuchFileException missing = new NoSuchFileException(directory.toString());
                missing.initCause(e);
                throw missing;
            }
            throw e;
        } finally {
            task.cancel();
        }
    }

    private static TreeEntry entry(String name, RemoteEntry entry) {
        return new TreeEntry(
                name,
                entry.type(),
                entry.size().orElse(-1),
                entry.modified().orElse(null),
                entry.modifiedPrecision().orElse(Duration.ZERO),
                entry.permissionBits().orElse(TreeEntry.UNKNOWN));
    }

    @Override
    public Optional<TreeEntry> follow(VirtualPath link) throws IOException {
        String path = path(link);
        try {
            return ask(() -> FileOperations.stat(session, path, true)).map(entry -> entry(link.name(), entry));
        } catch (SftpStatusException e) {
            // Of a link that leads nowhere, or round and round, servers say so in many ways.
            return Optional.empty();
        }
    }

    @Override
    public VirtualPath location() throws IOException {
        String path = path(VirtualPath.root());
        return LinkText.resolve(VirtualPath.root(), ask(() -> session.requests().realPath(path)))
                .orElse(VirtualPath.root());
    }

    @Override
    public Optional<VirtualPath> leadsTo(VirtualPath link, VirtualPath from) throws IOException {
        String path = path(link);
        String real = ask(() -> session.requests().realPath(path));
        // Some servers leave links in the paths that they tell; of those the link's text has to do.
        return real.equals(path) ? RemoteTree.super.leadsTo(link, from) : LinkText.resolve(from, real);
    }

    @Override
    public Optional<String> readLink(VirtualPath link) throws IOException {
        String path = path(link);
        try {
            return Optional.of(ask(() -> session.requests().readLink(path)));
        } catch (SftpStatusException e) {
            if (e.isNotFound()) {
                throw e;
            }
            return Optional.empty();
        }
    }

    @Override
    public boolean canMakeLinks() {
        return true;
    }

    @Override
    public void makeLink(VirtualPath link, String text) throws IOException {
        done(() -> session.requests().symbolicLink(path(link), text));
    }

    @Override
    public void makeDirectory(VirtualPath directory) throws IOException {
        String path = path(directory);
        try {
            done(() -> session.requests().makeDirectory(path));
        } catch (SftpStatusException e) {
            Optional<RemoteEntry> there = ask(() -> FileOperations.stat(session, path, true));
            if (there.filter(RemoteEntry::isDirectory).isPresent()) {
                FileAlreadyExistsException exists = new FileAlreadyExistsException(directory.toString());
                exists.initCause(e);
                throw exists;
            }
            throw e;
        }
    }

    private void done(Supplier<CompletableFuture<Void>> operation) throws IOException {
        var ignored = ask(operation);
    }

    @Override
    public void delete(VirtualPath file) throws IOException {
        done(() -> session.requests().remove(path(file)));
    }

    @Override
    public void deleteDirectory(VirtualPath directory) throws IOException {
        done(() -> session.requests().removeDirectory(path(directory)));
    }

    @Override
    public void setModified(VirtualPath file, Instant time) throws IOException {
        done(() -> FileOperations.setModified(session, path(file), time));
    }

    @Override
    public void setPermissions(VirtualPath file, int bits) throws IOException {
        done(() -> FileOperations.setPermissions(session, path(file), bits));
    }

    // --- content

    @Override
    public Optional<byte[]> digest(VirtualPath file, String algorithm) throws IOException {
        for (ChecksumAlgorithm one : ChecksumAlgorithm.values()) {
            if (one.hashName().equals(algorithm) && session.checksums().mayTell(one)) {
                return Optional.of(HexFormat.of()
                        .parseHex(ask(() -> session.checksums().of(path(file), one))
                                .value()));
            }
        }
        return Optional.empty();
    }

    @Override
    public void download(VirtualPath file, WritableFile target) throws IOException {
        finish(DownloadTask.start(
                session.transfers(),
                path(file),
                offset -> new Kept(target),
                DownloadOptions.builder().verification(verification).build()));
    }

    @Override
    public void upload(VirtualPath file, ReadableFile source, long size) throws IOException {
        UploadOptions options = UploadOptions.builder()
                .verification(verification)
                .atomic(atomicUploads || session.requests().canReplace())
                .build();
        finish(UploadTask.startUnsynced(session.transfers(), new OpenSource(source, size), path(file), options));
    }

    private void finish(TransferTask task) throws IOException {
        var ignored = await(task.result(), task::cancel);
    }

    // --- life

    @Override
    public boolean isUsable() {
        return !closed && !session.ended().isDone();
    }

    @Override
    public boolean isRetryable(IOException failure) {
        return failure instanceof FileTransferException transfer && transfer.isRetryable();
    }

    @Override
    public void close() {
        boolean first;
        synchronized (this) {
            first = !closed;
            closed = true;
        }
        if (first) {
            Runnable cancel = running;
            if (cancel != null) {
                cancel.run();
            }
            shared.release();
        }
    }
}
