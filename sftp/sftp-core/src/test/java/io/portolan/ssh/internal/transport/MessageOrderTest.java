package io.portolan.ssh.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every message number at every point of a connection, to both roles: what passes, what is dealt with quietly, and what ends the connection. */
final class MessageOrderTest {

    private static final Set<Integer> FROM_SERVERS_ONLY = Set.of(6, 31, 33, 51, 52, 53, 60);
    private static final Set<Integer> FROM_CLIENTS_ONLY = Set.of(5, 30, 32, 34, 50, 61);

    private enum Point {
        BEFORE_KEXINIT,
        /** A server waits for the client's share; a client makes its own. */
        AFTER_KEXINIT,
        /** A server computes its answer; a client waits for it. */
        AFTER_THE_CLIENTS_SHARE,
        /** A server waits for NEWKEYS; a client verifies. */
        AFTER_THE_SERVERS_SHARE,
        AUTHENTICATION,
        CONNECTION,
        /** This end has sent KEXINIT, of which the peer does not know. */
        RENEWAL_BEGUN_HERE,
        /** Both have sent KEXINIT. */
        RENEWAL
    }

    private enum Outcome {
        PASSES,
        STAYS_HERE,
        ENDS
    }

    private static Stream<Arguments> all() {
        return Stream.of(true, false)
                .flatMap(server -> Arrays.stream(Point.values()).map(point -> Arguments.of(server, point)));
    }

    @ParameterizedTest
    @MethodSource("all")
    void eachMessageDoesWhatItMay(boolean toServer, Point point) {
        for (int number = 0; number < 256; number++) {
            assertThat(outcome(toServer, point, number))
                    .as("message " + number)
                    .isEqualTo(expected(toServer, point, number));
        }
    }

    private static Outcome expected(boolean toServer, Point point, int number) {
        if (number == 0 || number == 1 || (toServer ? FROM_SERVERS_ONLY : FROM_CLIENTS_ONLY).contains(number)) {
            return Outcome.ENDS;
        }
        boolean harmless = number == 2 || number == 3 || number == 4;
        return switch (point) {
            case BEFORE_KEXINIT, RENEWAL -> harmless ? Outcome.STAYS_HERE : Outcome.ENDS;
            case AFTER_KEXINIT, AFTER_THE_CLIENTS_SHARE -> Outcome.ENDS;
            case AFTER_THE_SERVERS_SHARE -> number == 21 ? Outcome.STAYS_HERE : Outcome.ENDS;
            case AUTHENTICATION -> number >= 80 && number <= 127 ? Outcome.ENDS : between(number);
            case CONNECTION, RENEWAL_BEGUN_HERE -> between(number);
        };
    }

    private static Outcome between(int number) {
        if (number == 5 || number == 6 || number >= 50 && number != 192 && number != 193) {
            return Outcome.PASSES;
        }
        // EXT_INFO, KEXINIT and PING without their content are malformed
        boolean ends = number == 7 || number >= 20 && number <= 49 || number == 192;
        return ends ? Outcome.ENDS : Outcome.STAYS_HERE;
    }

    private static Outcome outcome(boolean toServer, Point point, int number) {
        try (SshPair pair = SshPair.withSettings(SshPair.SETTINGS)) {
            SshPair.End victim = toServer ? pair.server : pair.client;
            SshPair.End attacker = toServer ? pair.client : pair.server;
            bring(pair, victim, attacker, point);
            assertThat(victim.channel.isOpen()).as("before").isTrue();
            int before = victim.received.size();

            if (point == Point.AFTER_THE_SERVERS_SHARE) {
                // a server would have its new keys already
                victim.receive(SshPair.End.inTheClear(number));
            } else {
                attacker.forge(number);
                victim.receive(attacker.takeOctets());
            }
            victim.takeOctets();

            if (!victim.channel.isOpen()) {
                assertThat(victim.received).hasSize(before);
                return Outcome.ENDS;
            }
            return victim.received.size() > before ? Outcome.PASSES : Outcome.STAYS_HERE;
        }
    }

    private static void bring(SshPair pair, SshPair.End victim, SshPair.End attacker, Point point) {
        switch (point) {
            case BEFORE_KEXINIT -> victim.receive(attacker.takeOctets());
            case AFTER_KEXINIT, AFTER_THE_CLIENTS_SHARE, AFTER_THE_SERVERS_SHARE -> bringIntoExchange(pair, point);
            case AUTHENTICATION -> pair.run();
            case CONNECTION -> pair.loggedIn();
            case RENEWAL_BEGUN_HERE, RENEWAL -> {
                pair.loggedIn();
                // a KEXINIT of the handler's own making, at the time that it chooses
                victim.channel.advanceTimeBy(2, java.util.concurrent.TimeUnit.HOURS);
                victim.channel.runScheduledPendingTasks();
                byte[] init = victim.takeOctets();
                assertThat(init).isNotEmpty();
                if (point == Point.RENEWAL) {
                    attacker.workersBusy = true;
                    victim.workersBusy = true;
                    attacker.receive(init);
                    victim.receive(attacker.takeOctets());
                }
            }
        }
    }

    private static void bringIntoExchange(SshPair pair, Point point) {
        SshPair.End server = pair.server;
        SshPair.End client = pair.client;
        // the identifications
        byte[] fromClient = client.takeOctets();
        byte[] fromServer = server.takeOctets();
        client.workersBusy = true;
        server.workersBusy = true;
        client.receive(fromServer);
        server.receive(fromClient);
        // both KEXINITs
        fromClient = client.takeOctets();
        fromServer = server.takeOctets();
        server.receive(fromClient);
        client.receive(fromServer);
        if (point == Point.AFTER_KEXINIT) {
            return;
        }
        client.workersBusy = false;
        server.receive(client.takeOctets());
        if (point == Point.AFTER_THE_CLIENTS_SHARE) {
            return;
        }
        client.workersBusy = true;
        server.workersBusy = false;
        byte[] reply = server.takeOctets();
        assertThat(reply).isNotEmpty();
        client.receive(withoutNewKeys(reply));
    }

    /** The first packet only. */
    private static byte[] withoutNewKeys(byte[] octets) {
        int length = java.nio.ByteBuffer.wrap(octets).getInt();
        return Arrays.copyOf(octets, 4 + length);
    }
}
