package io.portolan.ssh.internal.connection;

import static io.portolan.ssh.internal.connection.ServerConnection.data;
import static io.portolan.ssh.internal.connection.ServerConnection.message;
import static io.portolan.ssh.internal.connection.ServerConnection.request;
import static io.portolan.ssh.internal.connection.ServerConnection.toChannel;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.portolan.ssh.internal.wire.SshMessageNumber;
import io.portolan.ssh.internal.wire.SshWriter;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What ends the connection at once. */
class ViolationTest {

    private static final int MAX_PACKET = ConnectionSettings.MAX_PACKET;

    /** Opens a channel and sends what must end the connection. */
    private static void assertEnds(Function<Long, SshWriter[]> messages) {
        try (ServerConnection connection = new ServerConnection()) {
            connection.programsConsume(false);
            long id = connection.openSftp();
            connection.send(messages.apply(id));
            connection.assertDisconnected();
            assertThat(connection.lastProgram().closes).isOne();
            connection.send(data(id, 10));
            connection.assertDisconnected();
        }
    }

    private static SshWriter[] of(SshWriter... messages) {
        return messages;
    }

    private static SshWriter eof(long id) {
        return toChannel(SshMessageNumber.CHANNEL_EOF, id);
    }

    private static SshWriter close(long id) {
        return toChannel(SshMessageNumber.CHANNEL_CLOSE, id);
    }

    @Test
    void dataBeyondTheWindow() {
        try (ServerConnection connection =
                new ServerConnection(Settings.FIXED, new WindowBudget(0), GlobalRequests.NONE)) {
            connection.programsConsume(false);
            long id = connection.openSftp();
            int whole = Settings.FIXED.leastWindow() / MAX_PACKET;
            for (int i = 0; i < whole; i++) {
                connection.send(data(id, MAX_PACKET));
            }
            connection.assertAlive();
            connection.send(data(id, 1));
            connection.assertDisconnected();
        }
    }

    @Test
    void dataOfMoreThanAPacket() {
        assertEnds(id -> of(data(id, MAX_PACKET + 1)));
    }

    @Test
    void extendedDataOfMoreThanAPacket() {
        assertEnds(id -> of(toChannel(SshMessageNumber.CHANNEL_EXTENDED_DATA, id)
                .writeUint32(1)
                .writeString(new byte[MAX_PACKET + 1])));
    }

    @Test
    void aWindowOfMoreThan32Bits() {
        assertEnds(
                id -> of(toChannel(SshMessageNumber.CHANNEL_WINDOW_ADJUST, id).writeUint32(0xffff_ffffL)));
    }

    @Test
    void dataBehindEof() {
        assertEnds(id -> of(eof(id), data(id, 1)));
    }

    @Test
    void closeTwice() {
        assertEnds(id -> of(close(id), close(id)));
    }

    @Test
    void eofBehindClose() {
        assertEnds(id -> of(close(id), eof(id)));
    }

    @Test
    void dataBehindClose() {
        assertEnds(id -> of(close(id), data(id, 1)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 0x7fff_ffffL, 0x8000_0000L, 0xffff_ffffL})
    void aMessageForAChannelThatIsNotThere(long id) {
        assertEnds(open -> of(data(id, 1)));
        assertEnds(open -> of(eof(id)));
        assertEnds(open -> of(close(id)));
        assertEnds(open -> of(request(id, "env", true)));
        assertEnds(
                open -> of(toChannel(SshMessageNumber.CHANNEL_WINDOW_ADJUST, id).writeUint32(1)));
    }

    @ParameterizedTest
    @EnumSource(
            value = SshMessageNumber.class,
            names = {"CHANNEL_OPEN_CONFIRMATION", "CHANNEL_OPEN_FAILURE", "CHANNEL_SUCCESS", "CHANNEL_FAILURE"})
    void anAnswerToNothing(SshMessageNumber number) {
        assertEnds(id -> of(toChannel(number, id).writeUint32(0).writeUint32(0).writeUint32(0)));
    }

    @ParameterizedTest
    @EnumSource(
            value = SshMessageNumber.class,
            names = {"REQUEST_SUCCESS", "REQUEST_FAILURE"})
    void aReplyToAGlobalRequestThatNobodyMade(SshMessageNumber number) {
        assertEnds(id -> of(message(number)));
    }

    @Test
    void aLengthThatIsNotThatOfTheData() {
        assertEnds(id ->
                of(toChannel(SshMessageNumber.CHANNEL_DATA, id).writeUint32(5).writeBytes(new byte[4])));
        assertEnds(id ->
                of(toChannel(SshMessageNumber.CHANNEL_DATA, id).writeUint32(5).writeBytes(new byte[6])));
        assertEnds(id -> of(toChannel(SshMessageNumber.CHANNEL_DATA, id).writeUint32(0xffff_ffffL)));
        assertEnds(id -> of(toChannel(SshMessageNumber.CHANNEL_DATA, id)));
    }

    @Test
    void requestsThatAreCutOff() {
        assertEnds(id -> of(request(id, "subsystem", true)));
        assertEnds(id -> of(request(id, "subsystem", true).writeUint32(100).writeByte('x')));
        assertEnds(id -> of(request(id, "subsystem", true).writeUint32(0xffff_ffffL)));
        assertEnds(id -> of(request(id, "exec", true).writeUint32(0x7fff_ffffL)));
        assertEnds(id -> of(toChannel(SshMessageNumber.CHANNEL_REQUEST, id)));
        assertEnds(id -> of(message(SshMessageNumber.CHANNEL_OPEN)));
        assertEnds(id -> of(message(SshMessageNumber.GLOBAL_REQUEST)));
    }

    @Test
    void anyOctetsNeverDoMoreThanEndTheConnection() {
        Random random = new Random(17);
        for (int i = 0; i < 20_000; i++) {
            try (ServerConnection connection = new ServerConnection()) {
                connection.openSession();
                byte[] octets = new byte[1 + random.nextInt(40)];
                random.nextBytes(octets);
                octets[0] = (byte) (80 + random.nextInt(21));
                for (int zero = 1; zero < Math.min(octets.length, 1 + random.nextInt(16)); zero++) {
                    octets[zero] = 0;
                }
                connection.channel.writeInbound(
                        connection.channel.alloc().heapBuffer().writeBytes(octets));
                assertThat(connection.failures).isEmpty();
            }
        }
    }

    @Test
    void whatIsWrittenAfterwardsIsDropped() {
        try (ServerConnection connection = new ServerConnection()) {
            long id = connection.openSftp();
            connection.send(close(id), close(id));
            connection.assertDisconnected();
            connection.sent();
            SshChannel channel = connection.lastProgram().channel;
            channel.write(Unpooled.buffer().writeByte(1));
            channel.finish(0);
            assertThat(channel.isWritable()).isFalse();
            assertThat(connection.sent()).isEmpty();
        }
    }
}
