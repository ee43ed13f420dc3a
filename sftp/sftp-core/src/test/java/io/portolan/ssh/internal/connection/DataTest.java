package io.portolan.ssh.internal.connection;

import static io.portolan.ssh.internal.connection.ServerConnection.data;
import static io.portolan.ssh.internal.connection.ServerConnection.toChannel;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.portolan.ssh.internal.wire.SshMessageNumber;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Data both ways (RFC 4254 section 5.2). */
class DataTest {

    private static ByteBuf octets(int count) {
        return Unpooled.wrappedBuffer(new byte[count]);
    }

    @Test
    void whatThePeerSendsReachesTheProgram() {
        try (ServerConnection connection = new ServerConnection()) {
            long id = connection.openSftp();
            connection.send(toChannel(SshMessageNumber.CHANNEL_DATA, id).writeString("hello "));
            connection.send(toChannel(SshMessageNumber.CHANNEL_DATA, id).writeString("world"));
            assertThat(connection.lastProgram().received).hasToString("hello world");
        }
    }

    @Test
    void aFewOctetsAreOneMessageByteForByte() {
        try (ServerConnection connection = new ServerConnection()) {
            connection.openSftp();
            connection.lastProgram().channel.write(Unpooled.copiedBuffer("hi", StandardCharsets.US_ASCII));
            assertThat(connection.one().octets())
                    .containsExactly(
                            94, // SSH_MSG_CHANNEL_DATA
                            0, 0, 0, 100, // recipient channel
                            0, 0, 0, 2, // length
                            'h', 'i');
        }
    }

    @Test
    void manySmallWritesOfATurnShareAMessage() {
        try (ServerConnection connection = new ServerConnection()) {
            connection.openSftp();
            for (int i = 0; i < 50; i++) {
                connection.lastProgram().channel.write(octets(28));
            }
            assertThat(connection.one().dataOctets()).isEqualTo(50 * 28);
        }
    }

    @Test
    void muchDataIsCutToThePeersPackets() {
        try (ServerConnection connection = new ServerConnection()) {
            connection.openSftp(1 << 20, 1000);
            connection.lastProgram().channel.write(octets(2500));
            assertThat(connection.sent()).extracting(Sent::dataOctets).containsExactly(1000, 1000, 500);
            assertThat(connection.lastProgram().channel.pending()).isZero();
        }
    }

    @Test
    void anyMixOfSizesArrivesAsItWasWritten() {
        Random random = new Random(5);
        try (ServerConnection connection = new ServerConnection()) {
            connection.openSftp(1 << 24, 5000);
            ByteArrayOutputStream expected = new ByteArrayOutputStream();
            ByteArrayOutputStream arrived = new ByteArrayOutputStream();
            for (int i = 0; i < 500; i++) {
                byte[] part = new byte[random.nextInt(i % 7 == 0 ? 20_000 : 1500)];
                random.nextBytes(part);
                expected.writeBytes(part);
                connection.lastProgram().channel.write(Unpooled.wrappedBuffer(part));
                if (random.nextInt(4) == 0) {
                    for (Sent sent : connection.sent()) {
                        arrived.write(sent.octets(), 9, sent.dataOctets());
                    }
                }
            }
            for (Sent sent : connection.sent()) {
                arrived.write(sent.octets(), 9, sent.dataOctets());
            }
            assertThat(arrived.toByteArray()).isEqualTo(expected.toByteArray());
        }
    }

    @Test
    void noMoreIsSentThanThePeerGaveCreditFor() {
        try (ServerConnection connection = new ServerConnection()) {
            long id = connection.openSftp(1500, 1000);
            SshChannel channel = connection.lastProgram().channel;
            channel.write(octets(4000));
            assertThat(connection.sent()).extracting(Sent::dataOctets).containsExactly(1000, 500);
            assertThat(channel.pending()).isEqualTo(2500);
            connection.send(
                    toChannel(SshMessageNumber.CHANNEL_WINDOW_ADJUST, id).writeUint32(0));
            assertThat(connection.sent()).isEmpty();
            connection.send(
                    toChannel(SshMessageNumber.CHANNEL_WINDOW_ADJUST, id).writeUint32(1));
            assertThat(connection.one().dataOctets()).isOne();
            connection.send(
                    toChannel(SshMessageNumber.CHANNEL_WINDOW_ADJUST, id).writeUint32(0xffff_ffffL));
            assertThat(connection.sent()).extracting(Sent::dataOctets).containsExactly(1000, 1000, 499);
        }
    }

    @Test
    void nothingIsHandedToASocketThatTakesNoMore() {
        try (ServerConnection connection = new ServerConnection()) {
            connection.openSftp();
            RecordingProgram program = connection.lastProgram();
            connection.setWritable(false);
            assertThat(program.channel.isWritable()).isFalse();
            program.channel.write(octets(100));
            assertThat(connection.sent()).isEmpty();
            assertThat(program.channel.pending()).isEqualTo(100);
            connection.setWritable(true);
            assertThat(connection.one().dataOctets()).isEqualTo(100);
            assertThat(program.writables).isOne();
        }
    }

    @Test
    void creditIsReturnedForWhatWasConsumedAndInOneMessage() {
        try (ServerConnection connection = new ServerConnection()) {
            long id = connection.openSftp();
            RecordingProgram program = connection.lastProgram();
            program.consumes = false;
            int packet = ConnectionSettings.MAX_PACKET;
            connection.send(data(id, packet), data(id, packet), data(id, packet));
            connection.sent();
            program.channel.consumed(packet);
            assertThat(connection.sent()).isEmpty();
            program.channel.consumed(packet);
            program.channel.consumed(packet);
            Sent adjust = connection.one();
            assertThat(adjust.number()).isEqualTo(SshMessageNumber.CHANNEL_WINDOW_ADJUST);
            assertThat(adjust.recipient()).isEqualTo(100);
            assertThat(adjust.uint32(1)).isEqualTo(3L * packet);
        }
    }

    @Test
    void channelsTakeTurns() {
        try (ServerConnection connection = new ServerConnection()) {
            connection.openSftp(1 << 20, 1000);
            connection.openSftp(1 << 20, 1000);
            connection.programs.get(0).channel.write(octets(3000));
            connection.programs.get(1).channel.write(octets(3000));
            assertThat(connection.sent())
                    .extracting(Sent::recipient)
                    .containsExactly(100L, 101L, 100L, 101L, 100L, 101L);
        }
    }

    @Test
    void theEndComesBehindWhatWasWritten() {
        try (ServerConnection connection = new ServerConnection()) {
            long id = connection.openSftp(1000, 1000);
            RecordingProgram program = connection.lastProgram();
            program.channel.write(octets(1500));
            program.channel.finish(3);
            assertThat(connection.sent()).extracting(Sent::number).containsExactly(SshMessageNumber.CHANNEL_DATA);
            connection.send(
                    toChannel(SshMessageNumber.CHANNEL_WINDOW_ADJUST, id).writeUint32(1000));
            List<Sent> end = connection.sent();
            assertThat(end)
                    .extracting(Sent::number)
                    .containsExactly(
                            SshMessageNumber.CHANNEL_DATA,
                            SshMessageNumber.CHANNEL_EOF,
                            SshMessageNumber.CHANNEL_REQUEST,
                            SshMessageNumber.CHANNEL_CLOSE);
            assertThat(program.closes).isZero();
            connection.send(toChannel(SshMessageNumber.CHANNEL_CLOSE, id));
            assertThat(connection.sent()).isEmpty();
            assertThat(program.closes).isOne();
            connection.assertAlive();
        }
    }
}
