package io.portolan.ftp.server.internal.command;

import io.portolan.fs.DirectoryEntry;
import io.portolan.fs.EntryStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Looks the entries of one listing up on two threads: the one that wants them, and a worker, if one is free. Nobody ever waits for the other to begin:
 * each takes the next part that nobody has taken. On the platform's own file system, looking up is two thirds of a listing; on one that is reached over a network,
 * nearly all.
 */
final class EntryHelper {

    private static final boolean ONE_PROCESSOR = Runtime.getRuntime().availableProcessors() == 1;

    private final Executor workers;
    private final boolean alone;
    /** Whether a worker has been asked for help and has not come yet: where all are busy, there is never more than one such task for a listing. */
    private final AtomicBoolean called = new AtomicBoolean();

    private volatile @Nullable Batch current;

    EntryHelper(Executor workers) {
        this(workers, ONE_PROCESSOR);
    }

    EntryHelper(Executor workers, boolean alone) {
        this.workers = workers;
        this.alone = alone;
    }

    /** The entries of each part, in the order of the parts. */
    List<List<DirectoryEntry>> entries(List<EntryStream.Part> parts) throws IOException {
        Batch batch = new Batch(parts);
        if (parts.size() > 1 && !alone) {
            current = batch;
            call();
        }
        batch.work();
        current = null;
        return batch.result();
    }

    private void call() {
        if (called.compareAndSet(false, true)) {
            try {
                workers.execute(this::help);
            } catch (RejectedExecutionException nobodyIsFree) {
                called.set(false);
            }
        }
    }

    private void help() {
        called.set(false);
        Batch batch = current;
        if (batch != null) {
            batch.work();
        }
    }

    private static final class Batch {
        private final List<EntryStream.Part> parts;
        private final List<AtomicReference<List<DirectoryEntry>>> made;
        private final AtomicInteger taken = new AtomicInteger();
        private final CountDownLatch left;
        private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

        Batch(List<EntryStream.Part> parts) {
            this.parts = parts;
            this.left = new CountDownLatch(parts.size());
            this.made = new ArrayList<>(parts.size());
            for (int i = 0; i < parts.size(); i++) {
                made.add(new AtomicReference<>(List.of()));
            }
        }

        /** Takes parts as long as there are any; after a failure they are only counted. */
        void work() {
            int i;
            while ((i = taken.getAndIncrement()) < parts.size()) {
                try {
                    if (failure.get() == null) {
                        made.get(i).set(parts.get(i).entries());
                    }
                } catch (Throwable e) {
                    failure.compareAndSet(null, e);
                } finally {
                    left.countDown();
                }
            }
        }

        List<List<DirectoryEntry>> result() throws IOException {
            try {
                left.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                failure.compareAndSet(null, e);
                throw new InterruptedIOException("the listing was given up");
            }
            Throwable failed = failure.get();
            if (failed instanceof IOException e) {
                throw e;
            } else if (failed instanceof Error e) {
                throw e;
            } else if (failed instanceof RuntimeException e) {
                throw e;
            } else if (failed != null) {
                // a file system in a language that knows no checked exceptions may throw anything
                throw new IOException(failed);
            }
            List<List<DirectoryEntry>> result = new ArrayList<>(made.size());
            for (AtomicReference<List<DirectoryEntry>> each : made) {
                result.add(each.get());
            }
            return result;
        }
    }
}
