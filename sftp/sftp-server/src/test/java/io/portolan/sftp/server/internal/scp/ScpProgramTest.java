package io.portolan.sftp.server.internal.scp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import io.portolan.fs.InMemoryFileSystem;
import io.portolan.fs.LinkHandling;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.VirtualPath;
import io.portolan.fs.WritableFile;
import io.portolan.fs.WriteMode;
import io.portolan.sftp.server.internal.testing.Services;
import io.portolan.ssh.internal.connection.SshChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A copy in a channel: who is slow holds it up, and nothing stays behind. */
class ScpProgramTest {

    private static final int BIG = 4 << 20;

    private final VirtualFileSystem files = InMemoryFileSystem.create();
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false, false, true);
    private final EmbeddedChannel loop = new EmbeddedChannel();
    private final FakeChannel channel = new FakeChannel();
    private boolean released;

    /** A channel whose peer reads when the test says so. */
    private final class FakeChannel implements SshChannel {
        private final StringBuilder text = new StringBuilder();
        private boolean writable = true;
        private long written;
        private long consumed;
        private @Nullable Integer status;

        @Override
        public EventLoop eventLoop() {
            return loop.eventLoop();
        }

        @Override
        public void write(ByteBuf data) {
            written += data.readableBytes();
            if (written < 1000) {
                text.append(data.toString(StandardCharsets.ISO_8859_1));
            }
            data.release();
        }

        @Override
        public long pending() {
            return 0;
        }

        @Override
        public boolean isWritable() {
            return writable;
        }

        @Override
        public void consumed(int octets) {
            consumed += octets;
        }

        @Override
        public void finish(int exitStatus) {
            status = exitStatus;
        }
    }

    private ScpProgram start(String command) {
        ScpProgram program = new ScpProgram(
                channel,
                allocator,
                Services.of(files, Runnable::run),
                ScpCommand.parse(command).orElseThrow());
        program.whenReleased(() -> released = true);
        program.start();
        loop.runPendingTasks();
        return program;
    }

    private void send(ScpProgram program, String text) {
        program.received(allocator.heapBuffer().writeBytes(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8)));
        loop.runPendingTasks();
    }

    private void write(String path, int size) throws IOException {
        try (WritableFile file = files.openWrite(VirtualPath.of(path), WriteMode.REPLACE)) {
            file.write(ByteBuffer.allocate(size));
            file.commit();
        }
    }

    private boolean exists(String path) throws IOException {
        try {
            files.stat(VirtualPath.of(path), LinkHandling.FOLLOW);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    @AfterEach
    void nothingStays() {
        loop.finishAndReleaseAll();
        assertThat(allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory())
                .isZero();
    }

    @Test
    void anUploadGivesCreditForAllOfIt() throws IOException {
        ScpProgram program = start("scp -t /");
        send(program, "C0644 5 a\n");
        send(program, "hello\0");
        assertThat(channel.text).hasToString("\0\0\0");
        assertThat(channel.consumed).isEqualTo(16);
        assertThat(exists("/a")).isTrue();
        program.eof();
        loop.runPendingTasks();
        assertThat(channel.status).isZero();
        program.closed();
        loop.runPendingTasks();
        assertThat(released).isTrue();
    }

    @Test
    void aClientThatReadsNothingHoldsUpItsDownload() throws IOException {
        write("/big", BIG);
        ScpProgram program = start("scp -f /big");
        send(program, "\0");
        channel.writable = false;
        send(program, "\0");
        long before = channel.written;
        assertThat(before).isLessThan(100);
        channel.writable = true;
        program.writable();
        loop.runPendingTasks();
        assertThat(channel.written).isEqualTo(before + BIG + 1);
        send(program, "\0");
        assertThat(channel.status).isZero();
        program.closed();
        loop.runPendingTasks();
    }

    @Test
    void aClientThatReadsNoAnswersIsNotReadEither() throws IOException {
        ScpProgram program = start("scp -t /");
        channel.writable = false;
        for (int i = 0; i < 100; i++) {
            send(program, "T1 0 1 0\n");
        }
        assertThat(channel.consumed).isZero();
        program.closed();
        loop.runPendingTasks();
        assertThat(channel.consumed).isEqualTo(900);
    }

    @Test
    void aChannelThatIsGoneLeavesNoFile() throws IOException {
        ScpProgram program = start("scp -t /");
        send(program, "C0644 5 a\nhell");
        assertThat(program.isTransferring()).isTrue();
        program.closed();
        loop.runPendingTasks();
        assertThat(released).isTrue();
        assertThat(exists("/a")).isFalse();
        assertThat(program.isTransferring()).isFalse();
    }

    @Test
    void whatComesBehindTheEndIsDropped() {
        ScpProgram program = start("scp -t /nothing/there");
        send(program, "C0644 5 a\nhello\0X\nC0644 5 b\nhello\0");
        assertThat(channel.status).isOne();
        send(program, "more");
        program.closed();
        loop.runPendingTasks();
        assertThat(released).isTrue();
    }
}
