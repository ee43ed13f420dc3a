package io.portolan.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.guard.ConnectionGate.Slot;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

class ConnectionGateTest {

    private static InetAddress address(String text) throws Exception {
        return InetAddress.getByName(text);
    }

    private static ConnectionGate gate(int total, int perAddress, int perUser) {
        return new ConnectionGate(ConnectionLimits.builder()
                .total(total)
                .perAddress(perAddress)
                .perUser(perUser)
                .build());
    }

    @Test
    void beyondTheTotalNobodyIsLetIn() throws Exception {
        ConnectionGate gate = gate(2, 2, 2);
        Slot first = gate.enter(address("192.0.2.1")).orElseThrow();
        assertThat(gate.enter(address("192.0.2.2"))).isPresent();

        assertThat(gate.enter(address("192.0.2.3"))).isEmpty();
        assertThat(gate.connections()).isEqualTo(2);
        first.close();
        assertThat(gate.enter(address("192.0.2.3"))).isPresent();
    }

    @Test
    void oneAddressCannotTakeAllConnections() throws Exception {
        ConnectionGate gate = gate(10, 2, 10);
        assertThat(gate.enter(address("192.0.2.1"))).isPresent();
        assertThat(gate.enter(address("192.0.2.1"))).isPresent();

        assertThat(gate.enter(address("192.0.2.1"))).isEmpty();
        assertThat(gate.enter(address("192.0.2.2"))).isPresent();
        assertThat(gate.connections(address("192.0.2.1"))).isEqualTo(2);
        assertThat(gate.connections()).isEqualTo(3);
    }

    @Test
    void addressesOfOneIpv6NetworkCountAsOne() throws Exception {
        ConnectionGate gate = gate(10, 1, 10);
        assertThat(gate.enter(address("2001:db8:1:2::1"))).isPresent();

        assertThat(gate.enter(address("2001:db8:1:2:ffff::9"))).isEmpty();
        assertThat(gate.enter(address("2001:db8:1:3::1"))).isPresent();
    }

    @Test
    void aUserIsCountedOverAllAddresses() throws Exception {
        ConnectionGate gate = gate(10, 10, 1);
        Slot first = gate.enter(address("192.0.2.1")).orElseThrow();
        Slot second = gate.enter(address("192.0.2.2")).orElseThrow();

        assertThat(first.login("ann")).isTrue();
        assertThat(second.login("ann")).isFalse();
        assertThat(second.login("bob")).isTrue();
        first.logout();
        assertThat(second.login("ann")).isTrue();
        assertThat(first.login("bob")).isTrue();
    }

    @Test
    void aSlotIsGivenBackOnceWithItsUser() throws Exception {
        ConnectionGate gate = gate(10, 10, 1);
        Slot slot = gate.enter(address("192.0.2.1")).orElseThrow();
        slot.login("ann");
        slot.close();
        slot.close();

        assertThat(gate.connections()).isZero();
        assertThat(gate.connections(address("192.0.2.1"))).isZero();
        assertThat(slot.login("ann")).isFalse();
        assertThat(gate.enter(address("192.0.2.1")).orElseThrow().login("ann")).isTrue();
    }

    @Test
    void theCountsAreRightAfterManyCameAndWentAtOnce() throws Exception {
        ConnectionGate gate = gate(50, 20, 10);
        List<Thread> threads = new ArrayList<>();
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        for (int t = 0; t < 4; t++) {
            InetAddress source = address("192.0.2." + t % 2);
            threads.add(new Thread(() -> {
                for (int i = 0; i < 5_000; i++) {
                    gate.enter(source).ifPresent(slot -> {
                        slot.login("ann");
                        slot.close();
                    });
                }
            }));
        }
        threads.forEach(thread -> thread.setUncaughtExceptionHandler((who, e) -> failures.add(e)));
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(failures).isEmpty();
        assertThat(gate.connections()).isZero();
        assertThat(gate.connections(address("192.0.2.0"))).isZero();
    }

    @Test
    void aLimitOutOfRangeIsRefusedByItsName() {
        assertThatThrownBy(() -> ConnectionLimits.builder().perUser(0).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("perUser:");
        assertThat(ConnectionLimits.defaults().toBuilder().total(5).build().perAddress())
                .isEqualTo(ConnectionLimits.DEFAULT_PER_ADDRESS);
    }
}
