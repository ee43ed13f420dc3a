package io.portolan.ftp.client.internal.nio;

import io.portolan.ftp.client.BlockingFtpSession;
import io.portolan.ftp.client.FtpLease;
import io.portolan.ftp.client.FtpPool;
import io.portolan.ftp.client.FtpSession;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.ClosedFileSystemException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/** The sessions that a file system has at the moment, all of which end with it. Safe to use from any thread. */
final class Leases {

    private final FtpPool pool;
    private final Set<Held> held = ConcurrentHashMap.newKeySet();
    private final ReentrantLock pairing = new ReentrantLock();
    private volatile boolean closed;

    Leases(FtpPool pool) {
        this.pool = pool;
    }

    /** One session, until it is given back. */
    final class Held implements AutoCloseable {
        private final FtpLease lease;
        private final AtomicBoolean given = new AtomicBoolean();

        Held(FtpLease lease) {
            this.lease = lease;
        }

        FtpSession session() {
            return lease.session();
        }

        BlockingFtpSession blocking() {
            return lease.blocking();
        }

        @Override
        public void close() {
            if (given.compareAndSet(false, true)) {
                held.remove(this);
                lease.close();
            }
        }

        private void discard() {
            if (given.compareAndSet(false, true)) {
                lease.session().close();
                lease.discard();
            }
        }
    }

    /** Two sessions. */
    record Pair(Held first, Held second) implements AutoCloseable {
        @Override
        public void close() {
            first.close();
            second.close();
        }
    }

    Held take() throws IOException {
        if (closed) {
            throw new ClosedFileSystemException();
        }
        Held taken;
        try {
            taken = new Held(pool.leaseBlocking());
        } catch (IOException e) {
            if (closed) {
                throw new ClosedFileSystemException();
            }
            throw e;
        }
        held.add(taken);
        if (closed) {
            held.remove(taken);
            taken.discard();
            throw new ClosedFileSystemException();
        }
        return taken;
    }

    /** Two at once, for which one thread waits at a time: several that had one each would wait for the other for ever. */
    Pair takeTwo() throws IOException {
        try {
            pairing.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while two sessions were waited for");
        }
        try {
            Held first = take();
            boolean both = false;
            try {
                Held second = take();
                both = true;
                return new Pair(first, second);
            } finally {
                if (!both) {
                    first.close();
                }
            }
        } finally {
            pairing.unlock();
        }
    }

    void close() {
        closed = true;
        held.forEach(Held::discard);
        held.clear();
        pool.close();
    }
}
