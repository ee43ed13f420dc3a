package io.portolan.sftp.client.internal.transfer;

import io.netty.buffer.ByteBuf;
import io.portolan.core.internal.concurrent.Futures;
import io.portolan.sftp.client.SftpException;
import io.portolan.sftp.client.SftpStatusException;
import io.portolan.sftp.client.TransferResult;
import io.portolan.sftp.client.UploadOptions;
import io.portolan.sftp.client.Verification;
import io.portolan.sftp.client.internal.protocol.OpenMode;
import io.portolan.sftp.client.internal.protocol.RemoteHandle;
import io.portolan.sftp.client.internal.protocol.ServerLimits;
import io.portolan.sftp.client.internal.protocol.WriteRequest;
import io.portolan.sftp.internal.attributes.SftpAttributes;
import io.portolan.transfer.TransferProgress;
import io.portolan.transfer.TransferSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * A file on its way to the server. A worker reads ahead while what was read is sent; every write's answer is looked at, and the first that is not OK ends the transfer. What comes behind the last octet (to the disk, its size, its times, the
 * end of the handle) is sent with it, as the protocol keeps the order of what concerns one file; the upload is done when all of that was answered.
 */
public final class UploadTask extends TransferTask {

    private static final long UNKNOWN = -1;

    /** Buffers that are filled at a time: one, and the next. */
    private static final int READING = 2;

    private final TransferSource original;
    private final UploadOptions options;
    private final boolean synced;
    private final OptionalLong goesOnAt;
    private boolean part;
    private final String what;
    private final String target;
    private final ArrayDeque<Filled> filled = new ArrayDeque<>();

    private Verifier verifier = new Verifier(Verification.NONE, null);
    private @Nullable RemoteHandle handle;
    private @Nullable UploadSource source;

    private boolean made;
    private long start;
    private long size = UNKNOWN;
    private long readTo;
    private int reading;
    private boolean allRead;
    private long sent;
    private long acknowledged;
    private final WrittenPrefix prefix = new WrittenPrefix();

    /** Whether what was read last was not sent. */
    private boolean endsInHole;

    private int unanswered;
    private long underWay;
    private boolean finishing;
    private boolean telling;

    /** All that follows the last octet, until it was answered. */
    private @Nullable CompletableFuture<Void> closing;

    /** Between the old file and the new one there may be none: until the server has answered, what was made is not taken away. */
    private boolean placing;

    private @Nullable Throwable cause;
    private boolean sourceClosed;
    private boolean cleanedUp;

    /** Octets that were read, behind the room for what goes before them. */
    private record Filled(ByteBuf buffer, int octets, int reserved, boolean hole) {}

    private UploadTask(
            TransferContext context,
            TransferSource source,
            String path,
            UploadOptions options,
            boolean synced,
            OptionalLong goesOnAt) {
        super(context, path, options.rateLimit());
        this.synced = synced;
        this.goesOnAt = goesOnAt;
        this.original = source;
        this.options = options;
        this.what = "WRITE " + path;
        this.target = options.atomic() ? TemporaryName.beside(path) : path;
    }

    /** Queues an upload. An atomic one is brought to the disk where the server can do that, or a crash could leave a file in its place that is empty. */
    public static UploadTask start(TransferContext context, TransferSource source, String path, UploadOptions options) {
        UploadTask task = new UploadTask(
                context, source, path, options, options.sync() || options.atomic(), OptionalLong.empty());
        task.enqueue();
        return task;
    }

    /** Queues one of very many uploads, which can be done again: none of them waits for a disk. */
    public static UploadTask startUnsynced(
            TransferContext context, TransferSource source, String path, UploadOptions options) {
        UploadTask task = new UploadTask(context, source, path, options, false, OptionalLong.empty());
        task.enqueue();
        return task;
    }

    /**
     * Queues one attempt at a file that may take several, under a name that is given to it for good by somebody else.
     *
     * @param synced whether it is brought to the disk where the server can do that
     * @param goesOnAt behind which octets; empty for where the options say
     */
    public static UploadTask startPart(
            TransferContext context,
            TransferSource source,
            String path,
            UploadOptions options,
            boolean synced,
            OptionalLong goesOnAt) {
        UploadTask task = new UploadTask(context, source, path, options, synced, goesOnAt);
        task.part = true;
        task.enqueue();
        return task;
    }

    /** How many octets the file certainly has from its beginning on, without a hole; once this has ended. */
    public long safe() {
        return prefix.octets();
    }

    private boolean canSync() {
        return context.connection().facts().has("fsync@openssh.com");
    }

    @Override
    void begin() throws SftpException {
        if (options.sync() && !options.atomic() && !canSync()) {
            throw new SftpException("the server does not have fsync@openssh.com", null, false);
        }
        verifier = Verifier.choose(context.checksums(), options.verification(), !options.append());
        if (goesOnAt.isPresent()) {
            openSource(goesOnAt.getAsLong());
        } else if (options.append() || options.resume()) {
            CompletableFuture<Long> there =
                    context.requests().stat(path, true).handle((attributes, failure) -> there(attributes, failure));
            then(there, this::openSource);
        } else {
            openSource(0L);
        }
    }

    private static long there(@Nullable SftpAttributes attributes, @Nullable Throwable failure) {
        if (attributes != null) {
            return attributes.size().orElse(0);
        }
        Throwable cause = failure == null ? new IllegalStateException() : Futures.unwrap(failure);
        if (cause instanceof SftpStatusException status && status.isNotFound()) {
            return 0;
        }
        throw new CompletionException(cause);
    }

    private void openSource(long there) {
        start = there;
        prefix.beginAt(there);
        long skipped = options.append() ? 0 : there;
        UploadSource opened = new UploadSource(original, verifier.hasher(), this::isStopped);
        source = opened;
        then(work(() -> opened.open(skipped, path)), told -> {
            if (told.isPresent()) {
                size = told.getAsLong() - skipped;
            }
            open();
            readAhead(opened);
        });
    }

    private void open() {
        Set<OpenMode> modes = EnumSet.of(OpenMode.WRITE);
        if (options.atomic()) {
            modes.add(OpenMode.CREATE_NEW);
        } else {
            modes.add(OpenMode.CREATE);
            if (options.append()) {
                modes.add(OpenMode.APPEND);
            } else if (start == 0) {
                modes.add(OpenMode.TRUNCATE);
            }
        }
        SftpAttributes.Builder attributes = SftpAttributes.builder();
        options.permissionBits().ifPresent(attributes::permissions);
        context.requests().open(target, modes, attributes.build()).whenComplete((opened, failure) -> {
            if (failure != null) {
                fail(failure);
                return;
            }
            made = true;
            handle = opened;
            if (isStopped()) {
                cleanUp();
            } else {
                send();
                proceed();
            }
        });
    }

    // --- reading

    @Override
    void proceed() {
        UploadSource from = source;
        if (from != null) {
            readAhead(from);
        }
    }

    private void readAhead(UploadSource from) {
        while (!isStopped() && !allRead && reading < READING) {
            ServerLimits limits = context.connection().facts().limits();
            int octets = window.chunk(Math.min(ServerLimits.USUAL, limits.write()), limits.write());
            long left = size - readTo;
            if (size != UNKNOWN && left >= 0) {
                // one more than there should be, so that the end is seen with the last octet
                octets = (int) Math.min(octets, left + 1);
            } else if (size != UNKNOWN && reading > 0) {
                // most likely the one that is filled now is the last
                return;
            }
            if (!mayMove(octets, underWay)) {
                return;
            }
            underWay += octets;
            readTo += octets;
            reading++;
            read(from, WriteRequest.buffer(context.connection().allocator(), octets), octets);
        }
    }

    private void read(UploadSource from, ByteBuf buffer, int octets) {
        ByteBuffer room = buffer.nioBuffer(WriteRequest.ROOM, octets);
        call(() -> from.read(room, sparse()), buffer::release, (read, failure) -> {
            reading--;
            if (read == null || isStopped()) {
                buffer.release();
                returned(octets);
                if (read == null) {
                    fail(failure == null ? new IllegalStateException("nothing was read") : failure);
                }
                return;
            }
            int count = read.octets();
            if (count < octets) {
                allRead = true;
                returned(octets - count);
            }
            if (count > 0) {
                filled.add(new Filled(buffer, count, count, read.zeros()));
            } else {
                buffer.release();
            }
            send();
            readAhead(from);
        });
    }

    /** Only what has nothing before can have holes: what lies behind the end of a new file is zero. */
    private boolean sparse() {
        return options.sparse() && start == 0 && !options.append();
    }

    private void returned(int octets) {
        underWay -= octets;
        context.budget().giveBack(octets);
    }

    // --- sending

    private void send() {
        RemoteHandle to = handle;
        if (to == null || isStopped()) {
            return;
        }
        boolean skipped = false;
        for (Filled next = filled.poll(); next != null; next = filled.poll()) {
            int octets = next.octets();
            long offset = start + sent;
            sent += octets;
            endsInHole = next.hole();
            if (next.hole()) {
                next.buffer().release();
                skip(octets);
                skipped = true;
                continue;
            }
            unanswered++;
            window.asked(octets, System.nanoTime());
            WrittenPrefix.Portion write = prefix.sent(octets);
            context.requests().write(what, to, offset, next.buffer(), octets, failure -> written(write, failure));
            if (isStopped()) {
                return;
            }
        }
        if (allRead && reading == 0 && !finishing) {
            finishing = true;
            finish(to);
        }
        if (skipped && !isStopped()) {
            tellProgress();
        }
    }

    /** Counts as written what the server has without being told. */
    private void skip(int octets) {
        prefix.skipped(octets);
        returned(octets);
        acknowledged += octets;
    }

    private void written(WrittenPrefix.Portion write, @Nullable SftpException failure) {
        int octets = write.octets();
        unanswered--;
        returned(octets);
        if (failure != null) {
            fail(failure);
            return;
        }
        acknowledged += octets;
        prefix.written(write);
        window.answered(octets, System.nanoTime());
        if (!isStopped()) {
            tellProgress();
            proceed();
        }
    }

    /** At most one call for it waits for the worker. */
    private void tellProgress() {
        if (options.progress() == TransferProgress.none()) {
            completeIfDone();
            return;
        }
        if (telling) {
            return;
        }
        telling = true;
        long now = acknowledged;
        OptionalLong total = size == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(size);
        call(
                () -> {
                    options.progress().moved(now, total);
                    return null;
                },
                NOTHING,
                (nothing, failure) -> {
                    telling = false;
                    if (failure != null) {
                        fail(failure);
                    } else if (!isStopped() && acknowledged > now) {
                        tellProgress();
                    } else {
                        completeIfDone();
                    }
                });
    }

    // --- the end

    private void finish(RemoteHandle to) {
        if (endsInHole) {
            endsInHole = false;
            FileLength.extend(context, to, sent, what).whenComplete((extended, failure) -> {
                if (failure != null) {
                    fail(failure);
                } else if (!isStopped()) {
                    finish(to);
                }
            });
            return;
        }
        List<CompletableFuture<?>> answers = new ArrayList<>();
        if (synced && canSync()) {
            answers.add(context.requests().sync(to));
        }
        if (verifier.way() == Verification.SIZE || options.atomic() || part || sparse()) {
            answers.add(context.requests().stat(to).thenAccept(this::compareSize));
        }
        if (options.modified().isPresent() || options.permissionBits().isPresent()) {
            answers.add(context.requests().setAttributes(to, kept()));
        }
        handle = null;
        answers.add(context.requests().close(to));
        closing = CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new))
                .thenApply(all -> null);
        closing.whenComplete((all, failure) -> {
            if (isStopped()) {
                removeMade();
            } else if (failure != null) {
                fail(failure);
            } else {
                completeIfDone();
            }
        });
    }

    private void compareSize(SftpAttributes attributes) {
        OptionalLong told = attributes.size();
        boolean needed = verifier.way() == Verification.SIZE || sparse();
        SftpException other = told.isEmpty() && !needed ? null : Verifier.compareSize(path, told, start + sent);
        if (other != null) {
            throw new CompletionException(other);
        }
    }

    private SftpAttributes kept() {
        SftpAttributes.Builder kept = SftpAttributes.builder();
        options.permissionBits().ifPresent(kept::permissions);
        options.modified().ifPresent(time -> kept.modified(time).accessed(time));
        return kept.build();
    }

    private void completeIfDone() {
        CompletableFuture<Void> answered = closing;
        if (isStopped() || telling || unanswered > 0 || answered == null || !answered.isDone()) {
            return;
        }
        closing = null;
        then(verifier.checkHash(context.checksums(), target), same -> publish());
    }

    private void publish() {
        if (!options.atomic()) {
            done();
            return;
        }
        placing = true;
        Replacement.of(context.requests(), target, path).whenComplete((placed, failure) -> {
            placing = false;
            if (failure == null || Futures.unwrap(failure) instanceof Replacement.KeptException) {
                made = false;
            }
            if (isStopped()) {
                removeMade();
            } else if (failure != null) {
                fail(failure);
            } else {
                done();
            }
        });
    }

    private void done() {
        closeSource().whenComplete((nothing, failure) -> {
            // the file is there, whatever the source says to its end
            complete(new TransferResult(sent, options.append() ? 0 : start, verifier.way()), null);
        });
    }

    private CompletableFuture<Void> closeSource() {
        return release(() -> {
            closeHere();
            return null;
        });
    }

    @Override
    void closeHere() throws IOException {
        UploadSource from = source;
        if (from != null) {
            from.close();
        }
    }

    // --- the other end

    @Override
    void abort(Throwable why) {
        cause = why;
        for (Filled next = filled.poll(); next != null; next = filled.poll()) {
            next.buffer().release();
            returned(next.reserved());
        }
        closeSource().whenComplete((nothing, failure) -> {
            if (failure != null && failure != why) {
                why.addSuppressed(failure);
            }
            sourceClosed = true;
            ended();
        });
        cleanUp();
    }

    /** Closes what is open there, and takes away what nobody wants. */
    private void cleanUp() {
        RemoteHandle open = handle;
        handle = null;
        if (open != null) {
            context.requests().close(open).whenComplete((closed, failure) -> removeMade());
        } else if (!placing && (!made || closing == null || closing.isDone())) {
            removeMade();
        }
    }

    private void removeMade() {
        if (made && options.atomic()) {
            made = false;
            context.requests().remove(target).whenComplete((removed, failure) -> {
                cleanedUp = true;
                ended();
            });
        } else {
            cleanedUp = true;
            ended();
        }
    }

    private void ended() {
        if (sourceClosed && cleanedUp) {
            complete(null, cause);
        }
    }
}
