package io.portolan.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TransportOptionsTest {

    @Test
    void theDefaultsAreTheBestTransportOnOwnThreads() {
        TransportOptions options = TransportOptions.defaults();
        assertThat(options.kind()).isEqualTo(TransportKind.AUTO);
        assertThat(options.eventLoopThreads()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(options.lentLoops()).isEmpty();
        assertThat(options.lentWorkers()).isEmpty();
        assertThat(options.workerThreads()).isEqualTo(TransportOptions.DEFAULT_WORKER_THREADS);
        assertThat(options.virtualThreads()).isTrue();
    }

    @Test
    void aSettingOutOfRangeIsRefusedByItsName() {
        assertThatThrownBy(() -> TransportOptions.builder().eventLoopThreads(0).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("eventLoopThreads:");
        assertThatThrownBy(() -> TransportOptions.builder().workerThreads(-1).build())
                .hasMessageStartingWith("workerThreads:");
        assertThatThrownBy(
                        () -> TransportOptions.builder().threadNamePrefix(" ").build())
                .hasMessageStartingWith("threadNamePrefix:");
    }

    @Test
    void aBuilderMadeFromOptionsBeginsWithThem() {
        Runnable[] ran = new Runnable[1];
        TransportOptions options = TransportOptions.builder()
                .kind(TransportKind.NIO)
                .eventLoopThreads(3)
                .workerThreads(7)
                .virtualThreads(false)
                .threadNamePrefix("ours")
                .workers(task -> ran[0] = task)
                .build();

        TransportOptions copy = options.toBuilder().build();

        assertThat(copy).usingRecursiveComparison().isEqualTo(options);
        assertThat(copy.toString()).isEqualTo("TransportOptions[NIO, 3 event loops, lent workers]");
    }
}
