package io.portolan.ssh.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.portolan.ssh.internal.kex.AlgorithmProposal;
import io.portolan.ssh.internal.packet.PacketLimits;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

/** Compression that begins with the login. */
final class CompressionTest {

    private static final AlgorithmProposal COMPRESSING = AlgorithmProposal.symmetric(
            List.of("curve25519-sha256"),
            List.of("ssh-ed25519"),
            List.of("aes128-gcm@openssh.com"),
            List.of("hmac-sha2-256-etm@openssh.com"),
            List.of("zlib@openssh.com"));

    private static SshPair pair(long rekeyOctets) {
        return SshPair.withSettings(
                SshPair.settings(COMPRESSING, new RekeyLimits(rekeyOctets, Long.MAX_VALUE, Duration.ofHours(1))));
    }

    @Test
    void nothingIsCompressedBeforeTheLogin() {
        try (SshPair pair = pair(1L << 30)) {
            pair.run();
            pair.client.send(5, new byte[10_000]);
            byte[] octets = pair.client.takeOctets();
            pair.server.receive(octets);

            assertThat(octets.length).isGreaterThan(10_000);
            assertThat(pair.server.received).hasSize(1);
        }
    }

    @Test
    void afterTheLoginPayloadsAreSmallOnTheWireAndWholeBehindIt() {
        try (SshPair pair = pair(1L << 30).loggedIn()) {
            for (int i = 0; i < 20; i++) {
                pair.client.send(94, new byte[10_000]);
                byte[] octets = pair.client.takeOctets();
                assertThat(octets.length).isLessThan(500);
                pair.server.receive(octets);
                pair.server.send(94, noise(30_000));
                pair.run();
            }

            assertThat(pair.server.received).hasSize(20);
            assertThat(pair.server.received.get(19)).hasSize(10_001);
            assertThat(pair.client.received.get(19)).isEqualTo(message(noise(30_000)));
        }
    }

    @Test
    void theStreamsBeginAnewWhenKeysAreRenewed() {
        try (SshPair pair = pair(40_000).loggedIn()) {
            for (int i = 0; i < 50; i++) {
                pair.client.send(94, noise(5_000 + i));
                pair.server.send(94, noise(7_000 + i));
                pair.run();
            }
            assertThat(pair.server.writabilityChanges).as("exchanges").isGreaterThan(10);

            assertThat(pair.server.received).hasSize(50);
            assertThat(pair.client.received).hasSize(50);
            assertThat(pair.client.received.get(49)).isEqualTo(message(noise(7_049)));
        }
    }

    @Test
    void theLargestPayloadFitsEvenIfItDoesNotShrink() {
        try (SshPair pair = pair(1L << 30).loggedIn()) {
            byte[] large = noise(PacketLimits.MAX_PAYLOAD - 1024);
            pair.client.send(94, large);
            pair.run();

            assertThat(pair.server.received).containsExactly(message(large));
        }
    }

    @Test
    void aBombEndsTheConnectionBeforeItIsInMemory() {
        try (SshPair pair = pair(1L << 30).loggedIn()) {
            forgeCompressed(pair, new byte[8 * 1024 * 1024]);

            assertThat(pair.server.failure()).hasMessageContaining("grows beyond");
            assertThat(pair.server.received).isEmpty();
        }
    }

    @Test
    void aCompressedPayloadThatBeginsLikeNewkeysStopsNothing() {
        try (SshPair pair = pair(1L << 30).loggedIn()) {
            for (int i = 0; i < 300; i++) {
                pair.client.send(94, noise(1 + i));
                pair.run();
            }
            assertThat(pair.server.received).hasSize(300);
            assertThat(pair.server.channel.isOpen()).isTrue();
        }
    }

    @Test
    void octetsThatAreNotCompressedEndTheConnection() {
        try (SshPair pair = pair(1L << 30).loggedIn()) {
            pair.client
                    .channel
                    .pipeline()
                    .context(io.portolan.ssh.internal.compress.SshCompressionHandler.class)
                    .writeAndFlush(Unpooled.wrappedBuffer(new byte[] {94, 1, 2, 3}));
            pair.run();

            assertThat(pair.server.failure()).hasMessageContaining("not compressed by zlib");
        }
    }

    private static void forgeCompressed(SshPair pair, byte[] content) {
        Deflater deflater = new Deflater();
        byte[] out = new byte[64 * 1024];
        deflater.setInput(content);
        int length = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
        deflater.end();
        pair.client
                .channel
                .pipeline()
                .context(io.portolan.ssh.internal.compress.SshCompressionHandler.class)
                .writeAndFlush(Unpooled.wrappedBuffer(Arrays.copyOf(out, length)));
        pair.run();
    }

    private static byte[] noise(int size) {
        byte[] noise = new byte[size];
        new java.util.Random(size).nextBytes(noise);
        return noise;
    }

    private static byte[] message(byte[] body) {
        return Unpooled.buffer(body.length + 1).writeByte(94).writeBytes(body).array();
    }
}
