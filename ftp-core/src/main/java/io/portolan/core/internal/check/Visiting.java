package io.portolan.core.internal.check;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/** One run of a check: what its steps know from each other. By one thread. */
public interface Visiting {

    /** Whom to visit. */
    String host();

    /** At which port. */
    int port();

    /** The host's addresses, as soon as they are known. */
    List<InetAddress> addresses();

    /** What {@link #addresses} returns from now on. */
    void found(List<InetAddress> addresses);

    /**
     * Connects; what comes of it is kept for the steps behind.
     *
     * @throws IOException if there is no connection
     */
    void connect(InetAddress address) throws IOException;

    /** The connection has failed in the middle of a step: nothing can be asked any more. */
    Finding broken(IOException failure);

    /** Whether that was so. */
    boolean isBroken();
}
