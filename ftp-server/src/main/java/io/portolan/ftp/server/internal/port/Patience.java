package io.portolan.ftp.server.internal.port;

import java.time.Duration;

/**
 * How long a request waits at one part of the ports.
 *
 * @param time how long; zero does not wait
 * @param isLast whether nothing else is tried afterwards, so that a failure is the request's
 * @param mayShare whether a port that the client's address has already will do, if the request can do with that
 */
record Patience(Duration time, boolean isLast, boolean mayShare) {

    /** A look: if there is a port, well; if not, others are asked. */
    static final Patience NONE = new Patience(Duration.ZERO, false, false);
}
