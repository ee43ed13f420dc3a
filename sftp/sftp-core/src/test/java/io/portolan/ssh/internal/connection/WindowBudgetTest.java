package io.portolan.ssh.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What all connections share. */
class WindowBudgetTest {

    @Test
    void noMoreIsGivenThanThereIs() {
        WindowBudget budget = new WindowBudget(100);
        WindowLease first = budget.lease();
        WindowLease second = budget.lease();
        assertThat(first.take(70)).isEqualTo(70);
        assertThat(second.take(70)).isEqualTo(30);
        assertThat(second.take(1)).isZero();
        first.close();
        assertThat(second.take(100)).isEqualTo(70);
    }

    @Test
    void whatIsGivenBackTwiceCountsOnce() {
        WindowBudget budget = new WindowBudget(100);
        WindowLease lease = budget.lease();
        lease.take(60);
        lease.giveBack(20);
        assertThat(budget.available()).isEqualTo(60);
        lease.close();
        lease.close();
        lease.giveBack(10);
        assertThat(budget.available()).isEqualTo(100);
        assertThat(lease.take(10)).isZero();
    }

    @Test
    void threadsTogetherTakeNoMoreThanThereIsAndGiveAllBack() throws InterruptedException {
        WindowBudget budget = new WindowBudget(1_000);
        List<Thread> threads = new ArrayList<>();
        List<Throwable> failures = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Random random = new Random(i);
            Thread thread = new Thread(() -> {
                for (int round = 0; round < 5_000; round++) {
                    try (WindowLease lease = budget.lease()) {
                        lease.take(random.nextInt(600));
                        lease.giveBack(random.nextInt(600));
                        lease.take(random.nextInt(600));
                        assertThat(budget.available()).isNotNegative();
                    }
                }
            });
            thread.setUncaughtExceptionHandler((where, e) -> {
                synchronized (failures) {
                    failures.add(e);
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failures).isEmpty();
        assertThat(budget.available()).isEqualTo(1_000);
    }

    @Test
    void whatIsNotEnoughIsContestedForAWhileWhateverTheClockSays() {
        for (long now :
                new long[] {Long.MIN_VALUE, TimeUnit.HOURS.toNanos(-1), TimeUnit.SECONDS.toNanos(-5), 0, Long.MAX_VALUE
                }) {
            WindowBudget budget = new WindowBudget(100);
            assertThat(budget.isContested(now)).isFalse();
            budget.contest(now);
            assertThat(budget.isContested(now)).isTrue();
            assertThat(budget.isContested(now + TimeUnit.SECONDS.toNanos(4))).isTrue();
            assertThat(budget.isContested(now + TimeUnit.SECONDS.toNanos(6))).isFalse();
        }
    }

    @Test
    void aBudgetOfLessThanNothingIsRefused() {
        assertThatThrownBy(() -> new WindowBudget(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(WindowBudget.ofHeap().available()).isPositive();
    }
}
