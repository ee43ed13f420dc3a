package io.portolan.core.internal.check;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Closes what is open when a check has taken too long, as a peer that sends an octet now and then defeats the time-outs of reads; or when the thread that makes the check is interrupted, which reads of sockets do not notice. */
public final class Deadline implements AutoCloseable {

    /** How often to look whether the thread is interrupted. */
    private static final Duration LOOK = Duration.ofMillis(50);

    private final Thread checking = Thread.currentThread();
    private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean over;
    private volatile boolean interrupted;

    private Deadline(Duration limit) {
        thread = new Thread(() -> await(limit), "portolan-check-deadline");
        thread.setDaemon(true);
    }

    /** Begins to count. */
    public static Deadline in(Duration limit) {
        Deadline deadline = new Deadline(limit);
        deadline.thread.start();
        return deadline;
    }

    private void await(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        try {
            while (!checking.isInterrupted() && System.nanoTime() < end) {
                long left = Math.min(LOOK.toNanos(), end - System.nanoTime());
                if (done.await(left, TimeUnit.NANOSECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        interrupted = checking.isInterrupted();
        over = true;
        open.forEach(Deadline::closeQuietly);
    }

    /** Whether that time is over. */
    public boolean isOver() {
        return over;
    }

    /** Whether it is over because nobody wants to know any more. */
    public boolean isInterrupted() {
        return interrupted;
    }

    /**
     * Has something closed at the end, whichever comes first.
     *
     * @throws IOException if it is over already
     */
    public <T extends Closeable> T watch(T resource) throws IOException {
        open.add(resource);
        if (over) {
            closeQuietly(resource);
            throw new IOException("the check took too long");
        }
        return resource;
    }

    /** Closes what nobody needs any more. */
    public static void closeQuietly(Closeable resource) {
        try {
            resource.close();
        } catch (IOException e) {
            // it is gone, which is all that was wanted
        }
    }

    /** Closes what is open, and waits for the thread. */
    @Override
    public void close() {
        done.countDown();
        open.forEach(Deadline::closeQuietly);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                // it ends at once
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
