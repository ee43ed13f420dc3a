package io.portolan.core.internal.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ResourceRegistryTest {

    private final ResourceRegistry registry = new ResourceRegistry();
    private final List<String> closed = new ArrayList<>();

    private Registration register(String name) {
        return registry.register(() -> closed.add(name));
    }

    @Test
    void theNewestIsClosedFirst() {
        register("port");
        register("listener");
        register("file");

        registry.closeAll();

        assertThat(closed).containsExactly("file", "listener", "port");
        assertThat(registry.size()).isZero();
    }

    @Test
    void aResourceIsClosedOnce() {
        Registration file = register("file");
        file.close();
        file.close();
        registry.closeAll();

        assertThat(closed).containsExactly("file");
        assertThat(file.isOpen()).isFalse();
    }

    @Test
    void aResourceInTheMiddleCanBeClosedEarlier() {
        register("a");
        Registration b = register("b");
        register("c");

        b.close();
        assertThat(registry.size()).isEqualTo(2);
        registry.closeAll();

        assertThat(closed).containsExactly("b", "c", "a");
    }

    @Test
    void whatIsReleasedIsNotClosed() {
        Registration file = register("file");
        assertThat(file.release()).isTrue();
        assertThat(file.release()).isFalse();
        registry.closeAll();

        assertThat(closed).isEmpty();
    }

    @Test
    void whatIsOpenedWhileTheSessionClosesIsClosedAtOnce() {
        registry.closeAll();
        Registration late = register("late");

        assertThat(closed).containsExactly("late");
        assertThat(late.isOpen()).isFalse();
        assertThat(registry.isClosed()).isTrue();
    }

    @Test
    void aResourceThatThrowsDoesNotKeepTheOthersOpen() {
        register("a");
        registry.register(() -> {
            throw new java.io.IOException("disk full");
        });
        register("b");

        registry.closeAll();

        assertThat(closed).containsExactly("b", "a");
    }

    @Test
    void aResourceMayRegisterOrCloseAnotherWhileItIsClosed() {
        Registration first = register("first");
        registry.register(() -> {
            first.close();
            register("born late");
        });

        registry.closeAll();

        assertThat(closed).containsExactly("first", "born late");
    }

    @Test
    void whoeverWinsTheRaceBetweenOpeningAndClosingNothingStaysOpen() throws Exception {
        for (int round = 0; round < 200; round++) {
            ResourceRegistry contested = new ResourceRegistry();
            AtomicInteger open = new AtomicInteger();
            CyclicBarrier start = new CyclicBarrier(2);
            Thread opener = new Thread(() -> {
                awaitBarrier(start);
                for (int i = 0; i < 20; i++) {
                    open.incrementAndGet();
                    contested.register(open::decrementAndGet);
                }
            });
            opener.start();
            awaitBarrier(start);
            contested.closeAll();
            opener.join();

            assertThat(open).hasValue(0);
        }
    }

    private static void awaitBarrier(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
