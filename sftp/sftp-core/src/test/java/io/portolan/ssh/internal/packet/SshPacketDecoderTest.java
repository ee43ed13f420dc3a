package io.portolan.ssh.internal.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.portolan.ssh.internal.wire.SshProtocolException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SshPacketDecoderTest {

    private static final Protection GCM = new Protection(SshCipher.AES128_GCM, null);
    private static final byte IGNORE = 2;
    private static final byte NEWKEYS = PacketChannel.NEWKEYS;

    private static List<Protection> protections() {
        return Protection.all();
    }

    private static byte[] join(byte[]... parts) {
        ByteBuffer all = ByteBuffer.allocate(
                Arrays.stream(parts).mapToInt(part -> part.length).sum());
        for (byte[] part : parts) {
            all.put(part);
        }
        return all.array();
    }

    private static byte[] length(int length) {
        return ByteBuffer.allocate(4).putInt(length).array();
    }

    private static void assertBroken(PacketChannel channel) {
        assertThat(channel.payloads()).isEmpty();
        assertThat(channel.failures()).hasSize(1);
        assertThat(channel.failures().get(0))
                .isInstanceOf(SshProtocolException.class)
                .hasMessage("broken packet");
    }

    @Test
    void readsAPacketInTheClear() {
        byte[] packet = {
            0, 0, 0, 12, // packet_length
            10, // padding_length
            NEWKEYS, // payload
            1, 2, 3, 4, 5, 6, 7, 8, 9, 10, // padding
        };
        try (PacketChannel channel = new PacketChannel()) {
            channel.receive(packet);
            assertThat(channel.payloads()).containsExactly(new byte[] {NEWKEYS});
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 1, 4, 11, 13, 35_004, 256 * 1024 + 4, Integer.MAX_VALUE})
    void lengthsThatCannotBeAreBroken(int length) {
        try (PacketChannel channel = new PacketChannel()) {
            channel.receive(length(length));
            assertBroken(channel);
        }
    }

    @Test
    void theLargestPacketsAreTakenAndNoLargerOnes() {
        try (PacketChannel channel = new PacketChannel()) {
            channel.receive(length(34_996));
            assertThat(channel.failures()).isEmpty();
        }
        try (PacketChannel channel = PacketChannel.with(GCM, 1)) {
            channel.receive(length(PacketLimits.MAX_LENGTH));
            assertThat(channel.failures()).isEmpty();
        }
        try (PacketChannel channel = PacketChannel.with(GCM, 1)) {
            channel.receive(length(PacketLimits.MAX_LENGTH + 16));
            assertBroken(channel);
        }
    }

    @Test
    void largePacketsAreBrokenUntilThePeerIsLoggedIn() {
        try (PacketChannel channel = new PacketChannel()) {
            channel.switchKeys(GCM, 1, 1, true);
            channel.receive(length(40_000));
            assertBroken(channel);
        }
    }

    @Test
    void aClaimedLengthTakesNoMemory() {
        try (PacketChannel channel = PacketChannel.with(GCM, 1)) {
            long before = channel.held();
            channel.receive(length(PacketLimits.MAX_LENGTH));
            channel.receive(new byte[100]);
            assertThat(channel.held()).isEqualTo(before);
            assertThat(channel.decoder().room()).isLessThanOrEqualTo(1024);
        }
    }

    @Test
    void roomForLargePacketsIsLetGoAfterwards() {
        try (PacketChannel channel = PacketChannel.with(GCM, 1)) {
            channel.receive(channel.packet(new byte[200_000]));
            assertThat(channel.decoder().room()).isGreaterThan(200_000);
            channel.receive(channel.packet(IGNORE));
            assertThat(channel.decoder().room()).isLessThanOrEqualTo(1024);
            assertThat(channel.payloads()).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 11, 12, 255})
    void paddingThatCannotBeIsBroken(int padding) {
        try (PacketChannel channel = new PacketChannel()) {
            byte[] packet = join(length(12), new byte[12]);
            packet[4] = (byte) padding;
            channel.receive(packet);
            assertBroken(channel);
        }
    }

    @ParameterizedTest
    @MethodSource("protections")
    void wrongPaddingUnderAGoodTagIsTheSameFailureAsAWrongTag(Protection protection) {
        boolean aligned = protection.mac() != null && !protection.mac().isEncryptThenMac();
        byte[] packet = join(length(aligned ? 28 : 32), new byte[aligned ? 28 : 32]);
        PacketCipher cipher = protection.create(1);
        byte[] sealed = new byte[packet.length + cipher.tagLength()];
        cipher.seal(0, packet, packet.length - 4, sealed, 0);
        try (PacketChannel channel = PacketChannel.with(protection, 1)) {
            channel.receive(sealed);
            assertBroken(channel);
        }
    }

    @Test
    void nothingIsReadBehindABrokenPacket() {
        try (PacketChannel channel = new PacketChannel();
                PacketChannel other = new PacketChannel()) {
            byte[] good = other.packet(IGNORE);
            channel.receive(join(good, length(3), good));
            assertThat(channel.payloads()).hasSize(1);
            channel.receive(good);
            assertBroken(channel);
        }
    }

    @ParameterizedTest
    @MethodSource("protections")
    void keysChangeExactlyBehindNewKeysWithinOneRead(Protection protection) {
        try (PacketChannel sender = new PacketChannel();
                PacketChannel receiver = new PacketChannel()) {
            byte[] first = sender.packet(NEWKEYS);
            sender.encoder().newKeys(protection.create(1), true);
            byte[] second = sender.packet(IGNORE, (byte) 1);
            byte[] third = sender.packet(NEWKEYS);
            sender.encoder().newKeys(protection.create(2), false);
            byte[] fourth = sender.packet(IGNORE, (byte) 2);

            // Keys that are there when NEWKEYS is passed on.
            AtomicInteger changes = new AtomicInteger();
            receiver.channel().pipeline().addLast(new ChannelInboundHandlerAdapter() {
                @Override
                public void channelRead(ChannelHandlerContext ctx, Object message) {
                    ByteBuf payload = (ByteBuf) message;
                    if (payload.getByte(payload.readerIndex()) == NEWKEYS) {
                        int change = changes.incrementAndGet();
                        receiver.decoder().newKeys(protection.create(change), change == 1);
                    }
                    ctx.fireChannelRead(message);
                }
            });
            receiver.receive(join(first, second, third, fourth));
            assertThat(receiver.failures()).isEmpty();
            assertThat(receiver.payloads())
                    .containsExactly(
                            new byte[] {NEWKEYS}, new byte[] {IGNORE, 1}, new byte[] {NEWKEYS}, new byte[] {IGNORE, 2});
            assertThat(receiver.decoder().lastSequence()).isEqualTo(2);
        }
    }

    @Test
    void whatCameBehindNewKeysWaitsForTheKeys() {
        try (PacketChannel sender = new PacketChannel();
                PacketChannel receiver = new PacketChannel()) {
            AtomicInteger reads = new AtomicInteger();
            receiver.channel().pipeline().addFirst(new ChannelOutboundHandlerAdapter() {
                @Override
                public void read(ChannelHandlerContext ctx) {
                    reads.incrementAndGet();
                    ctx.read();
                }
            });
            byte[] first = sender.packet(NEWKEYS);
            sender.encoder().newKeys(GCM.create(1), true);
            byte[] second = sender.packet(IGNORE, (byte) 1);
            byte[] third = sender.packet(IGNORE, (byte) 2);
            receiver.receive(join(first, Arrays.copyOf(second, 10)));
            receiver.receive(Arrays.copyOfRange(second, 10, second.length));
            receiver.receive(third);
            assertThat(receiver.payloads()).containsExactly(new byte[] {NEWKEYS});

            int before = reads.get();
            receiver.channel().read();
            assertThat(reads).as("nothing more is read").hasValue(before);

            receiver.decoder().newKeys(GCM.create(1), true);
            assertThat(receiver.payloads()).containsExactly(new byte[] {IGNORE, 1}, new byte[] {IGNORE, 2});
            assertThat(reads).as("the read that was asked for").hasValueGreaterThan(before);
            assertThat(receiver.failures()).isEmpty();
        }
    }

    @Test
    void whatWaitsForKeysIsReleasedWhenTheConnectionEnds() {
        try (PacketChannel channel = new PacketChannel()) {
            byte[] newKeys = channel.packet(NEWKEYS);
            channel.receive(join(newKeys, new byte[100]));
            channel.receive(new byte[100]);
            channel.payloads();
            assertThat(channel.held()).isPositive();
            channel.channel().close();
            assertThat(channel.held()).isZero();
        }
    }

    @Test
    void keysWithoutNewKeysAreAMistakeOfOurs() {
        SshPacketDecoder decoder = new SshPacketDecoder();
        assertThatThrownBy(() -> decoder.newKeys(PacketCipher.none(), true)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void numbersGoOnAcrossNewKeysUnlessTheyAreReset() {
        Protection chacha = new Protection(SshCipher.CHACHA20_POLY1305, null);
        try (PacketChannel channel = new PacketChannel()) {
            channel.switchKeys(chacha, 1, 1, false);
            channel.receive(channel.packet(IGNORE));
            assertThat(channel.decoder().lastSequence()).isEqualTo(1);
            assertThat(channel.payloads()).hasSize(1);
            channel.switchKeys(chacha, 2, 2, false);
            assertThat(channel.decoder().lastSequence()).isEqualTo(2);
            channel.switchKeys(chacha, 3, 3, true);
            channel.receive(channel.packet(IGNORE));
            assertThat(channel.decoder().lastSequence()).isZero();
            assertThat(channel.payloads()).hasSize(1);
        }
    }

    @Test
    void keysThatAreNotChangedInTimeEndTheConnection() {
        try (PacketChannel sender = new PacketChannel();
                PacketChannel receiver = new PacketChannel(3)) {
            for (int i = 0; i < 4; i++) {
                receiver.receive(sender.packet(IGNORE));
            }
            assertThat(receiver.payloads()).hasSize(3);
            assertThat(receiver.failures()).hasSize(1);
            assertThat(receiver.failures().get(0))
                    .isInstanceOf(SshProtocolException.class)
                    .hasMessageContaining("not changed after 3 packets");
        }
    }

    @Test
    void newKeysBeginToCountAnew() {
        try (PacketChannel channel = new PacketChannel(3)) {
            for (int i = 0; i < 4; i++) {
                channel.switchKeys(GCM, i, i, true);
                assertThat(channel.decoder().usage().packets()).isZero();
                channel.receive(channel.packet(IGNORE));
                channel.receive(channel.packet(IGNORE));
                assertThat(channel.encoder().usage().packets()).isEqualTo(2);
                assertThat(channel.payloads()).hasSize(2);
            }
            assertThat(channel.failures()).isEmpty();
        }
    }

    @Test
    void whoeverIsNotLoggedInMaySendOnlySoManyPackets() {
        try (PacketChannel sender = new PacketChannel();
                PacketChannel receiver = new PacketChannel()) {
            for (int i = 0; i <= PacketLimits.MAX_PACKETS_BEFORE_AUTHENTICATION; i++) {
                receiver.receive(sender.packet(IGNORE));
            }
            assertThat(receiver.payloads()).hasSize(PacketLimits.MAX_PACKETS_BEFORE_AUTHENTICATION);
            assertThat(receiver.failures()).hasSize(1);
            assertThat(receiver.failures().get(0))
                    .isInstanceOf(SshProtocolException.class)
                    .hasMessage("too much before authentication");
        }
    }

    @Test
    void whoeverIsNotLoggedInMaySendOnlySoManyOctets() {
        try (PacketChannel sender = new PacketChannel();
                PacketChannel receiver = new PacketChannel()) {
            byte[] large = new byte[34_000];
            int taken = PacketLimits.MAX_OCTETS_BEFORE_AUTHENTICATION / 34_016;
            for (int i = 0; i < taken + 2; i++) {
                receiver.receive(sender.packet(large));
            }
            assertThat(receiver.payloads()).hasSizeBetween(taken - 1, taken);
            assertThat(receiver.failures()).hasSize(1);
            assertThat(receiver.failures().get(0))
                    .isInstanceOf(SshProtocolException.class)
                    .hasMessage("too much before authentication");
        }
    }

    @Test
    void whoeverIsLoggedInMaySendAsMuchAsItLikes() {
        try (PacketChannel channel = PacketChannel.with(GCM, 1)) {
            for (int i = 0; i < 2 * PacketLimits.MAX_PACKETS_BEFORE_AUTHENTICATION; i++) {
                channel.receive(channel.packet(new byte[1024]));
            }
            assertThat(channel.payloads()).hasSize(2 * PacketLimits.MAX_PACKETS_BEFORE_AUTHENTICATION);
            assertThat(channel.failures()).isEmpty();
        }
    }

    @Test
    void readsOnWhereReadsAreAskedForOneByOne() {
        try (PacketChannel sender = new PacketChannel();
                PacketChannel receiver = new PacketChannel()) {
            receiver.channel().config().setAutoRead(false);
            AtomicInteger reads = new AtomicInteger();
            receiver.channel().pipeline().addFirst(new ChannelOutboundHandlerAdapter() {
                @Override
                public void read(ChannelHandlerContext ctx) {
                    reads.incrementAndGet();
                }
            });
            byte[] packet = sender.packet(IGNORE);
            receiver.receive(Arrays.copyOf(packet, 5));
            assertThat(reads).hasValue(1);
            receiver.receive(Arrays.copyOfRange(packet, 5, packet.length));
            assertThat(reads).hasValue(1);
            assertThat(receiver.payloads()).hasSize(1);
        }
    }
}
