package io.portolan.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Random;

/** Ports of the loopback address that nobody uses, and that nobody is given by chance: they lie below those from which systems take ephemeral ones. */
public final class FreePorts {

    private static final int LOWEST = 20_000;

    /** Linux's ephemeral ports begin at 32768. */
    private static final int HIGHEST = 32_000;

    private static final int ATTEMPTS = 1_000;

    private FreePorts() {}

    /** The first of so many ports in a row. */
    public static int inARow(int count) throws IOException {
        Random random = new Random();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int first = LOWEST + random.nextInt(HIGHEST - LOWEST - count);
            if (isFree(first, count)) {
                return first;
            }
        }
        throw new IOException("no " + count + " ports in a row are free");
    }

    private static boolean isFree(int first, int count) {
        for (int port = first; port < first + count; port++) {
            try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                if (!probe.isBound()) {
                    return false;
                }
            } catch (IOException taken) {
                return false;
            }
        }
        return true;
    }
}
