package io.portolan.examples.benchmarks.jmh;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.portolan.core.internal.concurrent.WorkerLane;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** From a thread to the lane, on to an event loop, and back: what every file operation pays for not blocking the loop. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class WorkerLaneBenchmark {

    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final EventLoop loop = new DefaultEventLoop();
    private final WorkerLane lane = new WorkerLane(workers);

    @TearDown
    public void close() {
        workers.shutdown();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Benchmark
    public Object hop() {
        CompletableFuture<Object> done = new CompletableFuture<>();
        lane.call(() -> lane, loop, (result, failure) -> done.complete(lane));
        return done.join();
    }
}
