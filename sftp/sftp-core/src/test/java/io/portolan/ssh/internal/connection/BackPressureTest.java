package io.portolan.ssh.internal.connection;

import static io.portolan.ssh.internal.connection.ServerConnection.data;
import static io.portolan.ssh.internal.connection.ServerConnection.toChannel;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.portolan.ssh.internal.wire.SshMessageNumber;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whoever is slow slows down the other side, and nothing piles up here. */
class BackPressureTest {

    private static final int PACKET = 32 * 1024;
    private static final int READERS = 1_000;

    /** A program that writes whenever it may, as long as it may. */
    private static final class Producer {
        private final SshChannel channel;
        private long written;

        Producer(SshChannel channel) {
            this.channel = channel;
        }

        void produce() {
            while (channel.isWritable()) {
                channel.write(Unpooled.wrappedBuffer(new byte[PACKET]));
                written += PACKET;
            }
        }
    }

    @Test
    void aProgramThatConsumesNothingGetsOneWindow() {
        try (ServerConnection connection = new ServerConnection()) {
            connection.programsConsume(false);
            long id = connection.openSftp();
            long credit = ConnectionSettings.LEAST_WINDOW;
            long sent = 0;
            for (int i = 0; i < 10_000 && credit >= PACKET; i++) {
                connection.send(data(id, PACKET));
                credit -= PACKET;
                sent += PACKET;
                for (Sent message : connection.sent()) {
                    credit += message.uint32(1);
                }
            }
            assertThat(sent).isEqualTo(ConnectionSettings.USUAL_WINDOW);
            assertThat(connection.lastProgram().octets).isEqualTo(sent);
            connection.assertAlive();
        }
    }

    @Test
    void aThousandReadersThatStandStillHoldABoundedAmount() {
        List<ServerConnection> connections = new ArrayList<>();
        try {
            long written = 0;
            for (int i = 0; i < READERS; i++) {
                ServerConnection connection = new ServerConnection();
                connections.add(connection);
                connection.openSftp(0, PACKET);
                Producer producer = new Producer(connection.lastProgram().channel);
                for (int turn = 0; turn < 5; turn++) {
                    producer.produce();
                    connection.turn();
                }
                assertThat(producer.written).isLessThanOrEqualTo(ConnectionSettings.PENDING_HIGH);
                assertThat(connection.sent()).isEmpty();
                written += producer.written;
            }
            assertThat(written).isLessThanOrEqualTo((long) READERS * ConnectionSettings.PENDING_HIGH);
        } finally {
            connections.forEach(ServerConnection::close);
        }
    }

    @Test
    void aReaderWhoseSocketIsFullHoldsABoundedAmountToo() {
        try (ServerConnection connection = new ServerConnection()) {
            connection.openSftp(0xffff_ffffL, PACKET);
            connection.setWritable(false);
            Producer producer = new Producer(connection.lastProgram().channel);
            for (int turn = 0; turn < 100; turn++) {
                producer.produce();
                connection.turn();
            }
            assertThat(producer.written).isZero();
        }
    }

    @Test
    void theProducerIsToldEachTimeThatThereIsRoomAgain() {
        try (ServerConnection connection = new ServerConnection()) {
            long id = connection.openSftp(0, PACKET);
            RecordingProgram program = connection.lastProgram();
            Producer producer = new Producer(program.channel);
            long received = 0;
            for (int round = 1; round <= 100; round++) {
                producer.produce();
                assertThat(program.channel.isWritable()).isFalse();
                int told = program.writables;
                while (program.writables == told) {
                    connection.send(toChannel(SshMessageNumber.CHANNEL_WINDOW_ADJUST, id)
                            .writeUint32(PACKET));
                    received += connection.one().dataOctets();
                }
                assertThat(program.writables).isEqualTo(round);
            }
            assertThat(received).isEqualTo(producer.written - program.channel.pending());
        }
    }

    @Test
    void aProducerThatWritesWhenItIsToldKeepsGoing() {
        try (ServerConnection connection = new ServerConnection()) {
            long id = connection.openSftp(0, PACKET);
            RecordingProgram program = connection.lastProgram();
            Producer producer = new Producer(program.channel);
            program.onWritable = producer::produce;
            producer.produce();
            long received = 0;
            for (int i = 0; i < 1_000; i++) {
                connection.send(
                        toChannel(SshMessageNumber.CHANNEL_WINDOW_ADJUST, id).writeUint32(PACKET));
                received += connection.one().dataOctets();
            }
            assertThat(received).isEqualTo(1_000L * PACKET);
        }
    }
}
