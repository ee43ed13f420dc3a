package io.portolan.examples.benchmarks.workload;

import io.portolan.examples.benchmarks.measure.ProcessTree;
import io.portolan.examples.benchmarks.peer.Peer;
import io.portolan.examples.benchmarks.peer.RunningPeer;
import io.portolan.examples.benchmarks.report.Figure;
import io.portolan.examples.benchmarks.report.Metric;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** From the connection to the open SFTP channel and out again, with a key, one after the other; the algorithms are the client's own choice. */
final class SftpLogins extends SftpWorkload {

    private static final Metric RATE =
            Metric.more("SFTP logins, client's start included", "per second").build();
    private static final Metric CPU = Metric.less("SFTP login, server CPU", "ms each")
            .atMostBestNative(0.25)
            .build();

    /** How many warm the server up at a time. */
    private static final int CLIENTS = 4;

    SftpLogins(Sizes sizes) {
        super("login", sizes);
    }

    /** One does it many times. */
    @Override
    public int warmUps(Peer.Kind kind) {
        return Math.min(5, super.warmUps(kind));
    }

    /** Ten times as many as are counted, several at a time: a server has to have seen a thousand before a compiler that watches is done with it. */
    @Override
    public void warmUp(RunningPeer peer, ProcessTree processes, Data data) throws IOException, InterruptedException {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Callable<Void>> logins = Collections.nCopies(10 * sizes().sftpLogins(), () -> {
                session(peer, data, List.of()).close();
                return null;
            });
            for (Future<Void> login : clients.invokeAll(logins)) {
                login.get();
            }
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } finally {
            clients.shutdownNow();
        }
    }

    @Override
    public List<Figure> run(RunningPeer peer, ProcessTree processes, Data data)
            throws IOException, InterruptedException {
        ProcessTree.Cpu before = processes.cpu();
        long start = System.nanoTime();
        for (int i = 0; i < sizes().sftpLogins(); i++) {
            session(peer, data, List.of()).close();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        processes.awaitQuiet();
        double cpu = processes.secondsSince(before);
        return List.of(
                new Figure(RATE, sizes().sftpLogins() / seconds), new Figure(CPU, cpu * 1000 / sizes().sftpLogins()));
    }
}
