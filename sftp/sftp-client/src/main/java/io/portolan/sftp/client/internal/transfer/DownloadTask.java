package io.portolan.sftp.client.internal.transfer;

import io.netty.buffer.ByteBuf;
import io.portolan.fs.FileInfo;
import io.portolan.fs.ReadableFile;
import io.portolan.fs.WritableFile;
import io.portolan.sftp.client.DownloadOptions;
import io.portolan.sftp.client.SftpException;
import io.portolan.sftp.client.SftpVerificationException;
import io.portolan.sftp.client.TransferResult;
import io.portolan.sftp.client.TruncatedTransferException;
import io.portolan.sftp.client.Verification;
import io.portolan.sftp.client.internal.protocol.ContentReply;
import io.portolan.sftp.client.internal.protocol.OpenMode;
import io.portolan.sftp.client.internal.protocol.RemoteHandle;
import io.portolan.sftp.client.internal.protocol.ServerLimits;
import io.portolan.sftp.internal.attributes.FileInfoMapping;
import io.portolan.sftp.internal.attributes.SftpAttributes;
import io.portolan.transfer.TransferSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A file on its way from the server: chunks are asked for ahead, as many as {@link FlightWindow} says; they may come in any order, and in pieces, and are written in theirs. A piece that is shorter than what was asked for is followed by
 * a request for the rest, and the chunks that are asked for afterwards are of its size, since a server that cuts them would cut them all. The end is where the server says that it is; a file that has told a size
 * and is shorter has been cut off.
 */
public final class DownloadTask extends TransferTask {

    private static final long UNKNOWN = -1;

    private static final int KEPT_BUFFER = 64 * 1024;

    private final TransferSink sink;
    private final DownloadOptions options;
    private final String what;

    /** Asked for and not given to the worker, in their order. */
    private final ArrayDeque<Chunk> chunks = new ArrayDeque<>();

    private Verifier verifier = new Verifier(Verification.NONE, null);
    private @Nullable RemoteHandle handle;
    /** Only the worker's, but for whether it is there. */
    private volatile @Nullable WritableFile file;

    private SftpAttributes told = SftpAttributes.NONE;
    private long before;
    private long sinkOffset;
    private long start;
    private long next;
    private long size = UNKNOWN;
    private boolean sizeAsked;
    private boolean endFound;
    private int chunkLimit;
    private long underWay;
    private int writing;
    private long written;
    private boolean finishing;

    private DownloadTask(TransferContext context, String path, TransferSink sink, DownloadOptions options) {
        super(context, path, options.rateLimit());
        this.sink = sink;
        this.options = options;
        this.what = "READ " + path;
        this.chunkLimit = context.connection().facts().limits().read();
    }

    /** Queues a download. */
    public static DownloadTask start(TransferContext context, String path, TransferSink sink, DownloadOptions options) {
        DownloadTask task = new DownloadTask(context, path, sink, options);
        task.enqueue();
        return task;
    }

    /**
     * Queues a download that goes on.
     *
     * @param written how many octets a sink that is open already has of it
     */
    public static DownloadTask goOn(
            TransferContext context, String path, TransferSink sink, DownloadOptions options, long written) {
        DownloadTask task = new DownloadTask(context, path, sink, options);
        task.before = written;
        task.enqueue();
        return task;
    }

    @Override
    void begin() throws SftpException {
        if (options.resume() || before > 0 && options.offset().isEmpty()) {
            then(work(sink::resumeOffset), this::resume);
        } else {
            long offset = options.offset().orElse(0) + before;
            sinkOffset = before;
            verifier = Verifier.choose(context.checksums(), options.verification(), offset == 0);
            open(offset);
        }
    }

    /** What is here already belongs to what is verified, if it can be read. */
    private void resume(long offset) throws SftpException {
        verifier = Verifier.choose(context.checksums(), options.verification(), true);
        sinkOffset = offset;
        Hasher hasher = verifier.hasher();
        if (hasher == null || offset == 0) {
            open(offset);
            return;
        }
        then(work(() -> hashKept(hasher, offset)), whole -> {
            if (!whole) {
                verifier = Verifier.choose(context.checksums(), options.verification(), false);
            }
            open(offset);
        });
    }

    /** On the worker. */
    private boolean hashKept(Hasher hasher, long octets) throws IOException {
        Optional<ReadableFile> kept = sink.openKept();
        if (kept.isEmpty()) {
            return false;
        }
        try (ReadableFile file = kept.get()) {
            ByteBuffer buffer = ByteBuffer.allocate(KEPT_BUFFER);
            long left = octets;
            while (left > 0 && !isStopped()) {
                int count = file.read(buffer.clear().limit((int) Math.min(KEPT_BUFFER, left)));
                if (count < 0) {
                    throw new IOException("what was kept has become shorter");
                }
                UploadSource.requireProgress(count);
                hasher.update(buffer.flip());
                left -= count;
            }
        }
        return true;
    }

    private void open(long offset) {
        start = offset;
        next = offset;
        context.requests()
                .open(path, Set.of(OpenMode.READ), SftpAttributes.NONE)
                .whenComplete((opened, failure) -> {
                    if (failure != null) {
                        fail(failure);
                    } else if (isStopped()) {
                        close(opened);
                    } else {
                        opened(opened);
                    }
                });
    }

    private void opened(RemoteHandle opened) {
        handle = opened;
        // what is begun anew has no octets before it in the sink, wherever in the file it begins
        long there = sinkOffset;
        then(
                work(() -> {
                    file = sink.open(there);
                    return null;
                }),
                ready -> {});
        context.requests().stat(opened).whenComplete((attributes, failure) -> {
            sizeAsked = true;
            if (isStopped()) {
                return;
            }
            if (failure == null) {
                told = attributes;
                sized(attributes.size());
            }
            // a server that cannot tell the size has an end all the same
            proceed();
            finishIfDone();
        });
        proceed();
    }

    private void sized(OptionalLong there) {
        OptionalLong expected = options.expectedSize();
        if (expected.isPresent() && there.isPresent() && expected.getAsLong() != there.getAsLong()) {
            fail(new SftpVerificationException(
                    path + ": has " + there.getAsLong() + " octets where " + expected.getAsLong() + " are expected",
                    null));
            return;
        }
        long known = there.isPresent() ? there.getAsLong() : expected.orElse(0);
        if (known > 0) {
            // what tells 0 may be a file that is made as it is read
            size = known;
        }
        if (known > 0 && start > known) {
            fail(endsBefore(known));
        }
    }

    private SftpException endsBefore(long octets) {
        return new SftpException(
                path + ": has " + octets + " octets, and is to be read from " + start + " on", null, false);
    }

    // --- asking

    @Override
    void proceed() {
        RemoteHandle from = handle;
        if (from == null || finishing) {
            return;
        }
        while (!isStopped() && !isAllAsked()) {
            if (!sizeAsked && next > start) {
                // one chunk goes with the question for the size: small files need no more
                return;
            }
            int length = window.chunk(Math.min(ServerLimits.USUAL, chunkLimit), chunkLimit);
            if (size != UNKNOWN) {
                length = (int) Math.min(length, size - next);
            }
            if (!mayMove(length, underWay)) {
                return;
            }
            underWay += length;
            window.asked(length, System.nanoTime());
            Chunk chunk = new Chunk(next, length);
            chunks.add(chunk);
            next += length;
            chunk.ask(from);
        }
    }

    private boolean isAllAsked() {
        return endFound || size != UNKNOWN && next >= size;
    }

    /** Octets that were asked for in one go. */
    private final class Chunk implements ContentReply {
        private final long offset;
        private final int length;
        private int got;
        /** What has come: the server's own buffer, or where pieces are put together. */
        private @Nullable ByteBuf content;

        private boolean ended;
        private boolean dropped;
        private boolean asked;

        Chunk(long offset, int length) {
            this.offset = offset;
            this.length = length;
        }

        void ask(RemoteHandle from) {
            asked = true;
            context.requests().read(what, from, offset + got, length - got, this);
        }

        boolean isWhole() {
            return !asked && (got == length || ended);
        }

        @Override
        public void data(ByteBuf data) {
            asked = false;
            int octets = data.readableBytes();
            window.answered(octets, System.nanoTime());
            if (dropped) {
                data.release();
                window.given(length - got - octets);
                returned(length - got);
                return;
            }
            add(data);
            RemoteHandle from = handle;
            if (got < length && from != null) {
                if (size == UNKNOWN || offset + got < size) {
                    ask(from);
                    return;
                }
                end();
                return;
            }
            deliver();
        }

        private void add(ByteBuf data) {
            ByteBuf before = content;
            int octets = data.readableBytes();
            if (before == null) {
                content = data;
            } else {
                // the file goes on behind a piece that was too short: the server cuts them all
                chunkLimit = Math.max(ServerLimits.LEAST, Math.min(chunkLimit, got));
                ByteBuf all = before;
                if (all.capacity() < length) {
                    all = context.connection().allocator().directBuffer(length, length);
                    all.writeBytes(before);
                    before.release();
                    content = all;
                }
                all.writeBytes(data);
                data.release();
            }
            got += octets;
        }

        @Override
        public void end() {
            asked = false;
            ended = true;
            window.given(length - got);
            returned(length - got);
            if (!dropped) {
                deliver();
            }
        }

        @Override
        public void failed(SftpException cause) {
            asked = false;
            ended = true;
            returned(length - got);
            fail(cause);
        }

        /** What has come of it, which is the caller's then; null for nothing. */
        @Nullable
        ByteBuf take() {
            ByteBuf taken = content;
            content = null;
            return taken;
        }

        /** Nobody wants it any more; what was asked for and still comes is let go as it comes. */
        void drop() {
            dropped = true;
            ByteBuf unwanted = take();
            if (unwanted != null) {
                unwanted.release();
            }
            returned(got);
            if (!asked && !ended) {
                returned(length - got);
            }
        }
    }

    private void returned(int octets) {
        underWay -= octets;
        context.budget().giveBack(octets);
    }

    // --- writing

    private void deliver() {
        Chunk first = chunks.peek();
        while (first != null && first.isWhole() && !isStopped()) {
            chunks.remove();
            write(cut(first));
            if (first.got < first.length) {
                endFound = true;
                dropAll();
                break;
            }
            first = chunks.peek();
        }
        if (!isStopped()) {
            proceed();
            finishIfDone();
        }
    }

    /** What a file has grown by since its size was told is left out: the one chunk that is asked for before may have some of it. */
    private @Nullable ByteBuf cut(Chunk chunk) {
        ByteBuf content = chunk.take();
        long beyond = size == UNKNOWN ? 0 : chunk.offset + chunk.got - size;
        if (content != null && beyond > 0) {
            content.writerIndex(content.writerIndex() - (int) beyond);
            returned((int) beyond);
        }
        return content;
    }

    private void dropAll() {
        for (Iterator<Chunk> each = chunks.iterator(); each.hasNext(); ) {
            Chunk chunk = each.next();
            each.remove();
            chunk.drop();
        }
    }

    private void write(@Nullable ByteBuf content) {
        if (content == null) {
            return;
        }
        int octets = content.readableBytes();
        ByteBuffer octetsOfIt = content.nioBuffer();
        written += octets;
        writing++;
        long after = written;
        OptionalLong total = size == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(size - start);
        call(
                () -> {
                    put(octetsOfIt, after, total);
                    return null;
                },
                content::release,
                (nothing, failure) -> {
                    content.release();
                    writing--;
                    returned(octets);
                    if (failure != null) {
                        fail(failure);
                    } else if (!isStopped()) {
                        proceed();
                        finishIfDone();
                    }
                });
    }

    /** On the worker. */
    private void put(ByteBuffer content, long after, OptionalLong total) throws IOException {
        WritableFile target = file;
        if (target == null || isStopped()) {
            return;
        }
        Hasher hasher = verifier.hasher();
        if (hasher != null) {
            hasher.update(content);
        }
        target.write(content);
        options.progress().moved(after, total);
    }

    // --- the end

    private void finishIfDone() {
        if (finishing || isStopped() || !sizeAsked || !isAllAsked() || !chunks.isEmpty() || writing > 0) {
            return;
        }
        finishing = true;
        long total = start + written;
        if (start > 0 && written == 0 && told.size().orElse(start) == 0) {
            // it was not made as it was read, but is empty indeed
            fail(endsBefore(0));
            return;
        }
        if (size != UNKNOWN && total < size) {
            fail(new TruncatedTransferException(
                    path + ": has ended after " + total + " of " + size + " octets", null, written, size - start));
            return;
        }
        OptionalLong expected = options.expectedSize();
        if (expected.isPresent() && expected.getAsLong() != total) {
            fail(new TruncatedTransferException(
                    path + ": has ended after " + total + " of " + expected.getAsLong() + " octets",
                    null,
                    written,
                    expected.getAsLong() - start));
            return;
        }
        then(verified(total), done -> commit());
    }

    private CompletableFuture<Void> verified(long total) {
        RemoteHandle from = handle;
        if (verifier.way() == Verification.SIZE && from != null) {
            CompletableFuture<Void> checked = new CompletableFuture<>();
            context.requests().stat(from).whenComplete((attributes, failure) -> {
                SftpException other = failure == null ? Verifier.compareSize(path, attributes.size(), total) : null;
                if (failure != null) {
                    checked.completeExceptionally(failure);
                } else if (other != null) {
                    checked.completeExceptionally(other);
                } else {
                    checked.complete(null);
                }
            });
            return checked;
        }
        return verifier.checkHash(context.checksums(), path);
    }

    private void commit() {
        closeHandle();
        FileInfo kept = options.keepAttributes() && told.modified().isPresent() ? FileInfoMapping.fileInfo(told) : null;
        // from here on it is the worker's: to cancel it would leave open what has become of the file
        release(() -> {
                    WritableFile target = file;
                    file = null;
                    if (target != null) {
                        try (target) {
                            target.commit();
                        }
                    }
                    if (kept != null) {
                        sink.keep(kept);
                    }
                    return null;
                })
                .whenComplete((nothing, failure) -> {
                    if (failure != null) {
                        fail(failure);
                    } else {
                        complete(new TransferResult(written, start, verifier.way()), null);
                    }
                });
    }

    private void closeHandle() {
        RemoteHandle opened = handle;
        if (opened != null) {
            handle = null;
            close(opened);
        }
    }

    /** Nobody waits for it: what was read is known to be whole or not. */
    private void close(RemoteHandle opened) {
        var ignored = context.requests().close(opened);
    }

    @Override
    void abort(Throwable cause) {
        dropAll();
        closeHandle();
        release(() -> {
                    closeHere();
                    return null;
                })
                .whenComplete((nothing, failure) -> {
                    if (failure != null && failure != cause) {
                        cause.addSuppressed(failure);
                    }
                    complete(null, cause);
                });
    }

    @Override
    void closeHere() throws IOException {
        WritableFile target = file;
        file = null;
        if (target != null) {
            target.close();
        }
    }
}
