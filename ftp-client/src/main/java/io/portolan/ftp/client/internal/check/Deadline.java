package io.portolan.ftp.client.internal.check;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Closes what is open when a check has taken too long: a peer that sends an octet now and then defeats the time-outs of reads. */
final class Deadline implements AutoCloseable {

    private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean over;

    private Deadline(Duration limit) {
        thread = new Thread(() -> await(limit), "portolan-check-deadline");
        thread.setDaemon(true);
    }

    static Deadline in(Duration limit) {
        Deadline deadline = new Deadline(limit);
        deadline.thread.start();
        return deadline;
    }

    private void await(Duration limit) {
        try {
            if (done.await(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        over = true;
        open.forEach(Deadline::closeQuietly);
    }

    boolean isOver() {
        return over;
    }

    <T extends Closeable> T watch(T resource) throws IOException {
        open.add(resource);
        if (over) {
            closeQuietly(resource);
            throw new IOException("the check took too long");
        }
        return resource;
    }

    static void closeQuietly(Closeable resource) {
        try {
            resource.close();
        } catch (IOException e) {
            // it is gone, which is all that was wanted
        }
    }

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
