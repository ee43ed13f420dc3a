package io.portolan.sftp.server.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.DefaultEventLoop;
import io.portolan.fs.InMemoryFileSystem;
import io.portolan.sftp.internal.SftpMessageNumber;
import io.portolan.sftp.server.internal.request.StandardGreeting;
import io.portolan.sftp.server.internal.testing.Conversation;
import io.portolan.sftp.server.internal.testing.FakeChannel;
import io.portolan.sftp.server.internal.testing.ManualWorkers;
import io.portolan.sftp.server.internal.testing.Services;
import io.portolan.ssh.internal.wire.SshReader;
import io.portolan.ssh.internal.wire.SshWriter;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is at work when the event loop ends: with its server, say, whose patience is over. */
class EndedLoopTest {

    private static final int INIT_VERSION = 3;

    private final DefaultEventLoop loop = new DefaultEventLoop();
    private final FakeChannel channel = new FakeChannel(loop);
    private final ManualWorkers workers = new ManualWorkers();
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
    private final SftpEngine engine = new SftpEngine(
            channel, allocator, Services.of(InMemoryFileSystem.create(), workers), new StandardGreeting());

    @AfterEach
    void end() {
        endLoop();
    }

    private void endLoop() {
        loop.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private static SshWriter request(SftpMessageNumber message) {
        return new SshWriter().writeByte(message.number());
    }

    private void send(SshWriter packet) {
        loop.submit(() -> engine.received(Unpooled.wrappedBuffer(Conversation.framed(packet))))
                .syncUninterruptibly();
    }

    private void settle() {
        workers.runOne();
        loop.submit(() -> {}).syncUninterruptibly();
    }

    private byte[] openedFile() throws Exception {
        send(request(SftpMessageNumber.INIT).writeUint32(INIT_VERSION));
        channel.takeSent();
        send(request(SftpMessageNumber.OPEN)
                .writeUint32(1)
                .writeString("/file")
                .writeUint32(Conversation.READ | Conversation.WRITE | Conversation.CREAT)
                .writeUint32(0));
        settle();
        SshReader reply = new SshReader(channel.takeSent());
        reply.readUint32();
        assertThat(reply.readByte()).isEqualTo(SftpMessageNumber.HANDLE.number());
        reply.readUint32();
        return reply.readString();
    }

    private void read(byte[] handle, int id) {
        send(request(SftpMessageNumber.READ)
                .writeUint32(id)
                .writeString(handle)
                .writeUint64(0)
                .writeUint32(SftpLimits.MAX_DATA));
    }

    @Test
    void whatWasMadeReadyForAnAnswerIsGivenBack() throws Exception {
        byte[] file = openedFile();
        long before = allocator.metric().usedDirectMemory();
        read(file, 2);
        assertThat(allocator.metric().usedDirectMemory()).isGreaterThan(before + SftpLimits.MAX_DATA);

        endLoop();
        workers.runOne();

        assertThat(allocator.metric().usedDirectMemory()).isEqualTo(before);
    }

    @Test
    void whatWasMadeReadyIsGivenBackIfTheChannelWentFirst() throws Exception {
        byte[] file = openedFile();
        long before = allocator.metric().usedDirectMemory();
        read(file, 2);
        loop.submit(engine::closed).syncUninterruptibly();

        endLoop();
        workers.runOne();

        assertThat(allocator.metric().usedDirectMemory()).isEqualTo(before);
    }
}
