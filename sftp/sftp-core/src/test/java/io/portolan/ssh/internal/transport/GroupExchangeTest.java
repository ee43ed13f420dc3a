package io.portolan.ssh.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.ssh.internal.kex.AlgorithmProposal;
import io.portolan.ssh.internal.wire.SshWriter;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The four messages of RFC 4419: what is refused at each of them. */
final class GroupExchangeTest {

    private static final String METHOD = "diffie-hellman-group-exchange-sha256";

    private static final TransportSettings SETTINGS = SshPair.settings(
            AlgorithmProposal.symmetric(
                    List.of(METHOD),
                    List.of("ssh-ed25519"),
                    List.of("aes128-gcm@openssh.com"),
                    List.of("hmac-sha2-256-etm@openssh.com"),
                    List.of("none")),
            RekeyLimits.STANDARD);

    /** To ask for the smallest group, in which the tests compute quickly. */
    private static final byte[] REQUEST = new SshWriter()
            .writeUint32(1024)
            .writeUint32(2048)
            .writeUint32(8192)
            .toByteArray();

    private enum Point {
        /** A server waits for the size of the group. */
        REQUEST,
        /** A client waits for the group. */
        GROUP,
        /** A server waits for the share in the group. */
        SHARE,
        /** A client waits for the answer. */
        REPLY;

        boolean ofServer() {
            return this == REQUEST || this == SHARE;
        }
    }

    /** Brings one end there; what it then waits for is returned, if somebody has made it. */
    private static byte[] bring(SshPair pair, Point point) {
        SshPair.End server = pair.server;
        SshPair.End client = pair.client;
        byte[] fromClient = client.takeOctets();
        byte[] fromServer = server.takeOctets();
        client.receive(fromServer);
        server.receive(fromClient);
        fromClient = client.takeOctets();
        fromServer = server.takeOctets();
        server.receive(fromClient);
        client.receive(fromServer);
        byte[] request = client.takeOctets();
        if (point == Point.REQUEST) {
            return request;
        }
        if (point == Point.SHARE) {
            server.receive(SshPair.End.inTheClear(34, REQUEST));
            assertThat(numberOf(server.takeOctets())).isEqualTo(31);
            return new byte[0];
        }
        server.receive(request);
        byte[] group = server.takeOctets();
        if (point == Point.GROUP) {
            return group;
        }
        client.receive(group);
        server.receive(client.takeOctets());
        return server.takeOctets();
    }

    private static int numberOf(byte[] packet) {
        return packet[5];
    }

    private static SshPair.End victim(SshPair pair, Point point) {
        return point.ofServer() ? pair.server : pair.client;
    }

    @Test
    void keysAreExchangedAndRenewedInAGroupOfTheServers() {
        try (SshPair pair = SshPair.withSettings(SETTINGS)) {
            pair.loggedIn();
            assertThat(pair.client.handler.negotiated().orElseThrow().keyExchange())
                    .isEqualTo(METHOD);
            byte[] before = pair.client.transport().sessionId();
            pair.client.channel.advanceTimeBy(2, java.util.concurrent.TimeUnit.HOURS);
            pair.client.channel.runScheduledPendingTasks();
            pair.run();
            pair.client.send(94, (byte) 1);
            pair.run();
            assertThat(pair.server.received).hasSize(1);
            assertThat(pair.client.transport().sessionId()).isEqualTo(before);
            assertThat(pair.server.hasFailed()).isFalse();
        }
    }

    @Test
    void theMessagesHaveTheNumbersOfTheRfc() {
        int[] numbers = Arrays.stream(Point.values())
                .filter(point -> point != Point.SHARE)
                .mapToInt(point -> {
                    try (SshPair pair = SshPair.withSettings(SETTINGS)) {
                        return numberOf(bring(pair, point));
                    }
                })
                .toArray();
        assertThat(numbers).containsExactly(34, 31, 33);
    }

    /** Without their content the right ones are malformed, so that none may get through. */
    @ParameterizedTest
    @EnumSource(Point.class)
    void eachMessageOutOfOrderEndsTheConnection(Point point) {
        // a client has computed for long until it waits for the reply
        IntStream numbers = point == Point.REPLY
                ? IntStream.of(0, 2, 4, 5, 6, 7, 20, 21, 30, 31, 32, 33, 34, 50, 52, 80, 192)
                : IntStream.range(0, 256);
        numbers.forEach(number -> {
            try (SshPair pair = SshPair.withSettings(SETTINGS)) {
                assertThat(bring(pair, point)).isNotNull();
                SshPair.End victim = victim(pair, point);
                assertThat(victim.channel.isOpen()).isTrue();
                victim.receive(SshPair.End.inTheClear(number));
                assertThat(victim.channel.isOpen()).as("message " + number).isFalse();
                assertThat(victim.received).isEmpty();
            }
        });
    }

    /** As servers took it that were learned for "Finding SSH Strict Key Exchange Violations by State Learning" (2025). */
    @Test
    void aSecondRequestForAGroupEndsTheConnection() {
        try (SshPair pair = SshPair.withSettings(SETTINGS)) {
            assertThat(bring(pair, Point.SHARE)).isEmpty();
            pair.server.receive(SshPair.End.inTheClear(34, REQUEST));
            assertThat(pair.server.channel.isOpen()).isFalse();
            assertThat(pair.server.failure()).hasMessageContaining("message 34");
        }
    }

    @Test
    void aServerRefusesWhatItHasNoGroupFor() {
        try (SshPair pair = SshPair.withSettings(SETTINGS)) {
            assertThat(bring(pair, Point.REQUEST)).isNotEmpty();
            byte[] weak = new SshWriter()
                    .writeUint32(1024)
                    .writeUint32(1024)
                    .writeUint32(1536)
                    .toByteArray();
            pair.server.receive(SshPair.End.inTheClear(34, weak));
            assertThat(pair.server.channel.isOpen()).isFalse();
        }
    }

    @Test
    void aClientRefusesAGroupThatItDidNotAskFor() {
        try (SshPair pair = SshPair.withSettings(SETTINGS)) {
            assertThat(bring(pair, Point.GROUP)).isNotEmpty();
            byte[] weak = new SshWriter()
                    .writeMpint(BigInteger.ONE.shiftLeft(1023).setBit(0))
                    .writeMpint(BigInteger.TWO)
                    .toByteArray();
            pair.client.receive(SshPair.End.inTheClear(31, weak));
            assertThat(pair.client.channel.isOpen()).isFalse();
            assertThat(pair.client.failure()).hasMessageContaining("1024 bits");
        }
    }

    @Test
    void aClientsShareAtTheEdgeOfTheGroupIsRefused() {
        try (SshPair pair = SshPair.withSettings(SETTINGS)) {
            assertThat(bring(pair, Point.SHARE)).isEmpty();
            pair.server.receive(SshPair.End.inTheClear(
                    32, new SshWriter().writeMpint(BigInteger.ONE).toByteArray()));
            assertThat(pair.server.channel.isOpen()).isFalse();
        }
    }
}
