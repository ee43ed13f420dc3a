package io.portolan.examples.standalone;

import io.portolan.session.ServerHandle;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** The end: at SIGINT or SIGTERM transfers may finish, then everything is closed. */
final class Stop {

    /** Long enough for files of usual size; who cannot wait sends SIGKILL, and nothing broken is published. */
    private static final Duration DRAIN = Duration.ofSeconds(20);

    private final CountDownLatch stopped = new CountDownLatch(1);

    private Stop() {}

    static Stop onSignal(
            List<ServerHandle> servers, PrintWriter err, Optional<CertificateWatch> watch, Optional<AccessLog> log) {
        Stop stop = new Stop();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            err.println("stopping; transfers may take up to " + DRAIN.toSeconds() + " s more");
                            err.flush();
                            watch.ifPresent(CertificateWatch::close);
                            CompletableFuture.allOf(servers.stream()
                                            .map(server -> server.stop(DRAIN))
                                            .toArray(CompletableFuture<?>[]::new))
                                    .join();
                            log.ifPresent(AccessLog::close);
                            stop.stopped.countDown();
                        },
                        "portolan-stop"));
        return stop;
    }

    void await() throws InterruptedException {
        stopped.await();
    }
}
