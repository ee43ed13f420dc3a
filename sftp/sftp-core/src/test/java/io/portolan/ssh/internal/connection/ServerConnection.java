package io.portolan.ssh.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.portolan.ssh.internal.wire.DisconnectReason;
import io.portolan.ssh.internal.wire.SshMessageNumber;
import io.portolan.ssh.internal.wire.SshWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A server's connection without a transport: the test is the peer, and writes and reads payloads. */
final class ServerConnection implements AutoCloseable {

    static final long WINDOW = 1024 * 1024;
    static final int PACKET = 32 * 1024;

    final FakeTransport transport = new FakeTransport();
    final WindowBudget budget;
    final List<RecordingProgram> programs = new ArrayList<>();
    final List<String> asked = new ArrayList<>();
    final List<Throwable> failures = new ArrayList<>();
    final EmbeddedChannel channel = new EmbeddedChannel();
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false, false, true);

    private int nextSender = 100;
    private boolean consumes = true;

    ServerConnection() {
        this(ConnectionSettings.defaults(), new WindowBudget(1L << 30), GlobalRequests.NONE);
    }

    ServerConnection(ConnectionSettings settings, WindowBudget budget, GlobalRequests globalRequests) {
        this.budget = budget;
        SessionPrograms accepted = new SessionPrograms() {
            @Override
            public Optional<SshChannelListener> subsystem(String name, SshChannel to) {
                asked.add("subsystem " + name);
                return name.equals("sftp") ? Optional.of(program(to)) : Optional.empty();
            }

            @Override
            public Optional<SshChannelListener> exec(String command, SshChannel to) {
                asked.add("exec " + command);
                return command.startsWith("scp ") ? Optional.of(program(to)) : Optional.empty();
            }
        };
        channel.config().setAllocator(allocator);
        channel.pipeline()
                .addLast(
                        new SshConnectionHandler(transport, settings, budget, accepted, globalRequests),
                        new ChannelInboundHandlerAdapter() {
                            @Override
                            public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                                failures.add(cause);
                            }
                        });
    }

    /** Whether programs that are started from now on consume what they receive. */
    void programsConsume(boolean consume) {
        consumes = consume;
    }

    private RecordingProgram program(SshChannel to) {
        RecordingProgram program = new RecordingProgram(to);
        program.consumes = consumes;
        programs.add(program);
        return program;
    }

    static SshWriter message(SshMessageNumber number) {
        return new SshWriter().writeByte(number.number());
    }

    static SshWriter toChannel(SshMessageNumber number, long recipient) {
        return message(number).writeUint32(recipient);
    }

    static SshWriter open(String type, long sender, long window, long maxPacket) {
        return message(SshMessageNumber.CHANNEL_OPEN)
                .writeString(type)
                .writeUint32(sender)
                .writeUint32(window)
                .writeUint32(maxPacket);
    }

    static SshWriter request(long recipient, String type, boolean wantReply) {
        return toChannel(SshMessageNumber.CHANNEL_REQUEST, recipient)
                .writeString(type)
                .writeBoolean(wantReply);
    }

    static SshWriter data(long recipient, int octets) {
        return toChannel(SshMessageNumber.CHANNEL_DATA, recipient).writeString(new byte[octets]);
    }

    static SshWriter global(String name, boolean wantReply) {
        return message(SshMessageNumber.GLOBAL_REQUEST).writeString(name).writeBoolean(wantReply);
    }

    /** The peer sends these messages, in one turn of the event loop. */
    void send(SshWriter... messages) {
        Object[] payloads = new Object[messages.length];
        for (int i = 0; i < messages.length; i++) {
            payloads[i] = channel.alloc().heapBuffer().writeBytes(messages[i].toByteArray());
        }
        channel.writeInbound(payloads);
    }

    /** Lets what the program did be sent. */
    void turn() {
        channel.runPendingTasks();
    }

    /** What was sent to the peer, each as it is in the RFC's figures. */
    List<Sent> sent() {
        turn();
        List<Sent> all = new ArrayList<>();
        for (ByteBuf payload = channel.readOutbound(); payload != null; payload = channel.readOutbound()) {
            byte[] octets = ByteBufUtil.getBytes(payload);
            payload.release();
            all.add(new Sent(octets));
        }
        return all;
    }

    /** The only message that was sent. */
    Sent one() {
        List<Sent> all = sent();
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    /** Octets of memory in buffers. */
    long held() {
        return allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory();
    }

    /** A channel in which the program runs; its number. */
    long openSftp() {
        return openSftp(WINDOW, PACKET);
    }

    long openSftp(long window, int maxPacket) {
        long sender = nextSender++;
        send(open("session", sender, window, maxPacket));
        Sent confirmation = one();
        assertThat(confirmation.number()).isEqualTo(SshMessageNumber.CHANNEL_OPEN_CONFIRMATION);
        assertThat(confirmation.recipient()).isEqualTo(sender);
        long id = confirmation.uint32(1);
        send(request(id, "subsystem", true).writeString("sftp"));
        assertThat(one().number()).isEqualTo(SshMessageNumber.CHANNEL_SUCCESS);
        return id;
    }

    /** A channel in which nothing runs; its number. */
    long openSession() {
        send(open("session", nextSender++, WINDOW, PACKET));
        return one().uint32(1);
    }

    RecordingProgram lastProgram() {
        return programs.get(programs.size() - 1);
    }

    /** The socket takes no more, or takes more again. */
    void setWritable(boolean writable) {
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, writable);
        turn();
    }

    void assertAlive() {
        assertThat(transport.disconnects).isEmpty();
        assertThat(failures).isEmpty();
    }

    void assertDisconnected() {
        assertThat(transport.disconnects).containsExactly(DisconnectReason.PROTOCOL_ERROR);
    }

    @Override
    public void close() {
        channel.finishAndReleaseAll();
        assertThat(held()).as("octets that were not released").isZero();
        programs.forEach(program -> assertThat(program.closes).isOne());
        assertThat(failures).isEmpty();
    }
}
