package io.portolan.ssh.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.portolan.ssh.internal.kex.AlgorithmProposal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Keys that are renewed at any moment while octets of both directions are on their way, in pieces of any size and with workers that are slow. */
final class RekeyProperties {

    private static final List<String> CIPHERS =
            List.of("aes128-gcm@openssh.com", "aes256-gcm@openssh.com", "chacha20-poly1305@openssh.com", "aes256-ctr");

    /** What is on its way in one direction. */
    private static final class Line {
        private final ByteBuf octets = Unpooled.buffer();
        private final SshPair.End from;
        private final SshPair.End to;

        Line(SshPair.End from, SshPair.End to) {
            this.from = from;
            this.to = to;
        }

        boolean carry(int count) {
            octets.writeBytes(from.takeOctets());
            int carried = Math.min(count, octets.readableBytes());
            if (carried > 0) {
                byte[] piece = new byte[carried];
                octets.readBytes(piece);
                octets.discardReadBytes();
                to.receive(piece);
            }
            return carried > 0;
        }
    }

    @Property(tries = 150)
    void everyMessageArrivesOnceAndInOrder(
            @ForAll long seed,
            @ForAll @IntRange(min = 16, max = 256 * 1024) int clientLimit,
            @ForAll @IntRange(min = 16, max = 256 * 1024) int serverLimit,
            @ForAll boolean strict) {
        Random random = new Random(seed);
        String cipher = CIPHERS.get(random.nextInt(CIPHERS.size()));
        try (SshPair pair = new SshPair(
                settings(cipher, serverLimit, strict), settings(cipher, clientLimit, strict), (name, key) -> {})) {
            pair.loggedIn();
            Line toServer = new Line(pair.client, pair.server);
            Line toClient = new Line(pair.server, pair.client);
            int[] sent = new int[2];
            for (int step = 0; step < 200; step++) {
                switch (random.nextInt(5)) {
                    case 0 -> sent[0] += say(pair.client, sent[0], random);
                    case 1 -> sent[1] += say(pair.server, sent[1], random);
                    case 2 -> toServer.carry(1 + random.nextInt(20_000));
                    case 3 -> toClient.carry(1 + random.nextInt(20_000));
                    default -> (random.nextBoolean() ? pair.client : pair.server).workersBusy = random.nextBoolean();
                }
            }
            pair.client.workersBusy = false;
            pair.server.workersBusy = false;
            boolean moved = true;
            while (moved) {
                moved = toServer.carry(Integer.MAX_VALUE);
                moved |= toClient.carry(Integer.MAX_VALUE);
            }

            assertThat(pair.server.events).noneMatch(TransportFailed.class::isInstance);
            assertThat(pair.client.events).noneMatch(TransportFailed.class::isInstance);
            assertNumbered(pair.server.received, sent[0]);
            assertNumbered(pair.client.received, sent[1]);
        }
    }

    private static TransportSettings settings(String cipher, int limit, boolean strict) {
        AlgorithmProposal algorithms = AlgorithmProposal.symmetric(
                List.of("curve25519-sha256"),
                List.of("ssh-ed25519"),
                List.of(cipher),
                List.of("hmac-sha2-256-etm@openssh.com", "hmac-sha2-512"),
                List.of("none"));
        return new TransportSettings(
                algorithms,
                strict,
                new RekeyLimits(limit, Long.MAX_VALUE, Duration.ofHours(1)),
                TransportSettings.KEY_EXCHANGE_TIME,
                List.of());
    }

    /** Sends a numbered message if the channel takes one; returns how many. */
    private static int say(SshPair.End end, int number, Random random) {
        if (!end.channel.isWritable()) {
            return 0;
        }
        end.send(
                94,
                ByteBuffer.allocate(4 + random.nextInt(3_000)).putInt(number).array());
        return 1;
    }

    private static void assertNumbered(List<byte[]> received, int count) {
        assertThat(received).hasSize(count);
        for (int i = 0; i < count; i++) {
            assertThat(ByteBuffer.wrap(received.get(i)).getInt(1)).isEqualTo(i);
        }
    }
}
