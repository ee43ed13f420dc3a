package io.portolan.sftp.client.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How many transfers there are at a time, and how much they hold. */
class TransferSlotsTest {

    private final TransferSlots slots = new TransferSlots(2);
    private final List<String> begun = new ArrayList<>();

    @Test
    void runsNoMoreThanThereAreAndTheOthersInTheirOrder() {
        for (String name : List.of("a", "b", "c", "d")) {
            slots.take(() -> begun.add(name));
        }
        assertThat(begun).containsExactly("a", "b");
        slots.release();
        assertThat(begun).containsExactly("a", "b", "c");
        slots.release();
        assertThat(begun).containsExactly("a", "b", "c", "d");
    }

    @Test
    void leavesOutWhatDoesNotWaitAnyMore() {
        Runnable second = () -> begun.add("second");
        slots.take(() -> {});
        slots.take(() -> {});
        slots.take(second);
        assertThat(slots.forget(second)).isTrue();
        slots.release();
        assertThat(begun).isEmpty();
        assertThat(slots.forget(second)).isFalse();
    }

    @Test
    void makesNoDeepStackOfTransfersThatEndAtOnce() {
        AtomicInteger ended = new AtomicInteger();
        slots.take(() -> {});
        slots.take(() -> {});
        for (int i = 0; i < 100_000; i++) {
            slots.take(() -> {
                ended.incrementAndGet();
                slots.release();
            });
        }
        slots.release();
        assertThat(ended).hasValue(100_000);
    }

    @Test
    void tellsWhenNothingIsOnItsWay() {
        slots.take(() -> {});
        slots.whenIdle(() -> begun.add("idle"));
        assertThat(slots.isIdle()).isFalse();
        assertThat(begun).isEmpty();
        slots.release();
        assertThat(slots.isIdle()).isTrue();
        assertThat(begun).containsExactly("idle");
    }

    @Test
    void givesMemoryBeyondTheBudgetOnlyToWhoeverHasNothing() {
        MemoryBudget budget = new MemoryBudget(100);
        assertThat(budget.take(60, false)).isTrue();
        assertThat(budget.take(60, false)).isFalse();
        assertThat(budget.take(60, true)).isTrue();
        assertThat(budget.left()).isEqualTo(-20);
        budget.giveBack(120);
        assertThat(budget.left()).isEqualTo(100);
    }
}
