package io.portolan.ssh.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.portolan.ssh.internal.compress.SshCompressionHandler;
import io.portolan.ssh.internal.kex.AlgorithmProposal;
import io.portolan.ssh.internal.packet.PacketLimits;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
            pair.client.send(94, new byte[10]);
            pair.run();
            pair.client
                    .channel
                    .pipeline()
                    .context(SshCompressionHandler.class)
                    .writeAndFlush(Unpooled.wrappedBuffer(new byte[] {94, 1, 2, 3}));
            pair.run();

            assertThat(pair.server.failure()).hasMessageContaining("not compressed by zlib");
        }
    }

    /** A client's KEXINIT, at a time of our choosing. */
    private static void renewKeys(SshPair.End end) {
        end.channel.advanceTimeBy(2, TimeUnit.HOURS);
        end.channel.runScheduledPendingTasks();
    }

    private static void success(SshPair.End server) {
        server.send(52);
        server.transport().authenticated();
    }

    private static void assertBothTalk(SshPair pair) {
        int before = pair.client.received.size();
        for (int i = 1; i <= 5; i++) {
            pair.client.send(94, new byte[10_000]);
            byte[] octets = pair.client.takeOctets();
            assertThat(octets.length).as("compressed").isLessThan(500);
            pair.server.receive(octets);
            pair.server.send(94, noise(30_000));
            pair.run();
        }
        assertThat(pair.server.hasFailed()).isFalse();
        assertThat(pair.client.hasFailed()).isFalse();
        assertThat(pair.server.received).hasSize(5);
        assertThat(pair.client.received).hasSize(before + 5);
    }

    @Test
    void aClientThatRenewsKeysWithinItsLoginIsToldOfItUncompressedAndAllBehindItIsCompressed() {
        try (SshPair pair = pair(1L << 30)) {
            pair.run();
            // its gate is open early, so that it renews keys before it hears of the login
            pair.client.transport().authenticated();
            pair.client.channel.pipeline().remove(SshCompressionHandler.class);
            pair.server.workersBusy = true;
            renewKeys(pair.client);
            pair.server.receive(pair.client.takeOctets());
            pair.client.receive(pair.server.takeOctets());
            pair.server.receive(pair.client.takeOctets());

            // the exchange waits for a worker when the user is found to be who he says
            success(pair.server);
            pair.server.workersBusy = false;
            pair.client.receive(pair.server.takeOctets());

            assertThat(pair.client.hasFailed()).isFalse();
            assertThat(pair.client.received).hasSize(1);
            assertThat(pair.client.received.get(0)).containsExactly(52);
        }
    }

    @Test
    void whatAClientHasSentBeforeItKnewOfTheLoginComesAsItIs() {
        try (SshPair pair = pair(1L << 30)) {
            pair.run();
            pair.client.send(50, noise(100));
            byte[] ahead = pair.client.takeOctets();
            success(pair.server);
            pair.server.receive(ahead);
            assertThat(pair.server.hasFailed()).isFalse();
            assertThat(pair.server.received).containsExactly(concat(50, noise(100)));
            pair.server.received.clear();

            pair.run();
            pair.client.transport().authenticated();
            assertBothTalk(pair);
        }
    }

    private static byte[] concat(int number, byte[] rest) {
        return ByteBufUtil.getBytes(SshPair.End.payload(number, rest));
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
                .context(SshCompressionHandler.class)
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
