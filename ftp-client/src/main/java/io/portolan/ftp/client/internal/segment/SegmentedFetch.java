package io.portolan.ftp.client.internal.segment;

import io.portolan.core.internal.concurrent.Delivery;
import io.portolan.core.internal.mirror.RemoteTree;
import io.portolan.core.internal.segment.Segments;
import io.portolan.fs.VirtualPath;
import io.portolan.ftp.FtpReply;
import io.portolan.ftp.TransferType;
import io.portolan.ftp.client.DownloadOptions;
import io.portolan.ftp.client.FtpCancelledException;
import io.portolan.ftp.client.FtpVerificationException;
import io.portolan.ftp.client.TruncatedTransferException;
import io.portolan.ftp.client.Verification;
import io.portolan.ftp.client.internal.command.Downloads;
import io.portolan.ftp.client.internal.command.TransferTask;
import io.portolan.ftp.client.internal.mirror.FtpTree;
import io.portolan.ftp.client.internal.session.ClientSession;
import io.portolan.mirror.MirrorOptions;
import io.portolan.transfer.FileTransferException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Fetches a file in segments into a channel. Used once. */
public final class SegmentedFetch {

    /** Opens sessions. */
    @FunctionalInterface
    public interface Connector {
        ClientSession connect() throws IOException;
    }

    /** What the server tells of the file; has to be the same at the end. */
    private record Facts(long size, String modified) {}

    private static final List<String> ALGORITHMS = List.of("SHA-256", "SHA-512", "SHA-1", "MD5");
    private static final int BUFFER = 1 << 16;
    /** Attempts for each segment, each of which goes on where the last one ended. */
    private static final int ATTEMPTS = 5;
    /** For the end of workers whose sessions have been closed. */
    private static final long JOIN_MILLIS = 10_000;

    private final Connector connector;
    private final String asked;
    private final FileChannel file;
    private final int connections;
    private final ThreadFactory threads = Segments.threads();
    private final List<ClientSession> open = new ArrayList<>();
    private final List<Thread> workers = new ArrayList<>();
    private String path = "";
    private int alive;
    private int used;
    private boolean stopped;
    private @Nullable Throwable fatal;

    /**
     * A fetch.
     *
     * @param path the file
     * @param file where it goes, empty
     * @param connections the most
     */
    public SegmentedFetch(Connector connector, String path, FileChannel file, int connections) {
        this.connector = connector;
        this.asked = path;
        this.file = file;
        this.connections = connections;
    }

    /**
     * Fetches it.
     *
     * @param verification whether the server's checksum has to be that of what came; the size and the time always have to be those of the beginning
     * @return how many connections there were
     */
    public int run(Verification verification) throws IOException, InterruptedException {
        ClientSession first = connect();
        try {
            path = FtpTree.absolute(first, asked);
            Facts facts = facts(first);
            boolean restarts = first.features().has("REST");
            if (facts.size < 2 * Segments.SMALLEST || !restarts) {
                whole(first);
            } else {
                inParts(first, facts.size);
            }
            ClientSession last = isOpen(first) ? first : connect();
            if (!facts.equals(facts(last)) || facts.size >= 0 && file.size() != facts.size) {
                throw new FtpVerificationException(path + " has changed while it was fetched", null);
            }
            if (verification == Verification.HASH || verification == Verification.BEST) {
                verify(last, verification == Verification.HASH);
            }
            var ignored = Delivery.await(last.quit(), last::close);
            return Math.max(1, used);
        } finally {
            stop();
        }
    }

    private static boolean isOpen(ClientSession session) {
        return !session.closed().isDone();
    }

    private ClientSession connect() throws IOException {
        ClientSession session = connector.connect();
        synchronized (this) {
            if (!stopped) {
                open.add(session);
                return session;
            }
        }
        session.close();
        throw new IOException("the download has been stopped");
    }

    private Facts facts(ClientSession session) throws IOException {
        CompletableFuture<FtpReply> asked = session.submit(
                () -> session.type(TransferType.IMAGE).thenCompose(typed -> session.tried("SIZE", path)));
        FtpReply size = Delivery.await(asked, session::close);
        CompletableFuture<FtpReply> modified = session.submit(() -> session.tried("MDTM", path));
        FtpReply time = Delivery.await(modified, session::close);
        return new Facts(octets(size), time.isPositive() ? time.lines().get(0) : "");
    }

    private static long octets(FtpReply reply) {
        String text = reply.lines().get(0).strip();
        boolean number = !text.isEmpty() && text.length() < 19 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return reply.isPositive() && number ? Long.parseLong(text) : -1;
    }

    private void whole(ClientSession session) throws IOException {
        SegmentPlan plan = new SegmentPlan(Long.MAX_VALUE, 1, Long.MAX_VALUE);
        Segment all = plan.take();
        if (all != null) {
            SegmentSink sink = new SegmentSink(plan, all, file, Long.MAX_VALUE, () -> {});
            TransferTask<?> task = Downloads.start(session, path, offset -> sink, DownloadOptions.defaults());
            var ignored = Delivery.await(task.result(), task::cancel);
        }
    }

    private void inParts(ClientSession first, long size) throws IOException, InterruptedException {
        int parts = (int) Math.min(connections, size / Segments.SMALLEST);
        SegmentPlan plan = new SegmentPlan(size, parts, Segments.SMALLEST);
        synchronized (this) {
            for (int i = 0; i < parts; i++) {
                ClientSession session = i == 0 ? first : null;
                Thread worker = threads.newThread(() -> work(plan, size, session));
                workers.add(worker);
                alive++;
            }
        }
        running().forEach(Thread::start);
        try {
            synchronized (this) {
                while (alive > 0) {
                    wait();
                }
            }
        } catch (InterruptedException e) {
            stop();
            throw e;
        } finally {
            join();
        }
        Throwable cause = failure();
        if (cause instanceof IOException io) {
            throw io;
        }
        if (cause != null) {
            throw new IOException(cause);
        }
        if (!plan.isDone() || plan.written() != size) {
            throw new TruncatedTransferException(path + " did not come whole", null, plan.written(), size);
        }
    }

    private synchronized List<Thread> running() {
        return List.copyOf(workers);
    }

    /** All of them within the time, not each. */
    private void join() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(JOIN_MILLIS);
        for (Thread worker : running()) {
            // for no time at all would be forever
            worker.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
        }
    }

    private synchronized @Nullable Throwable failure() {
        return fatal;
    }

    private void work(SegmentPlan plan, long size, @Nullable ClientSession given) {
        ClientSession session = given;
        IOException refusal = null;
        try {
            boolean counted = false;
            while (!isStopped() && !plan.isDone()) {
                try {
                    session = session == null || !isOpen(session) ? connect() : session;
                } catch (IOException e) {
                    refusal = e;
                    return;
                }
                Segment segment = plan.take();
                if (segment == null) {
                    return;
                }
                if (!counted) {
                    counted = true;
                    count();
                }
                fetch(plan, segment, session, size);
            }
        } catch (IOException | RuntimeException | Error e) {
            fail(e);
        } finally {
            left(plan, refusal);
        }
    }

    private void fetch(SegmentPlan plan, Segment segment, ClientSession session, long size) throws IOException {
        AtomicReference<@Nullable TransferTask<?>> task = new AtomicReference<>();
        SegmentSink sink = new SegmentSink(plan, segment, file, size, () -> {
            TransferTask<?> running = task.get();
            if (running != null) {
                running.cancel();
            }
        });
        DownloadOptions options = DownloadOptions.builder()
                .offset(plan.position(segment))
                .expectedSize(size)
                .build();
        try {
            TransferTask<?> running = Downloads.start(session, path, offset -> sink, options);
            task.set(running);
            var ignored = Delivery.await(running.result(), running::cancel);
        } catch (FileTransferException e) {
            boolean cut = e instanceof FtpCancelledException && plan.isFull(segment);
            if (!cut && (!e.isRetryable() || plan.putBack(segment) >= ATTEMPTS)) {
                throw e;
            }
            if (!cut) {
                return;
            }
        }
        if (!plan.isFull(segment)) {
            if (plan.putBack(segment) >= ATTEMPTS) {
                throw new TruncatedTransferException(path + " did not come whole", null, plan.claimed(), size);
            }
            return;
        }
        plan.finish(segment);
    }

    private synchronized void count() {
        used++;
    }

    /** A worker that gets no connection leaves its share to those that have one. */
    private synchronized void left(SegmentPlan plan, @Nullable IOException refusal) {
        alive--;
        if (alive == 0 && refusal != null && fatal == null && !plan.isDone()) {
            fatal = refusal;
        }
        notifyAll();
    }

    private synchronized boolean isStopped() {
        return stopped;
    }

    private void fail(Throwable cause) {
        synchronized (this) {
            if (fatal == null) {
                fatal = cause;
            }
        }
        stop();
    }

    private void stop() {
        List<ClientSession> sessions;
        synchronized (this) {
            stopped = true;
            sessions = List.copyOf(open);
        }
        sessions.forEach(ClientSession::close);
        for (Thread worker : running()) {
            if (worker != Thread.currentThread()) {
                // it may be connecting
                worker.interrupt();
            }
        }
    }

    private void verify(ClientSession session, boolean needed) throws IOException {
        RemoteTree tree = FtpTree.of(session, "/", MirrorOptions.defaults());
        for (String algorithm : ALGORITHMS) {
            Optional<byte[]> theirs = tree.digest(VirtualPath.of(path), algorithm);
            if (theirs.isPresent()) {
                if (!Arrays.equals(theirs.get(), digest(algorithm))) {
                    throw new FtpVerificationException(path + ": its " + algorithm + " is not the server's", null);
                }
                return;
            }
        }
        if (needed) {
            throw new FtpVerificationException(path + ": the server tells no checksum of it", null);
        }
    }

    private byte[] digest(String algorithm) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IOException(e);
        }
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        long at = 0;
        for (int read = file.read(buffer, at); read >= 0; read = file.read(buffer, at)) {
            at += read;
            digest.update(buffer.flip());
            buffer.clear();
        }
        return digest.digest();
    }
}
