package io.portolan.core.internal.crew;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.transfer.FileTransferException;
import io.portolan.transfer.RetryPolicy;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What becomes of workers whose connections break, and get no other. */
class CrewTest {

    private static final RetryPolicy QUICK = RetryPolicy.builder()
            .attempts(5)
            .firstWait(Duration.ofMillis(1))
            .longestWait(Duration.ofMillis(1))
            .build();

    private final Numbers work = new Numbers(100);
    private final AtomicInteger connects = new AtomicInteger();

    /** Breaks with its third task. */
    private static final class Line implements Closeable {
        private final AtomicInteger tasks = new AtomicInteger();

        boolean isBroken() {
            return tasks.get() >= 3;
        }

        @Override
        public void close() {
            // nothing is behind it
        }
    }

    private static final class Numbers implements CrewWork<Line, Integer>, CrewQueue<Integer> {
        private final ConcurrentLinkedQueue<Integer> left = new ConcurrentLinkedQueue<>();
        private final Set<Integer> done = ConcurrentHashMap.newKeySet();

        Numbers(int count) {
            IntStream.range(0, count).forEach(left::add);
        }

        @Override
        public CrewQueue<Integer> queue() {
            return this;
        }

        @Override
        public @Nullable Integer take() {
            return left.poll();
        }

        @Override
        public void done() {
            // nobody waits for the last one: who puts one back takes one himself, or another does
        }

        @Override
        public void putBack(Integer task) {
            left.add(task);
        }

        @Override
        public boolean hasMore() {
            return !left.isEmpty();
        }

        @Override
        public void stop() {
            left.clear();
        }

        @Override
        public void run(Integer task, Line connection) throws IOException {
            if (connection.tasks.incrementAndGet() == 3) {
                throw new IOException("broken");
            }
            done.add(task);
        }

        @Override
        public void failed(Integer task, IOException cause, Line connection) {
            putBack(task);
        }

        @Override
        public boolean isUsable(Line connection) {
            return !connection.isBroken();
        }
    }

    private static FileTransferException refused(boolean retryable) {
        return new FileTransferException("refused", null, retryable);
    }

    private void run(Crew.Connector<Line> connector, int most) throws Exception {
        new Crew<>(connector, work, most, QUICK, Thread::new).run();
    }

    @Test
    void theLastOneTriesToGetAnotherConnectionForAWhile() throws Exception {
        run(
                () -> {
                    // each that is made is followed by two refusals
                    if (connects.getAndIncrement() % 3 != 0) {
                        throw refused(true);
                    }
                    return new Line();
                },
                1);
        assertThat(work.done).hasSize(100);
    }

    @Test
    void aRefusalThatIsOneForGoodEndsIt() {
        assertThatThrownBy(() -> run(
                        () -> {
                            if (connects.getAndIncrement() > 0) {
                                throw refused(false);
                            }
                            return new Line();
                        },
                        1))
                .hasMessage("refused");
        assertThat(connects).hasValue(2);
        assertThat(work.done).hasSize(2);
    }

    @Test
    void aServerThatStaysAwayEndsIt() {
        assertThatThrownBy(() -> run(
                        () -> {
                            if (connects.getAndIncrement() > 0) {
                                throw refused(true);
                            }
                            return new Line();
                        },
                        1))
                .hasMessage("refused");
        assertThat(connects).hasValue(1 + QUICK.attempts());
    }

    @Test
    void whereNobodyHasEverBeenLetInItEndsAtOnce() {
        assertThatThrownBy(() -> run(
                        () -> {
                            connects.incrementAndGet();
                            throw refused(true);
                        },
                        3))
                .hasMessage("refused");
        assertThat(connects).hasValueLessThanOrEqualTo(3);
    }

    @Test
    void severalThatLoseTheirConnectionsAtOnceDoNotAllGo() throws Exception {
        AtomicInteger down = new AtomicInteger();
        run(
                () -> {
                    // the first eight are let in; then the server is away for a while
                    if (connects.incrementAndGet() > 8 && down.incrementAndGet() < 5) {
                        throw refused(true);
                    }
                    return new Line();
                },
                4);
        assertThat(work.done).hasSize(100);
    }
}
