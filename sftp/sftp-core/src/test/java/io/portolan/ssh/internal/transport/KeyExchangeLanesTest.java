package io.portolan.ssh.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.core.internal.concurrent.WorkerLane;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class KeyExchangeLanesTest {

    @Test
    void aThousandExchangesTakeNoMoreWorkersThanThereAreLanes() {
        Deque<Runnable> workers = new ArrayDeque<>();
        KeyExchangeLanes lanes = new KeyExchangeLanes(workers::add, 2);
        int[] done = {0};
        for (int i = 0; i < 1_000; i++) {
            lanes.ofNextConnection().ofStranger().execute(() -> done[0]++);
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
        WorkerLane first = lanes.ofNextConnection().ofStranger();

        assertThat(lanes.ofNextConnection().ofStranger()).isNotSameAs(first);
        assertThat(lanes.ofNextConnection().ofStranger()).isSameAs(first);
    }

    @Test
    void anExchangeThatFindsNoRoomEndsItsConnection() {
        KeyExchangeLanes lanes = new KeyExchangeLanes(task -> {}, 1);
        for (int i = 0; i < KeyExchangeLanes.WAITING; i++) {
            lanes.ofNextConnection().ofStranger().execute(() -> {});
        }
        SshPair.End server = new SshPair.End(
                new TransportRole.Server(HostKey.of(SshPair.HOST_KEY)), SshPair.SETTINGS, lanes.ofNextConnection());
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

    @Test
    void strangersDoNotHoldUpTheRenewalOfAUsersKeys() {
        Deque<Runnable> strangersWork = new ArrayDeque<>();
        Deque<Runnable> usersWork = new ArrayDeque<>();
        KeyExchangeLanes.Pair lanes = new KeyExchangeLanes.Pair(
                new WorkerLane(strangersWork::add, KeyExchangeLanes.WAITING), new WorkerLane(usersWork::add));
        SshPair.End server =
                new SshPair.End(new TransportRole.Server(HostKey.of(SshPair.HOST_KEY)), SshPair.SETTINGS, lanes);
        try (SshPair pair = SshPair.withSettings(SshPair.SETTINGS)) {
            carry(pair.client, server, strangersWork);
            assertThat(usersWork).isEmpty();
            server.transport().authenticated();
            pair.client.transport().authenticated();
            for (int i = 0; i < KeyExchangeLanes.WAITING; i++) {
                lanes.ofStranger().execute(() -> {});
            }

            pair.client.channel.advanceTimeBy(2, TimeUnit.HOURS);
            pair.client.channel.runScheduledPendingTasks();
            carry(pair.client, server, usersWork);
            server.send(94, new byte[10]);
            carry(pair.client, server, usersWork);

            assertThat(server.hasFailed()).isFalse();
            assertThat(pair.client.received).as("what waits for new keys").hasSize(1);
            assertThat(strangersWork).as("where strangers wait").hasSize(1);
        } finally {
            server.close();
        }
    }

    private static void carry(SshPair.End client, SshPair.End server, Deque<Runnable> work) {
        boolean moved = true;
        while (moved) {
            moved = client.deliverTo(server);
            while (!work.isEmpty()) {
                work.remove().run();
            }
            moved |= server.deliverTo(client);
        }
    }
}
