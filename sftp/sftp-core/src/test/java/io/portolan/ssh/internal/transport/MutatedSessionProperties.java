package io.portolan.ssh.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.portolan.ssh.internal.kex.KexInit;
import io.portolan.ssh.internal.kex.KexMethod;
import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshWriter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Valid beginnings of sessions, spoilt: whatever comes of it, it is an orderly end or none, and nothing else is ever thrown. */
final class MutatedSessionProperties {

    private static final byte[] VERSION = "SSH-2.0-peer\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final String METHOD = "curve25519-sha256";

    private static byte[] packet(byte[] payload) {
        return SshPair.End.inTheClear(payload[0] & 0xff, Arrays.copyOfRange(payload, 1, payload.length));
    }

    private static byte[] beginning() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(VERSION);
        out.writeBytes(packet(new KexInit(SshPair.ALGORITHMS, false).encode(SshPair.RANDOM)));
        byte[] share =
                KexMethod.named(METHOD).orElseThrow().begin(SshPair.RANDOM).share();
        out.writeBytes(packet(new SshWriter().writeByte(30).writeString(share).toByteArray()));
        out.writeBytes(packet(new byte[] {21}));
        return out.toByteArray();
    }

    private static byte[] mutate(byte[] octets, Random random) {
        byte[] copy = octets.clone();
        int times = 1 + random.nextInt(4);
        for (int i = 0; i < times; i++) {
            int place = random.nextInt(copy.length);
            switch (random.nextInt(5)) {
                case 0 -> copy[place] ^= (byte) (1 << random.nextInt(8));
                case 1 -> copy[place] = (byte) random.nextInt(256);
                case 2 -> copy[place] = (byte) (random.nextBoolean() ? 0xff : 0);
                case 3 -> copy = Arrays.copyOf(copy, Math.max(1, place));
                default -> {
                    int length = Math.min(random.nextInt(64), copy.length - place);
                    int from = random.nextInt(copy.length - length + 1);
                    System.arraycopy(copy.clone(), from, copy, place, length);
                }
            }
        }
        return copy;
    }

    private static void assertOrderly(SshPair.End end) {
        for (Object event : end.events) {
            if (event instanceof TransportFailed failed) {
                assertThat(failed.cause()).isInstanceOf(SshProtocolException.class);
            }
        }
        end.channel.checkException();
        if (end.hasFailed()) {
            assertThat(end.channel.isOpen()).isFalse();
        }
    }

    @Property(tries = 300)
    void aSpoiltKeyExchangeEndsInOrder(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] octets = mutate(beginning(), random);
        try (SshPair.End server =
                new SshPair.End(new TransportRole.Server(HostKey.of(SshPair.HOST_KEY)), SshPair.SETTINGS)) {
            for (int at = 0; at < octets.length; ) {
                int count = Math.min(1 + random.nextInt(400), octets.length - at);
                server.receive(Arrays.copyOfRange(octets, at, at + count));
                at += count;
            }
            server.takeOctets();

            assertThat(server.isReady() && server.received.isEmpty() || !server.isReady())
                    .isTrue();
            assertOrderly(server);
        }
    }

    @Property(tries = 300)
    void spoiltMessagesUnderKeysEndInOrder(@ForAll long seed, @ForAll boolean toServer) {
        Random random = new Random(seed);
        List<byte[]> messages = List.of(
                new ExtensionInfo(Map.of("server-sig-algs", "ssh-ed25519,rsa-sha2-256")).encode(),
                new SshWriter().writeByte(192).writeString("ping").toByteArray(),
                new SshWriter().writeByte(2).writeString("ignored").toByteArray(),
                new SshWriter()
                        .writeByte(1)
                        .writeUint32(11)
                        .writeString("bye")
                        .writeString("")
                        .toByteArray(),
                new SshWriter()
                        .writeByte(4)
                        .writeBoolean(true)
                        .writeString("debug")
                        .writeString("")
                        .toByteArray(),
                new KexInit(SshPair.ALGORITHMS, true).encode(SshPair.RANDOM),
                new byte[] {21},
                new SshWriter().writeByte(30).writeString(new byte[32]).toByteArray(),
                new SshWriter().writeByte(3).writeUint32(7).toByteArray());
        try (SshPair pair = SshPair.withSettings(SshPair.SETTINGS)) {
            pair.run();
            SshPair.End attacker = toServer ? pair.client : pair.server;
            SshPair.End victim = toServer ? pair.server : pair.client;
            for (int i = 0; i < 4 && victim.channel.isOpen(); i++) {
                byte[] message = messages.get(random.nextInt(messages.size()));
                attacker.forge(Unpooled.wrappedBuffer(random.nextInt(4) == 0 ? message : mutate(message, random)));
                victim.receive(attacker.takeOctets());
                attacker.receive(victim.takeOctets());
            }

            assertOrderly(victim);
        }
    }
}
