package io.portolan.sftp.client.internal.tree;

import io.portolan.sftp.client.internal.session.ClientSession;
import java.io.IOException;
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

    /** A session that was open just now; to be released. */
    synchronized Shared take() throws IOException {
        Shared shared = current;
        if (shared == null || shared.session.ended().isDone()) {
            shared = new Shared(opener.open());
            current = shared;
        }
        shared.holders++;
        return shared;
    }
}
