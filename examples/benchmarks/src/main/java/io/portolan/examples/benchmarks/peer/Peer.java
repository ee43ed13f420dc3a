package io.portolan.examples.benchmarks.peer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A server that can be started for a measurement. */
public interface Peer {

    /** Whom a figure is compared with. */
    enum Kind {
        /** What we measure. */
        PORTOLAN,
        /** A server on the JVM. */
        JAVA,
        /** A server written in C. */
        NATIVE
    }

    /** The name on the command line and in the tables. */
    String name();

    Kind kind();

    Protocol protocol();

    /** Why it cannot be started here; empty if it can. */
    Optional<String> missing();

    /**
     * Starts it on a free port of the loopback interface, and waits until it greets.
     *
     * @param root the folder that it serves, which it may write to
     * @param scratch an empty folder for its settings
     * @param keys what it proves with who it is
     */
    RunningPeer start(Path root, Path scratch, Keys keys) throws IOException, InterruptedException;
}
