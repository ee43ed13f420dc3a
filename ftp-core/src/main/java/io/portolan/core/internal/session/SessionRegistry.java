package io.portolan.core.internal.session;

import io.portolan.session.SessionInfo;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The live sessions of one endpoint. Not bounded itself: a session is added once it has its slot from the {@link io.portolan.guard.ConnectionGate}. Safe to use from any thread.
 *
 * @param <S> the endpoint's own class of session
 */
public final class SessionRegistry<S extends SessionInfo> {

    private final Map<String, S> sessions = new ConcurrentHashMap<>();
    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    private volatile boolean closed;

    /**
     * Adds a session.
     *
     * @param session the session
     * @return whether it is in; if not, the endpoint is stopping and the session must be closed
     */
    public boolean add(S session) {
        if (closed) {
            return false;
        }
        if (sessions.putIfAbsent(session.id(), session) != null) {
            throw new IllegalStateException("two sessions have the identifier " + session.id());
        }
        if (closed) {
            // Closed in between: whoever closed may have seen it or not.
            remove(session);
            return false;
        }
        return true;
    }

    /**
     * Removes a session, as the last thing that is done for it.
     *
     * @param session the session; need not be there any more
     */
    public void remove(S session) {
        sessions.remove(session.id(), session);
        if (closed && sessions.isEmpty()) {
            drained.complete(null);
        }
    }

    /**
     * Finds a session.
     *
     * @param id its identifier
     * @return the session, if it is alive
     */
    public Optional<S> find(String id) {
        return Optional.ofNullable(sessions.get(id));
    }

    /**
     * The sessions that are alive.
     *
     * @return a snapshot
     */
    public List<S> snapshot() {
        return List.copyOf(sessions.values());
    }

    /**
     * How many sessions are alive.
     *
     * @return the number
     */
    public int size() {
        return sessions.size();
    }

    /**
     * Takes no more sessions.
     *
     * @return completes when the last session has been removed, on the thread that removed it
     */
    public CompletableFuture<Void> close() {
        closed = true;
        if (sessions.isEmpty()) {
            drained.complete(null);
        }
        return drained.copy();
    }
}
