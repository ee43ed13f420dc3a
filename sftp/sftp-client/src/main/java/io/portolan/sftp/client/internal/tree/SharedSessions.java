package io.portolan.sftp.client.internal.tree;

import io.portolan.core.internal.concurrent.Delivery;
import io.portolan.sftp.client.internal.session.ClientSession;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One session for all that mirror at a time, as requests of any number of workers go over one connection; a new one when it has broken. It is closed with the last who has it. Safe to use from any thread; not part of any session's
 * path, so that a lock does no harm.
 */
public final class SharedSessions {

    /** Opens sessions. */
    @FunctionalInterface
    public interface Opener {
        ClientSession open() throws IOException;
    }

    private final Opener opener;
    private @Nullable Shared current;
    /** Completed when it is open; null if nobody opens one. */
    private @Nullable CompletableFuture<Void> opening;

    public SharedSessions(Opener opener) {
        this.opener = opener;
    }

    /** A session, and how many have it. */
    final class Shared {
        private final ClientSession session;
        private int holders;

        Shared(ClientSession session) {
            this.session = session;
        }

        ClientSession session() {
            return session;
        }

        void release() {
            synchronized (SharedSessions.this) {
                if (--holders == 0) {
                    session.close();
                    if (current == this) {
                        current = null;
                    }
                }
            }
        }
    }

    /**
     * A session that was open just now; to be released. Blocks while one is opened, by whoever comes first, whose failure is that of all who wait for it: a server that does not answer is waited for once.
     */
    Shared take() throws IOException {
        while (true) {
            CompletableFuture<Void> awaited;
            boolean opens;
            synchronized (this) {
                Shared present = current;
                if (present != null && !present.session.ended().isDone()) {
                    present.holders++;
                    return present;
                }
                CompletableFuture<Void> underWay = opening;
                opens = underWay == null;
                awaited = underWay == null ? new CompletableFuture<>() : underWay;
                opening = awaited;
            }
            if (opens) {
                return open(awaited);
            }
            var ignored = Delivery.await(awaited.thenApply(nothing -> true), () -> {});
        }
    }

    /** Not under the lock, as it takes as long as the network. */
    private Shared open(CompletableFuture<Void> awaited) throws IOException {
        Throwable failure = null;
        try {
            Shared opened = new Shared(opener.open());
            opened.holders++;
            synchronized (this) {
                current = opened;
            }
            return opened;
        } catch (IOException | RuntimeException | Error e) {
            failure = e;
            throw e;
        } finally {
            synchronized (this) {
                opening = null;
            }
            if (failure == null) {
                awaited.complete(null);
            } else {
                awaited.completeExceptionally(failure);
            }
        }
    }
}
