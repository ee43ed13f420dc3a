package io.portolan.core.internal.session;

import io.portolan.core.internal.concurrent.WorkerLane;
import io.portolan.fs.VirtualPath;
import io.portolan.session.SessionInfo;
import io.portolan.session.SessionListener;
import io.portolan.session.TransferInfo;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the listeners what one session does, on the session's lane: in order, one call at a time, never on an event loop. What a listener throws is logged. Costs
 * nothing when there is no listener. Safe to use from any thread.
 */
public final class SessionEvents {

    private static final Logger LOGGER = LoggerFactory.getLogger(SessionEvents.class);

    private final List<SessionListener> listeners;
    private final SessionInfo session;
    private final WorkerLane lane;
    private final AtomicBoolean progressPending = new AtomicBoolean();

    /**
     * Makes the events of one session.
     *
     * @param listeners whom to tell, in this order; must not change
     * @param session the session
     * @param lane the session's lane
     */
    public SessionEvents(List<SessionListener> listeners, SessionInfo session, WorkerLane lane) {
        this.listeners = listeners;
        this.session = session;
        this.lane = lane;
    }

    /** Whose events these are. */
    public SessionInfo session() {
        return session;
    }

    /** See {@link SessionListener#connected}. */
    public void connected() {
        tell(listener -> listener.connected(session));
    }

    /** See {@link SessionListener#loggedIn}. */
    public void loggedIn() {
        tell(listener -> listener.loggedIn(session));
    }

    /**
     * See {@link SessionListener#loginFailed}.
     *
     * @param user the name that was tried
     * @param reason why it was refused
     */
    public void loginFailed(String user, String reason) {
        tell(listener -> listener.loginFailed(session, user, reason));
    }

    /**
     * See {@link SessionListener#transferStarted}.
     *
     * @param transfer the transfer
     */
    public void transferStarted(TransferInfo transfer) {
        tell(listener -> listener.transferStarted(session, transfer));
    }

    /**
     * See {@link SessionListener#transferProgressed}. Left out while the listeners have not been told of the progress before.
     *
     * @param transfer the transfer
     */
    public void transferProgressed(TransferInfo transfer) {
        if (!listeners.isEmpty() && progressPending.compareAndSet(false, true)) {
            boolean queued = queue(() -> {
                progressPending.set(false);
                tellNow(listener -> listener.transferProgressed(session, transfer));
            });
            if (!queued) {
                progressPending.set(false);
            }
        }
    }

    /**
     * See {@link SessionListener#transferCompleted}.
     *
     * @param transfer the transfer
     */
    public void transferCompleted(TransferInfo transfer) {
        tell(listener -> listener.transferCompleted(session, transfer));
    }

    /**
     * See {@link SessionListener#transferAborted}.
     *
     * @param transfer the transfer
     * @param cause what ended it
     */
    public void transferAborted(TransferInfo transfer, Throwable cause) {
        tell(listener -> listener.transferAborted(session, transfer, cause));
    }

    /**
     * See {@link SessionListener#deleted}.
     *
     * @param path what was deleted
     */
    public void deleted(VirtualPath path) {
        tell(listener -> listener.deleted(session, path));
    }

    /**
     * See {@link SessionListener#renamed}.
     *
     * @param from the old path
     * @param to the new path
     */
    public void renamed(VirtualPath from, VirtualPath to) {
        tell(listener -> listener.renamed(session, from, to));
    }

    /**
     * See {@link SessionListener#directoryCreated}.
     *
     * @param path the directory
     */
    public void directoryCreated(VirtualPath path) {
        tell(listener -> listener.directoryCreated(session, path));
    }

    /**
     * See {@link SessionListener#disconnected}. Unlike the others it is told at once, on this thread: it belongs into the lane's last task, given to
     * {@link WorkerLane#close}.
     *
     * @param reason why the session is over
     */
    public void disconnectedNow(String reason) {
        tellNow(listener -> listener.disconnected(session, reason));
    }

    private void tell(Consumer<SessionListener> event) {
        if (!listeners.isEmpty()) {
            queue(() -> tellNow(event));
        }
    }

    private boolean queue(Runnable task) {
        try {
            lane.execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            LOGGER.warn("Listeners are not told of an event of session {}: {}", session.id(), e.getMessage());
            return false;
        }
    }

    private void tellNow(Consumer<SessionListener> event) {
        for (SessionListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (Exception | Error e) {
                // an Error as well: one listener's missing class must not keep the others, or the end of the session,
                // from being told
                LOGGER.warn("A listener failed on an event of session {}", session.id(), e);
            }
        }
    }
}
