package io.portolan.sftp.client.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.DefaultEventLoop;
import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** An event loop and workers, as a client has them. */
public final class TestThreads implements AutoCloseable {

    private static final int WORKERS = 4;

    private final DefaultEventLoop loop = new DefaultEventLoop();
    private final ExecutorService workers = Executors.newFixedThreadPool(WORKERS);

    public EventExecutor loop() {
        return loop;
    }

    public Executor workers() {
        return workers;
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        workers.shutdown();
        try {
            assertThat(workers.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
