package io.portolan.ssh.internal.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.ssh.internal.wire.SshProtocolException;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What holds for all ciphers, sizes and ways in which the octets arrive. */
class PacketProperties {

    private static final long SEED = 7;

    @Provide
    Arbitrary<Protection> protections() {
        return Arbitraries.of(Protection.all());
    }

    @Provide
    Arbitrary<List<Integer>> sizes() {
        return Arbitraries.oneOf(
                        Arbitraries.integers().between(1, 64),
                        Arbitraries.integers().between(1, 4096),
                        Arbitraries.of(32 * 1024 + 13, PacketLimits.MAX_PAYLOAD))
                .list()
                .ofMinSize(1)
                .ofMaxSize(6);
    }

    private static byte[] payload(int size) {
        byte[] payload = Protection.octets(size, size);
        // Anything but NEWKEYS.
        payload[0] = 94;
        return payload;
    }

    @Property(tries = 300)
    void payloadsComeOutAsTheyWentIn(
            @ForAll("protections") Protection protection, @ForAll("sizes") List<Integer> sizes, @ForAll long cuts) {
        try (PacketChannel sender = PacketChannel.with(protection, SEED);
                PacketChannel receiver = PacketChannel.with(protection, SEED)) {
            List<byte[]> payloads = new ArrayList<>();
            ByteArrayOutputStream wire = new ByteArrayOutputStream();
            for (int size : sizes) {
                payloads.add(payload(size));
                wire.writeBytes(sender.packet(payload(size)));
            }
            byte[] octets = wire.toByteArray();
            List<byte[]> received = new ArrayList<>();
            Random random = new Random(cuts);
            int at = 0;
            while (at < octets.length) {
                int piece = Math.min(octets.length - at, 1 + random.nextInt(1 << 1 + random.nextInt(17)));
                receiver.receive(Arrays.copyOfRange(octets, at, at + piece));
                received.addAll(receiver.payloads());
                at += piece;
            }
            assertThat(receiver.failures()).isEmpty();
            assertThat(received).hasSameSizeAs(payloads);
            for (int i = 0; i < payloads.size(); i++) {
                assertThat(received.get(i)).isEqualTo(payloads.get(i));
            }
            assertThat(receiver.decoder().usage().packets()).isEqualTo(sizes.size());
            assertThat(receiver.decoder().usage().octets()).isEqualTo(octets.length);
            assertThat(sender.encoder().usage().octets()).isEqualTo(octets.length);
        }
    }

    @Property(tries = 300)
    void everyOctetOfAPacketIsProtected(
            @ForAll("protections") Protection protection,
            @ForAll @IntRange(min = 1, max = 60) int size,
            @ForAll @IntRange(max = 7) int bit) {
        byte[] packet;
        byte[] next;
        try (PacketChannel sender = PacketChannel.with(protection, SEED)) {
            packet = sender.packet(payload(size));
            next = sender.packet(payload(40_000));
        }
        for (int offset = 0; offset < packet.length; offset++) {
            byte[] changed = packet.clone();
            changed[offset] ^= (byte) (1 << bit);
            try (PacketChannel receiver = PacketChannel.with(protection, SEED)) {
                receiver.receive(changed);
                receiver.receive(next);
                assertThat(receiver.payloads()).as("offset %d", offset).isEmpty();
                // A length that was made longer waits for its octets; the rest is broken at once.
                if (offset >= 4) {
                    assertBroken(receiver);
                }
                while (receiver.failures().isEmpty() && receiver.reads() < 20) {
                    receiver.receive(next);
                }
                assertThat(receiver.payloads()).as("offset %d", offset).isEmpty();
                assertBroken(receiver);
            }
        }
    }

    private static void assertBroken(PacketChannel receiver) {
        assertThat(receiver.failures()).hasSize(1);
        assertThat(receiver.failures().get(0))
                .isInstanceOf(SshProtocolException.class)
                .hasMessage("broken packet");
    }

    @Property(tries = 500)
    void anyOctetsEndInPayloadsOrInOneFailure(
            @ForAll @Size(max = 200) byte[] octets, @ForAll @IntRange(max = 20) int claimed) {
        try (PacketChannel receiver = new PacketChannel()) {
            receiver.receive(new byte[] {0, 0, 0, (byte) (claimed * 8 + 4), 4});
            receiver.receive(octets);
            receiver.payloads();
            if (!receiver.failures().isEmpty()) {
                assertBroken(receiver);
            }
        }
    }

    @Property(tries = 200)
    void anyOctetsUnderKeysAreBrokenOrUnfinished(
            @ForAll("protections") Protection protection, @ForAll @Size(max = 300) byte[] octets) {
        try (PacketChannel receiver = PacketChannel.with(protection, SEED)) {
            receiver.receive(octets);
            assertThat(receiver.payloads()).isEmpty();
            if (!receiver.failures().isEmpty()) {
                assertBroken(receiver);
            }
        }
    }
}
