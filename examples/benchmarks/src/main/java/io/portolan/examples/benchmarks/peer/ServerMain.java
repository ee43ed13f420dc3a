package io.portolan.examples.benchmarks.peer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** What the servers on a JVM have in common: they answer questions about their heap, and end with their input. */
final class ServerMain {

    /** Asks for the bytes of live objects. */
    static final String HEAP = "heap";

    /** One collection leaves what only a cleaner's or a reference's queue still holds. */
    private static final int COLLECTIONS = 3;

    private ServerMain() {}

    /** Serves until the input ends. */
    static void untilInputEnds(AutoCloseable server) throws Exception {
        try (server;
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.equals(HEAP)) {
                    System.out.println(liveHeap());
                }
            }
        } catch (IOException parentIsGone) {
            System.err.println(parentIsGone.getMessage());
        }
    }

    private static long liveHeap() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
