package io.portolan.examples.benchmarks.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Counts handshakes of TLS, a few at a time, each of them on a thread. */
public final class Handshakes {

    private Handshakes() {}

    /** One handshake with all that comes with it. */
    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    /**
     * Full ones, of control connections: AUTH TLS, the handshake, QUIT, whose reply shows that the server is done with it, too.
     *
     * @param together how many are under way at a time
     * @return how many per second
     */
    public static double full(InetSocketAddress server, String version, int together, double seconds)
            throws IOException, InterruptedException {
        TlsClient tls = new TlsClient(version);
        Step step = () -> {
            try (TlsControl control = TlsControl.open(server, tls.anew())) {
                control.say("QUIT", '2');
            }
        };
        return perSecond(Collections.nCopies(together, step), seconds);
    }

    /**
     * Resumed ones, of data connections, on which nothing is transferred: some servers resume no other.
     *
     * @param nothing an empty file on the server
     * @param together how many are under way at a time, each for a session of its own
     * @return how many per second
     */
    public static double resumed(
            InetSocketAddress server,
            String user,
            String password,
            String version,
            String nothing,
            int together,
            double seconds)
            throws IOException, InterruptedException {
        List<TlsVisitor> visitors = new ArrayList<>();
        try {
            List<Step> steps = new ArrayList<>();
            for (int i = 0; i < together; i++) {
                TlsVisitor visitor = new TlsVisitor(server, user, password, version);
                visitors.add(visitor);
                steps.add(() -> visitor.fetch(nothing));
            }
            return perSecond(steps, seconds);
        } finally {
            for (TlsVisitor visitor : visitors) {
                visitor.close();
            }
        }
    }

    private static double perSecond(List<Step> steps, double seconds) throws IOException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(steps.size());
        try {
            long start = System.nanoTime();
            List<Callable<Long>> counts = new ArrayList<>();
            steps.forEach(step -> counts.add(() -> count(step, start + (long) (seconds * 1e9))));
            long sum = 0;
            for (Future<Long> count : threads.invokeAll(counts)) {
                sum += count.get();
            }
            return sum / ((System.nanoTime() - start) / 1e9);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private static long count(Step step, long end) throws IOException {
        long count = 0;
        while (System.nanoTime() < end) {
            step.run();
            count++;
        }
        return count;
    }
}
