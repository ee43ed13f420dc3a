package io.portolan.ssh.internal.connection;

import static io.portolan.ssh.internal.connection.ServerConnection.global;
import static io.portolan.ssh.internal.connection.ServerConnection.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.ssh.internal.wire.DisconnectReason;
import io.portolan.ssh.internal.wire.SshMessageNumber;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that belong to no channel (RFC 4254 section 4). */
class GlobalRequestTest {

    private final Deque<GlobalRequests.Reply> slow = new ArrayDeque<>();

    private final GlobalRequests slowProof = (name, arguments, reply) -> {
        if (!name.equals("hostkeys-prove-00@openssh.com")) {
            return false;
        }
        arguments.readString();
        arguments.expectEnd();
        slow.add(reply);
        return true;
    };

    private ServerConnection withProof() {
        return new ServerConnection(ConnectionSettings.defaults(), new WindowBudget(0), slowProof);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "keepalive@openssh.com",
                "tcpip-forward",
                "cancel-tcpip-forward",
                "streamlocal-forward@openssh.com",
                "cancel-streamlocal-forward@openssh.com",
                "hostkeys-prove-00@openssh.com",
                "what-nobody-knows"
            })
    void whatIsNotThereIsRefusedIfAnAnswerIsWanted(String name) {
        try (ServerConnection connection = new ServerConnection()) {
            connection.send(global(name, true).writeString("0.0.0.0").writeUint32(0));
            assertThat(connection.one().octets()).containsExactly(82);
            connection.send(global(name, false).writeString("0.0.0.0").writeUint32(0));
            assertThat(connection.sent()).isEmpty();
            connection.assertAlive();
        }
    }

    @Test
    void noMoreSessionsIsAnsweredIfThatIsWanted() {
        try (ServerConnection connection = new ServerConnection()) {
            connection.send(global("no-more-sessions@openssh.com", true));
            assertThat(connection.one().octets()).containsExactly(81);
        }
    }

    @Test
    void repliesThatTakeTimeHoldUpThoseBehindThem() {
        try (ServerConnection connection = withProof()) {
            connection.send(
                    global("hostkeys-prove-00@openssh.com", true).writeString("key"),
                    global("keepalive@openssh.com", true),
                    global("hostkeys-prove-00@openssh.com", true).writeString("key"),
                    global("no-more-sessions@openssh.com", true));
            assertThat(connection.sent()).isEmpty();
            GlobalRequests.Reply first = slow.remove();
            slow.remove().success(new byte[] {2});
            assertThat(connection.sent()).isEmpty();
            first.success(new byte[] {1});
            assertThat(connection.sent())
                    .extracting(Sent::octets)
                    .containsExactly(new byte[] {81, 1}, new byte[] {82}, new byte[] {81, 2}, new byte[] {81});
        }
    }

    @Test
    void aRequestWithoutAnAnswerIsHandedOnAsWell() {
        try (ServerConnection connection = withProof()) {
            connection.send(global("hostkeys-prove-00@openssh.com", false).writeString("key"));
            slow.remove().success(new byte[] {1});
            assertThat(connection.sent()).isEmpty();
        }
    }

    @Test
    void aReplyThatComesWhenAllIsOverIsDropped() {
        try (ServerConnection connection = withProof()) {
            connection.send(global("hostkeys-prove-00@openssh.com", true).writeString("key"));
            connection.channel.close();
            slow.remove().success(new byte[] {1});
            assertThat(connection.sent()).isEmpty();
        }
    }

    @Test
    void onlySoManyRepliesWait() {
        try (ServerConnection connection = withProof()) {
            for (int i = 0; i < GlobalReplies.MAX_WAITING; i++) {
                connection.send(global("hostkeys-prove-00@openssh.com", true).writeString("key"));
            }
            connection.assertAlive();
            connection.send(global("keepalive@openssh.com", true));
            assertThat(connection.transport.disconnects).containsExactly(DisconnectReason.BY_APPLICATION);
        }
    }

    @Test
    void whoAsksAndDoesNotReadTheAnswersIsCutOff() {
        try (ServerConnection connection = new ServerConnection()) {
            connection.setWritable(false);
            int asked = 0;
            while (connection.transport.disconnects.isEmpty() && asked <= 2 * ConnectionOutput.MAX_UNSENT_REPLIES) {
                connection.send(global("keepalive@openssh.com", true));
                asked++;
            }
            assertThat(asked).isEqualTo(ConnectionOutput.MAX_UNSENT_REPLIES + 1);
            assertThat(connection.transport.disconnects).containsExactly(DisconnectReason.BY_APPLICATION);
        }
    }

    @Test
    void whoReadsMayAskAsOftenAsHeLikes() {
        try (ServerConnection connection = new ServerConnection()) {
            for (int i = 0; i < 3 * ConnectionOutput.MAX_UNSENT_REPLIES; i++) {
                connection.send(global("keepalive@openssh.com", true));
                assertThat(connection.one().octets()).containsExactly(82);
            }
            connection.assertAlive();
        }
    }

    @Test
    void aSilentPeerIsAskedAndGivenUpIfItStaysSilent() {
        try (ServerConnection connection = new ServerConnection()) {
            List<Sent> asked = new ArrayList<>();
            for (int i = 0; i < ConnectionSettings.KEEP_ALIVE_REQUESTS; i++) {
                later(connection, ConnectionSettings.KEEP_ALIVE_INTERVAL);
                asked.addAll(connection.sent());
            }
            assertThat(asked).hasSize(ConnectionSettings.KEEP_ALIVE_REQUESTS);
            assertThat(asked).allMatch(sent -> sent.number() == SshMessageNumber.GLOBAL_REQUEST);
            connection.assertAlive();
            later(connection, ConnectionSettings.KEEP_ALIVE_INTERVAL);
            assertThat(connection.transport.disconnects).containsExactly(DisconnectReason.CONNECTION_LOST);
        }
    }

    @Test
    void aPeerThatAnswersIsThereForEver() {
        try (ServerConnection connection = new ServerConnection()) {
            for (int i = 0; i < 100; i++) {
                later(connection, ConnectionSettings.KEEP_ALIVE_INTERVAL);
                if (!connection.sent().isEmpty()) {
                    connection.send(message(SshMessageNumber.REQUEST_FAILURE));
                }
            }
            connection.assertAlive();
        }
    }

    private static void later(ServerConnection connection, Duration time) {
        connection.channel.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
        connection.channel.runScheduledPendingTasks();
    }
}
