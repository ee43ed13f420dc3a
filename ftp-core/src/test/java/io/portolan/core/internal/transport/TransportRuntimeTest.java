package io.portolan.core.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.internal.InternalThreadLocalMap;
import io.portolan.testing.Patience;
import io.portolan.transport.TransportKind;
import io.portolan.transport.TransportOptions;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class TransportRuntimeTest {

    private static final AtomicInteger RUNTIMES = new AtomicInteger();

    /** Of its own for each test, so that threads can be told apart. */
    private final String prefix = "test" + RUNTIMES.incrementAndGet();

    private TransportOptions.Builder options() {
        return TransportOptions.builder().eventLoopThreads(2).threadNamePrefix(prefix);
    }

    private TransportRuntime start(TransportOptions.Builder options) {
        return TransportRuntime.start(options.build(), "t");
    }

    private Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith(prefix + "-"))
                .collect(Collectors.toSet());
    }

    @Test
    void noThreadIsLeftAfterClose() throws Exception {
        TransportRuntime runtime = start(options().virtualThreads(false));
        assertThat(EchoServer.ask(EchoServer.bind(runtime), "ahoy")).isEqualTo("ahoy");
        CompletableFuture.runAsync(() -> {}, runtime.workers()).join();
        assertThat(threads()).contains(prefix + "-t-house", prefix + "-t-loop-1", prefix + "-t-worker-1");

        runtime.close();

        assertThat(threads()).isEmpty();
    }

    @Test
    void connectionsThatAreOpenDoNotKeepItAlive() throws Exception {
        TransportRuntime runtime = start(options());
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), EchoServer.bind(runtime))) {
            socket.getOutputStream().write('x');
            assertThat(socket.getInputStream().read()).isEqualTo('x');

            runtime.close();

            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(threads()).isEmpty();
    }

    /** Netty's own loop looks only between two rounds of tasks whether it has to close its connections. */
    @ParameterizedTest
    @EnumSource(
            value = TransportKind.class,
            names = {"AUTO", "NIO"})
    void connectionsAreClosedAlsoIfItEndsInTheMiddleOfTheLoopsTasks(TransportKind kind) throws Exception {
        TransportRuntime runtime = start(options().eventLoopThreads(1).kind(kind));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), EchoServer.bind(runtime))) {
            socket.setSoTimeout(Patience.MILLIS);
            socket.getOutputStream().write('x');
            assertThat(socket.getInputStream().read()).isEqualTo('x');

            CountDownLatch begun = new CountDownLatch(1);
            runtime.loops().next().execute(() -> {
                begun.countDown();
                await().until(() -> runtime.loops().isShuttingDown());
            });
            awaitUninterruptibly(begun);
            runtime.close();

            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void nothingOfNettyRunsOnTheCallersThread() throws Exception {
        AtomicBoolean touched = new AtomicBoolean(true);
        Thread caller = new Thread(() -> {
            TransportRuntime runtime = start(options());
            EchoServer.bind(runtime);
            runtime.close();
            touched.set(InternalThreadLocalMap.getIfSet() != null);
        });
        caller.start();
        caller.join();

        assertThat(touched).isFalse();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void epollIsTakenOnLinuxUnlessAnotherIsAskedFor() {
        try (TransportRuntime runtime = start(options())) {
            assertThat(runtime.kind()).isEqualTo(TransportKind.EPOLL);
        }
        try (TransportRuntime runtime = start(options().kind(TransportKind.NIO))) {
            assertThat(runtime.kind()).isEqualTo(TransportKind.NIO);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aTransportThatCannotBeHadIsRefusedWithTheReasonAndWhatToDo() {
        assertThatThrownBy(() -> start(options().kind(TransportKind.KQUEUE)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("KQUEUE is not available")
                .hasMessageContaining("needs macOS")
                .hasMessageContaining("TransportKind.AUTO");
        assertThat(threads()).isEmpty();
    }

    @Test
    void whoeverUsesTheModulePathIsToldOfItsSwitch() {
        assertThat(Transport.advice(TransportKind.EPOLL, true)).contains("--add-modules ALL-MODULE-PATH");
        assertThat(Transport.advice(TransportKind.EPOLL, false)).doesNotContain("--add-modules");
    }

    @Test
    void closeMayBeCalledTwiceAndByTwoAtOnce() throws Exception {
        TransportRuntime runtime = start(options());
        Thread other = new Thread(runtime::close);
        other.start();
        runtime.close();
        other.join();
        runtime.close();

        assertThat(threads()).isEmpty();
    }

    @Test
    void closeOnOneOfItsOwnThreadsDoesNotWaitForItself() {
        for (String where : List.of("house", "loop", "worker")) {
            TransportRuntime runtime = start(options().virtualThreads(false));
            CompletableFuture<Void> closed = new CompletableFuture<>();
            Runnable close = () -> {
                runtime.close();
                closed.complete(null);
            };
            switch (where) {
                case "house" ->
                    runtime.onHouse(() -> {
                        close.run();
                        return null;
                    });
                case "loop" -> runtime.loops().next().execute(close);
                default -> runtime.workers().execute(close);
            }
            assertThat(closed).as(where).succeedsWithin(Patience.LONG_ENOUGH);
            runtime.close();
            assertThat(threads()).as(where).isEmpty();
        }
    }

    @Test
    void shutdownCompletesOnceTheThreadsThatCallNettyHaveEnded() throws Exception {
        TransportRuntime runtime = start(options().virtualThreads(false));
        CompletableFuture.runAsync(() -> {}, runtime.workers()).join();

        Set<String> left = runtime.shutdown(Patience.LONG_ENOUGH)
                .thenApply(nothing -> threads())
                .get();

        assertThat(left).isSubsetOf(Set.of(prefix + "-t-closer"));
        await().until(() -> threads().isEmpty());
    }

    @Test
    void whoClosesWhileAWorkerIsBusyWaitsForIt() {
        TransportRuntime runtime = start(options());
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        AtomicBoolean finished = new AtomicBoolean();
        runtime.workers().execute(() -> {
            begun.countDown();
            awaitUninterruptibly(release);
            finished.set(true);
        });
        awaitUninterruptibly(begun);

        CompletableFuture<Void> stopped = runtime.shutdown(Patience.LONG_ENOUGH);
        assertThat(stopped).isNotDone();
        release.countDown();

        assertThat(stopped).succeedsWithin(Patience.LONG_ENOUGH);
        assertThat(finished).isTrue();
    }

    @Test
    void aWorkerThatIsStuckIsInterruptedOncePatienceIsOver() {
        TransportRuntime runtime = start(options());
        CountDownLatch begun = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        runtime.workers().execute(() -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.set(true);
            }
        });
        awaitUninterruptibly(begun);

        assertThat(runtime.shutdown(Duration.ofMillis(10))).succeedsWithin(Patience.LONG_ENOUGH);
        assertThat(interrupted).isTrue();
    }

    @Test
    void aSecondCallShortensThePatience() {
        TransportRuntime runtime = start(options());
        CountDownLatch begun = new CountDownLatch(1);
        runtime.workers().execute(() -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        awaitUninterruptibly(begun);

        CompletableFuture<Void> stopped = runtime.shutdown(Duration.ofHours(1));
        runtime.shutdown(Duration.ZERO);

        assertThat(stopped).succeedsWithin(Patience.LONG_ENOUGH);
    }

    @Test
    void aThreadThatWillNotEndIsToldOfInsteadOfBeingWaitedForForEver() {
        TransportRuntime runtime = start(options().virtualThreads(false));
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        runtime.workers().execute(() -> {
            begun.countDown();
            awaitUninterruptibly(release);
        });
        awaitUninterruptibly(begun);

        assertThat(runtime.shutdown(Duration.ZERO))
                .failsWithin(Patience.LONG_ENOUGH)
                .withThrowableOfType(ExecutionException.class)
                .withMessageContaining(prefix + "-t-worker-1");
        release.countDown();
        await().until(() -> threads().isEmpty());
    }

    @Test
    void tasksThatAreQueuedStillRunWhenItIsClosed() {
        TransportRuntime runtime = start(options().virtualThreads(false).workerThreads(1));
        AtomicInteger ran = new AtomicInteger();
        CountDownLatch release = new CountDownLatch(1);
        runtime.workers().execute(() -> awaitUninterruptibly(release));
        for (int i = 0; i < 100; i++) {
            runtime.workers().execute(ran::incrementAndGet);
        }
        CompletableFuture<Void> stopped = runtime.shutdown(Patience.LONG_ENOUGH);
        release.countDown();

        assertThat(stopped).succeedsWithin(Patience.LONG_ENOUGH);
        assertThat(ran).hasValue(100);
    }

    @Test
    void thereAreNeverMoreWorkersThanAllowed() {
        try (TransportRuntime runtime = start(options().virtualThreads(false).workerThreads(3))) {
            CountDownLatch release = new CountDownLatch(1);
            CountDownLatch done = new CountDownLatch(50);
            for (int i = 0; i < 50; i++) {
                runtime.workers().execute(() -> {
                    awaitUninterruptibly(release);
                    done.countDown();
                });
            }
            assertThat(threads()).filteredOn(name -> name.contains("-worker-")).hasSize(3);
            release.countDown();
            awaitUninterruptibly(done);
        }
    }

    @Test
    void anIdleWorkerIsUsedBeforeAnotherIsMade() {
        try (TransportRuntime runtime = start(options().virtualThreads(false))) {
            for (int i = 0; i < 20; i++) {
                CompletableFuture.runAsync(() -> {}, runtime.workers()).join();
            }
            assertThat(threads()).filteredOn(name -> name.contains("-worker-")).hasSizeLessThanOrEqualTo(10);
        }
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void workersAreVirtualWhereThereAreVirtualThreads() throws Exception {
        try (TransportRuntime runtime = start(options())) {
            Thread worker = CompletableFuture.supplyAsync(Thread::currentThread, runtime.workers())
                    .join();
            assertThat(Thread.class.getMethod("isVirtual").invoke(worker)).isEqualTo(true);
            assertThat(worker.getName()).startsWith(prefix + "-t-worker-");
        }
    }

    @Test
    void lentEventLoopsAndWorkersAreLeftAlone() throws Exception {
        MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        ExecutorService workers = Executors.newSingleThreadExecutor();
        try {
            TransportRuntime runtime = start(options().lend(group, group).workers(workers));
            assertThat(runtime.kind()).isEqualTo(TransportKind.NIO);
            assertThat(runtime.loops()).isSameAs(group);
            assertThat(runtime.workers()).isSameAs(workers);
            assertThat(EchoServer.ask(EchoServer.bind(runtime), "ahoy")).isEqualTo("ahoy");
            assertThat(runtime.owns(Thread.currentThread())).isFalse();

            runtime.close();

            assertThat(group.isShuttingDown()).isFalse();
            assertThat(workers.isShutdown()).isFalse();
            assertThat(threads()).isEmpty();
        } finally {
            group.shutdownGracefully(0, 5, TimeUnit.SECONDS).await();
            workers.shutdown();
        }
    }

    @Test
    void afterTheEndWorkIsRefused() {
        TransportRuntime runtime = start(options());
        runtime.close();

        assertThatThrownBy(() -> runtime.workers().execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
        assertThat(runtime.onHouse(() -> 1)).isCompletedExceptionally();
    }

    @Test
    void ownThreadsAreDaemonsAndHoldOnToNoCallersClassLoader() {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(new ClassLoader(before) {});
        try (TransportRuntime runtime = start(options().virtualThreads(false))) {
            CompletableFuture.runAsync(() -> {}, runtime.workers()).join();
            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> thread.getName().startsWith(prefix + "-"))
                    .hasSizeGreaterThanOrEqualTo(4)
                    .allMatch(Thread::isDaemon)
                    .allMatch(thread -> thread.getContextClassLoader() == TransportRuntime.class.getClassLoader());
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    @Test
    void connectionsAreSpreadOverTheEventLoops() {
        try (TransportRuntime runtime = start(options())) {
            assertThat(runtime.loops().next()).isNotSameAs(runtime.loops().next());
            assertThat(runtime.loops()).hasSize(2);
            assertThat(runtime.loops().isTerminated()).isFalse();
        }
    }

    @Test
    void theGroupOfLoopsSaysWhenItHasEnded() throws Exception {
        TransportRuntime runtime = start(options());
        runtime.loops().shutdownGracefully(0, 5, TimeUnit.SECONDS).await();
        assertThat(runtime.loops().isTerminated()).isTrue();
        assertThat(runtime.loops().isShutdown()).isTrue();
        runtime.close();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        boolean interrupted = false;
        while (true) {
            try {
                latch.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
