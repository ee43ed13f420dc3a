package io.portolan.examples.standalone.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** That no job is left behind by those who lose their connections. */
@Timeout(60)
class CrewTest {

    private static final int JOBS = 50;

    private final Set<Integer> done = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connects = new AtomicInteger();

    private static Connection connection(AtomicBoolean open) {
        return (Connection) Proxy.newProxyInstance(
                CrewTest.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> method.getName().equals("isOpen") ? open.get() : null);
    }

    private static Remote remote(Connector connector) {
        return (Remote) Proxy.newProxyInstance(
                CrewTest.class.getClassLoader(),
                new Class<?>[] {Remote.class},
                (proxy, method, arguments) -> method.getName().equals("connect") ? connector.connect() : null);
    }

    @FunctionalInterface
    private interface Connector {
        Connection connect() throws IOException;
    }

    private List<Crew.Job> jobs(Supplier<AtomicBoolean> toBreak) {
        return IntStream.range(0, JOBS)
                .<Crew.Job>mapToObj(number -> connection -> {
                    done.add(number);
                    toBreak.get().set(false);
                })
                .toList();
    }

    @Test
    void oneThatGetsNoOtherConnectionLeavesTheRestToTheOthers() throws Exception {
        AtomicBoolean breaking = new AtomicBoolean(true);
        // the second connection breaks with each job, and there is no third
        Remote remote = remote(() -> {
            if (connects.incrementAndGet() > 1) {
                throw new IOException("refused");
            }
            return connection(breaking);
        });
        Crew.run(remote, connection(new AtomicBoolean(true)), jobs(() -> breaking), 2);
        assertThat(done).hasSize(JOBS);
    }

    @Test
    void whatIsPutBackAtTheVeryEndIsDoneByTheFirstIfItIsStillThere() throws Exception {
        Thread first = Thread.currentThread();
        CountDownLatch otherHasAJob = new CountDownLatch(1);
        Remote remote = remote(() -> {
            if (connects.incrementAndGet() > 1) {
                otherHasAJob.countDown();
                // the first one has done the rest, and waits for the end of this one
                await().until(() -> !done.isEmpty() && first.getState() == Thread.State.WAITING);
                throw new IOException("refused");
            }
            return connection(new AtomicBoolean(false));
        });
        List<Crew.Job> jobs = IntStream.range(0, 2)
                .<Crew.Job>mapToObj(number -> connection -> {
                    await().until(() -> otherHasAJob.getCount() == 0);
                    done.add(number);
                })
                .toList();
        Crew.run(remote, connection(new AtomicBoolean(true)), jobs, 2);
        assertThat(done).hasSize(2);
    }

    @Test
    void whatIsLeftByTheFirstIsDone() throws Exception {
        AtomicBoolean first = new AtomicBoolean(true);
        Remote remote = remote(() -> {
            if (connects.incrementAndGet() == 1) {
                throw new IOException("refused");
            }
            return connection(new AtomicBoolean(true));
        });
        Crew.run(remote, connection(first), jobs(() -> first), 1);
        assertThat(done).hasSize(JOBS);
    }

    @Test
    void whereNobodyIsLetInAnyMoreTheCommandFails() {
        AtomicBoolean first = new AtomicBoolean(true);
        Remote remote = remote(() -> {
            throw new IOException("refused");
        });
        assertThatThrownBy(() -> Crew.run(remote, connection(first), jobs(() -> first), 3))
                .isInstanceOf(IOException.class)
                .hasMessage("refused");
    }
}
