package io.portolan.ssh.internal.connection;

import static io.portolan.ssh.internal.connection.ServerConnection.data;
import static io.portolan.ssh.internal.connection.ServerConnection.message;
import static io.portolan.ssh.internal.connection.ServerConnection.request;
import static io.portolan.ssh.internal.connection.ServerConnection.toChannel;
import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.ssh.internal.wire.SshMessageNumber;
import io.portolan.ssh.internal.wire.SshWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client may ask of a session (RFC 4254 section 6), and what a server ignores. */
class ChannelRequestTest {

    @Test
    void anotherSubsystemIsRefusedAndTheChannelStays() {
        try (ServerConnection connection = new ServerConnection()) {
            long id = connection.openSession();
            connection.send(request(id, "subsystem", true).writeString("netconf"));
            assertThat(connection.one().number()).isEqualTo(SshMessageNumber.CHANNEL_FAILURE);
            connection.send(request(id, "subsystem", true).writeString("sftp"));
            assertThat(connection.one().number()).isEqualTo(SshMessageNumber.CHANNEL_SUCCESS);
        }
    }

    @Test
    void aChannelHasOneProgram() {
        try (ServerConnection connection = new ServerConnection()) {
            long id = connection.openSftp();
            connection.send(
                    request(id, "subsystem", true).writeString("sftp"),
                    request(id, "exec", true).writeString("scp -t /"));
            assertThat(connection.sent())
                    .extracting(Sent::number)
                    .containsExactly(SshMessageNumber.CHANNEL_FAILURE, SshMessageNumber.CHANNEL_FAILURE);
            assertThat(connection.asked).containsExactly("subsystem sftp");
        }
    }

    @Test
    void aCommandIsForTheProgramsToTakeOrLeave() {
        try (ServerConnection connection = new ServerConnection()) {
            long id = connection.openSession();
            connection.send(request(id, "exec", true).writeString("rm -rf /"));
            assertThat(connection.one().number()).isEqualTo(SshMessageNumber.CHANNEL_FAILURE);
            connection.send(request(id, "exec", true).writeString(new byte[] {'s', 'c', 'p', ' ', -1}));
            assertThat(connection.one().number()).isEqualTo(SshMessageNumber.CHANNEL_FAILURE);
            connection.send(request(id, "exec", true).writeString("scp -t /"));
            assertThat(connection.one().number()).isEqualTo(SshMessageNumber.CHANNEL_SUCCESS);
            assertThat(connection.asked).containsExactly("exec rm -rf /", "exec scp -t /");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shell",
                "pty-req",
                "env",
                "x11-req",
                "auth-agent-req@openssh.com",
                "window-change",
                "signal",
                "xon-xoff",
                "break",
                "eow@openssh.com",
                "exit-status",
                "keepalive@openssh.com",
                "what-nobody-knows"
            })
    void everythingElseIsRefusedIfAnAnswerIsWanted(String type) {
        try (ServerConnection connection = new ServerConnection()) {
            long id = connection.openSession();
            connection.send(request(id, type, true).writeString("something").writeUint32(0));
            Sent failure = connection.one();
            assertThat(failure.number()).isEqualTo(SshMessageNumber.CHANNEL_FAILURE);
            assertThat(failure.recipient()).isEqualTo(100);
            connection.send(request(id, type, false).writeString("something").writeUint32(0));
            assertThat(connection.sent()).isEmpty();
            assertThat(connection.asked).isEmpty();
            connection.assertAlive();
        }
    }

    @Test
    void aFloodOfRequestsIsAnsweredInOrder() {
        try (ServerConnection connection = new ServerConnection()) {
            List<Long> expected = new ArrayList<>();
            SshWriter[] flood = new SshWriter[2_000];
            long first = connection.openSession();
            long second = connection.openSession();
            for (int i = 0; i < flood.length; i++) {
                boolean odd = i % 3 == 0;
                flood[i] = request(odd ? second : first, "env", true);
                expected.add(odd ? 101L : 100L);
            }
            connection.send(flood);
            assertThat(connection.sent()).extracting(Sent::recipient).isEqualTo(expected);
        }
    }

    @Test
    void whoAsksAndDoesNotReadTheAnswersIsCutOff() {
        try (ServerConnection connection = new ServerConnection()) {
            long id = connection.openSession();
            connection.setWritable(false);
            int asked = 0;
            while (connection.transport.disconnects.isEmpty() && asked <= 2 * ConnectionOutput.MAX_UNSENT_REPLIES) {
                connection.send(request(id, "env", true));
                asked++;
            }
            assertThat(asked).isEqualTo(ConnectionOutput.MAX_UNSENT_REPLIES + 1);
        }
    }

    @Test
    void dataWithoutAProgramIsDroppedAndGivesNoCredit() {
        try (ServerConnection connection = new ServerConnection()) {
            long id = connection.openSession();
            for (int i = 0; i < ConnectionSettings.LEAST_WINDOW / ConnectionSettings.MAX_PACKET; i++) {
                connection.send(data(id, ConnectionSettings.MAX_PACKET));
            }
            assertThat(connection.held()).isZero();
            assertThat(connection.sent()).isEmpty();
            connection.assertAlive();
        }
    }

    @Test
    void extendedDataIsDroppedAndCostsThePeerNothing() {
        try (ServerConnection connection =
                new ServerConnection(Settings.FIXED, new WindowBudget(0), GlobalRequests.NONE)) {
            long id = connection.openSftp();
            for (int i = 0; i < 100; i++) {
                connection.send(toChannel(SshMessageNumber.CHANNEL_EXTENDED_DATA, id)
                        .writeUint32(1)
                        .writeString(new byte[32 * 1024]));
            }
            assertThat(connection.lastProgram().octets).isZero();
            assertThat(connection.sent()).allMatch(sent -> sent.number() == SshMessageNumber.CHANNEL_WINDOW_ADJUST);
            connection.assertAlive();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 51, 60, 61, 66, 79})
    void messagesOfAuthenticationAreIgnored(int number) {
        try (ServerConnection connection = new ServerConnection()) {
            connection.send(new SshWriter().writeByte(number).writeString("root"));
            assertThat(connection.sent()).isEmpty();
            assertThat(connection.transport.unimplemented).isZero();
            connection.assertAlive();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {83, 89, 101, 127, 128, 191, 200, 255})
    void messagesThatNobodyKnowsAreToldToBeUnimplemented(int number) {
        try (ServerConnection connection = new ServerConnection()) {
            connection.send(new SshWriter().writeByte(number).writeString("?"));
            assertThat(connection.sent()).isEmpty();
            assertThat(connection.transport.unimplemented).isOne();
            connection.assertAlive();
        }
    }

    @Test
    void aServiceRequestIsNotOurs() {
        try (ServerConnection connection = new ServerConnection()) {
            connection.send(message(SshMessageNumber.SERVICE_REQUEST).writeString("ssh-userauth"));
            assertThat(connection.transport.unimplemented).isOne();
        }
    }
}
