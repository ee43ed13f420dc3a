package io.portolan.sftp.client.internal.retry;

import io.portolan.core.internal.retry.Retry;
import io.portolan.sftp.client.SftpConnectionException;
import io.portolan.sftp.client.SftpSession;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One session for whatever is done at a time, as requests of any number of threads go over one connection; a new one when it has ended. It stays until this is closed and nobody has it any more. Safe to use from any thread; not part
 * of any session's path, so that a lock does no harm.
 */
public final class CurrentSession {

    /** Connects. */
    @FunctionalInterface
    public interface Opener {
        SftpSession open() throws IOException;
    }

    private final Opener opener;
    private final ReentrantLock connecting;
    private @Nullable Shared current;
    private volatile boolean closed;

    /** Connects when there is a need. */
    public CurrentSession(Opener opener) {
        this(opener, new ReentrantLock());
    }

    /** With a lock that a test may look at. */
    CurrentSession(Opener opener, ReentrantLock connecting) {
        this.opener = opener;
        this.connecting = connecting;
    }

    /** A session, and how many have it. */
    private final class Shared {
        private final SftpSession session;
        private int holders;

        Shared(SftpSession session) {
            this.session = session;
        }

        Retry.Held<SftpSession> hold() {
            synchronized (this) {
                holders++;
            }
            return new Retry.Held<>(session, () -> !session.isOpen(), this::release);
        }

        private void release() {
            boolean last;
            synchronized (this) {
                last = --holders == 0;
            }
            if (last && closed) {
                session.close();
            }
        }

        void closeIfUnused() {
            boolean unused;
            synchronized (this) {
                unused = holders == 0;
            }
            if (unused) {
                session.close();
            }
        }
    }

    /** A session that was open just now; whoever waits for another thread to connect can be interrupted. */
    public Retry.Held<SftpSession> take() throws IOException {
        try {
            connecting.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("interrupted");
            interrupted.initCause(e);
            throw interrupted;
        }
        try {
            requireOpen();
            Shared shared = current;
            if (shared == null || !shared.session.isOpen()) {
                shared = new Shared(opener.open());
                current = shared;
            }
            Retry.Held<SftpSession> held = shared.hold();
            if (closed) {
                held.giveBack().run();
            }
            requireOpen();
            return held;
        } finally {
            connecting.unlock();
            if (closed) {
                // whoever has closed this could not do it while the lock was held
                closeIfUnused();
            }
        }
    }

    private void requireOpen() throws SftpConnectionException {
        if (closed) {
            throw new SftpConnectionException("closed, so that nothing is tried any more", null);
        }
    }

    /** Nobody gets a session any more; it ends with the last who has it. Does not wait. */
    public void close() {
        closed = true;
        closeIfUnused();
    }

    /** Whoever has the lock at this time does it when the lock is given back. */
    private void closeIfUnused() {
        if (connecting.tryLock()) {
            try {
                Shared shared = current;
                if (shared != null) {
                    shared.closeIfUnused();
                }
            } finally {
                connecting.unlock();
            }
        }
    }
}
