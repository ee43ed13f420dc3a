package io.portolan.ssh.internal.connection;

import static io.portolan.ssh.internal.connection.ServerConnection.data;
import static io.portolan.ssh.internal.connection.ServerConnection.request;
import static io.portolan.ssh.internal.connection.ServerConnection.toChannel;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.portolan.ssh.internal.wire.SshMessageNumber;
import org.junit.jupiter.api.Test;

/** How channels end (RFC 4254 section 5.3). */
class ChannelEndTest {

    @Test
    void aPeerThatHasSentEofStillGetsItsAnswers() {
        try (ServerConnection connection = new ServerConnection()) {
            long id = connection.openSftp();
            RecordingProgram program = connection.lastProgram();
            connection.send(data(id, 5), toChannel(SshMessageNumber.CHANNEL_EOF, id));
            assertThat(program.eofs).isOne();
            assertThat(program.closes).isZero();
            program.channel.write(Unpooled.wrappedBuffer(new byte[9]));
            assertThat(connection.one().dataOctets()).isEqualTo(9);
            program.channel.finish(0);
            assertThat(connection.sent())
                    .extracting(Sent::number)
                    .containsExactly(
                            SshMessageNumber.CHANNEL_EOF,
                            SshMessageNumber.CHANNEL_REQUEST,
                            SshMessageNumber.CHANNEL_CLOSE);
            connection.send(toChannel(SshMessageNumber.CHANNEL_CLOSE, id));
            assertThat(program.closes).isOne();
            connection.assertAlive();
        }
    }

    @Test
    void theExitStatusIsSentByteForByte() {
        try (ServerConnection connection = new ServerConnection()) {
            connection.openSftp();
            connection.lastProgram().channel.finish(-1);
            assertThat(connection.sent().get(1).octets())
                    .containsExactly(
                            98, // SSH_MSG_CHANNEL_REQUEST
                            0, 0, 0, 100, // recipient channel
                            0, 0, 0, 11, 'e', 'x', 'i', 't', '-', 's', 't', 'a', 't', 'u', 's', //
                            0, // want reply
                            -1, -1, -1, -1); // exit status
        }
    }

    @Test
    void aPeersCloseIsAnsweredAndWhatWasPendingIsDropped() {
        try (ServerConnection connection = new ServerConnection()) {
            long id = connection.openSftp(0, 1000);
            RecordingProgram program = connection.lastProgram();
            program.channel.write(Unpooled.wrappedBuffer(new byte[5000]));
            connection.send(toChannel(SshMessageNumber.CHANNEL_CLOSE, id));
            assertThat(connection.one().octets()).containsExactly(97, 0, 0, 0, 100);
            assertThat(program.closes).isOne();
            assertThat(program.channel.pending()).isZero();
            connection.assertAlive();
        }
    }

    @Test
    void aChannelWithoutAProgramIsClosedToo() {
        try (ServerConnection connection = new ServerConnection()) {
            long id = connection.openSession();
            connection.send(toChannel(SshMessageNumber.CHANNEL_EOF, id), toChannel(SshMessageNumber.CHANNEL_CLOSE, id));
            assertThat(connection.one().octets()).containsExactly(97, 0, 0, 0, 100);
        }
    }

    @Test
    void whatThePeerSendsBehindOurEndIsDropped() {
        try (ServerConnection connection = new ServerConnection()) {
            long id = connection.openSftp();
            RecordingProgram program = connection.lastProgram();
            program.channel.finish(0);
            connection.sent();
            connection.send(
                    data(id, 100),
                    request(id, "env", true),
                    toChannel(SshMessageNumber.CHANNEL_WINDOW_ADJUST, id).writeUint32(5),
                    toChannel(SshMessageNumber.CHANNEL_EOF, id));
            assertThat(program.octets).isZero();
            assertThat(program.eofs).isZero();
            assertThat(connection.sent()).isEmpty();
            program.channel.write(Unpooled.wrappedBuffer(new byte[5]));
            program.channel.finish(1);
            assertThat(connection.sent()).isEmpty();
            connection.assertAlive();
        }
    }

    @Test
    void eachProgramHearsOnceThatItsConnectionIsGone() {
        try (ServerConnection connection = new ServerConnection()) {
            connection.openSftp();
            long second = connection.openSftp();
            connection.programs.get(0).channel.write(Unpooled.wrappedBuffer(new byte[100]));
            connection.send(toChannel(SshMessageNumber.CHANNEL_CLOSE, second));
            connection.channel.close();
            assertThat(connection.programs)
                    .extracting(program -> program.closes)
                    .containsExactly(1, 1);
            connection.programs.get(0).channel.write(Unpooled.wrappedBuffer(new byte[100]));
            connection.programs.get(0).channel.finish(0);
            assertThat(connection.programs.get(0).channel.isWritable()).isFalse();
        }
    }

    @Test
    void allCreditIsGivenBackHoweverAChannelEnds() {
        try (ServerConnection connection = new ServerConnection()) {
            long before = connection.budget.available();
            long closed = connection.openSftp();
            long cutOff = connection.openSftp();
            for (long id : new long[] {closed, cutOff}) {
                connection.send(data(id, 60_000), data(id, 60_000));
            }
            assertThat(connection.budget.available()).isLessThan(before);
            connection.send(toChannel(SshMessageNumber.CHANNEL_CLOSE, closed));
            connection.channel.close();
            assertThat(connection.budget.available()).isEqualTo(before);
        }
    }
}
