package io.portolan.ssh.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.Future;
import io.portolan.ssh.internal.wire.SshMessageNumber;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Our client's end of a connection against our server's. */
class TwoEndsTest {

    private static final int CHUNK = 100_000;

    private final List<RecordingProgram> atServer = new ArrayList<>();
    private final List<RecordingProgram> atClient = new ArrayList<>();
    private final FakeTransport serversTransport = new FakeTransport();
    private final FakeTransport clientsTransport = new FakeTransport();

    private final SessionPrograms programs = new SessionPrograms() {
        @Override
        public Optional<SshChannelListener> subsystem(String name, SshChannel channel) {
            return name.equals("sftp") ? Optional.of(add(atServer, channel)) : Optional.empty();
        }

        @Override
        public Optional<SshChannelListener> exec(String command, SshChannel channel) {
            return Optional.empty();
        }
    };

    private final SshConnectionHandler client = handler(clientsTransport, SessionPrograms.NONE);
    private final EmbeddedChannel clientChannel = new EmbeddedChannel(client);
    private final EmbeddedChannel serverChannel = new EmbeddedChannel(handler(serversTransport, programs));

    private static SshConnectionHandler handler(FakeTransport transport, SessionPrograms programs) {
        return new SshConnectionHandler(
                transport, ConnectionSettings.defaults(), new WindowBudget(1 << 30), programs, GlobalRequests.NONE);
    }

    private static RecordingProgram add(List<RecordingProgram> to, SshChannel channel) {
        RecordingProgram program = new RecordingProgram(channel);
        to.add(program);
        return program;
    }

    @AfterEach
    void close() {
        clientChannel.finishAndReleaseAll();
        serverChannel.finishAndReleaseAll();
        assertThat(atServer).allMatch(program -> program.closes == 1);
        assertThat(atClient).allMatch(program -> program.closes == 1);
    }

    private Future<SshChannel> open(String subsystem) {
        return client.openSubsystem(subsystem, channel -> add(atClient, channel));
    }

    /** Lets both ends talk until neither has anything to say. */
    private void exchange() {
        boolean any;
        do {
            any = pass(clientChannel, serverChannel);
            any |= pass(serverChannel, clientChannel);
        } while (any);
        assertThat(clientsTransport.disconnects).isEmpty();
        assertThat(serversTransport.disconnects).isEmpty();
    }

    private static boolean pass(EmbeddedChannel from, EmbeddedChannel to) {
        from.runPendingTasks();
        List<Object> payloads = new ArrayList<>();
        for (ByteBuf payload = from.readOutbound(); payload != null; payload = from.readOutbound()) {
            payloads.add(payload);
        }
        to.writeInbound(payloads.toArray());
        return !payloads.isEmpty();
    }

    @Test
    void aSubsystemIsOpenedAndDataGoesBothWays() {
        Future<SshChannel> opened = open("sftp");
        exchange();
        SshChannel channel = opened.getNow();
        assertThat(channel).isNotNull();
        for (int i = 0; i < 100; i++) {
            channel.write(Unpooled.wrappedBuffer(new byte[CHUNK]));
            atServer.get(0).channel.write(Unpooled.wrappedBuffer(new byte[CHUNK]));
            exchange();
        }
        assertThat(atServer.get(0).octets).isEqualTo(100L * CHUNK);
        assertThat(atClient.get(0).octets).isEqualTo(100L * CHUNK);
    }

    @Test
    void theClientHearsHowTheProgramEnded() {
        open("sftp");
        exchange();
        atServer.get(0).channel.finish(7);
        exchange();
        assertThat(atClient.get(0).eofs).isOne();
        assertThat(atClient.get(0).exits).containsExactly(7);
        assertThat(atClient.get(0).closes).isOne();
        assertThat(atServer.get(0).closes).isOne();
    }

    @Test
    void theClientEndsTheChannel() {
        Future<SshChannel> opened = open("sftp");
        exchange();
        opened.getNow().finish(0);
        exchange();
        assertThat(atServer.get(0).eofs).isOne();
        assertThat(atServer.get(0).closes).isOne();
        assertThat(atClient.get(0).closes).isOne();
    }

    @Test
    void aSubsystemThatIsNotThereFailsAndItsChannelIsClosed() {
        Future<SshChannel> opened = open("netconf");
        exchange();
        assertThat(opened.cause()).isInstanceOf(ChannelOpenException.class).hasMessageContaining("netconf");
        assertThat(atClient.get(0).closes).isOne();
    }

    @Test
    void aChannelTooManyFails() {
        for (int i = 0; i < ConnectionSettings.MAX_CHANNELS; i++) {
            open("sftp");
        }
        exchange();
        Future<SshChannel> tooMany = open("sftp");
        exchange();
        assertThat(tooMany.cause()).isInstanceOf(ChannelOpenException.class);
        assertThat(atClient).hasSize(ConnectionSettings.MAX_CHANNELS);
    }

    @Test
    void whatIsBeingOpenedFailsWithTheConnection() {
        Future<SshChannel> opened = open("sftp");
        clientChannel.close();
        assertThat(opened.cause()).isInstanceOf(ClosedChannelException.class);
        assertThat(open("sftp").cause()).isInstanceOf(ClosedChannelException.class);
    }

    @Test
    void aServerCannotOpenChannelsToAClient() {
        for (String type : List.of("session", "forwarded-tcpip", "x11")) {
            clientChannel.writeInbound(Unpooled.wrappedBuffer(
                    ServerConnection.open(type, 5, 1 << 20, 1 << 15).toByteArray()));
            ByteBuf refusal = clientChannel.readOutbound();
            assertThat(refusal.getByte(0)).isEqualTo((byte) SshMessageNumber.CHANNEL_OPEN_FAILURE.number());
            refusal.release();
        }
        assertThat(atClient).isEmpty();
    }
}
