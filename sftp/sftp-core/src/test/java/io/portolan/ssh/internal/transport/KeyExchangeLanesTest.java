package io.portolan.ssh.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.core.internal.concurrent.WorkerLane;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

final class KeyExchangeLanesTest {

    @Test
    void aThousandExchangesTakeNoMoreWorkersThanThereAreLanes() {
        Deque<Runnable> workers = new ArrayDeque<>();
        KeyExchangeLanes lanes = new KeyExchangeLanes(workers::add, 2);
        int[] done = {0};
        for (int i = 0; i < 1_000; i++) {
            lanes.next().execute(() -> done[0]++);
        }

        assertThat(workers).hasSize(2);
        while (!workers.isEmpty()) {
            workers.remove().run();
            assertThat(workers).hasSizeLessThanOrEqualTo(2);
        }
        assertThat(done[0]).isEqualTo(1_000);
    }

    @Test
    void connectionsTakeTurnsInTheLanes() {
        KeyExchangeLanes lanes = new KeyExchangeLanes(Runnable::run, 2);
        WorkerLane first = lanes.next();

        assertThat(lanes.next()).isNotSameAs(first);
        assertThat(lanes.next()).isSameAs(first);
    }

    @Test
    void anExchangeThatFindsNoRoomEndsItsConnection() {
        KeyExchangeLanes lanes = new KeyExchangeLanes(task -> {}, 1);
        for (int i = 0; i < KeyExchangeLanes.WAITING; i++) {
            lanes.next().execute(() -> {});
        }
        SshPair.End server =
                new SshPair.End(new TransportRole.Server(HostKey.of(SshPair.HOST_KEY)), SshPair.SETTINGS, lanes.next());
        try (SshPair pair = SshPair.withSettings(SshPair.SETTINGS)) {
            boolean moved = true;
            while (moved) {
                moved = pair.client.deliverTo(server);
                moved |= server.deliverTo(pair.client);
            }
            assertThat(server.hasFailed()).isTrue();
            assertThat(server.channel.isOpen()).isFalse();
        } finally {
            server.close();
        }
    }
}
