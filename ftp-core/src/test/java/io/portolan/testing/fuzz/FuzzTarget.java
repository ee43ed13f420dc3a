package io.portolan.testing.fuzz;

import java.util.List;

/**
 * Something that has to get along with whatever it is given. A class of its own with a constructor without arguments, so that it can be named on a command line; kept
 * for a whole run, so it holds nothing that an input may change.
 */
public interface FuzzTarget {

    /** Inputs as they are meant to be, and those that were once too much for it. */
    List<byte[]> seeds() throws Exception;

    /**
     * Takes an input.
     *
     * @throws Throwable if it has found a fault; the refusal of an input is none
     */
    void take(byte[] input) throws Throwable;

    /** How often it is tried in a build: fewer times if an input costs much. */
    default int times() {
        return 3_000;
    }
}
