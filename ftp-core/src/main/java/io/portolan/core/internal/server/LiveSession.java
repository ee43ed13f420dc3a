package io.portolan.core.internal.server;

import io.portolan.session.SessionInfo;
import java.util.concurrent.Executor;

/** A session as its server sees it. Who it is may be asked from any thread; what ends it is called on its loop. */
public interface LiveSession extends SessionInfo {

    /**
     * Where the session lives.
     *
     * @return its event loop
     */
    Executor loop();

    /** For a server that stops: ends at once if nothing is transferred, else when the transfer is over. */
    void drain();

    /**
     * Ends whatever runs.
     *
     * @param reason told to the peer and to the listeners
     */
    void kick(String reason);
}
