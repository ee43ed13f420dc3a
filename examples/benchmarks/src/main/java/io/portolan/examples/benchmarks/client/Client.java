package io.portolan.examples.benchmarks.client;

import io.portolan.examples.benchmarks.peer.Peer;
import java.io.Closeable;
import java.io.IOException;

/** A client that can be given tasks. */
public interface Client extends Closeable {

    /** The name on the command line and in the tables. */
    String name();

    Peer.Kind kind();

    /** Whether it can do this at all. */
    boolean takes(Task task);

    /** Does it, once. */
    Outcome run(Task task) throws IOException, InterruptedException;

    @Override
    default void close() {}
}
