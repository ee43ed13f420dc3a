package io.portolan.sftp.client.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.ssh.internal.wire.SshWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Agents that answer other than they should. */
final class AgentClientTest {

    @TempDir
    private Path folder;

    /** An agent that answers to anything with these octets, and with nothing more until it is closed. */
    private static final class FixedAgent implements AutoCloseable {
        private final ServerSocketChannel listener;
        private final Thread thread;

        FixedAgent(Path socket, byte[] answer) throws IOException {
            listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket));
            thread = new Thread(() -> {
                try (SocketChannel client = listener.accept()) {
                    client.read(ByteBuffer.allocate(1024));
                    client.write(ByteBuffer.wrap(answer));
                    client.read(ByteBuffer.allocate(1024));
                } catch (IOException e) {
                    // the end
                }
            });
            thread.start();
        }

        @Override
        public void close() throws IOException {
            listener.close();
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void fails(byte[] answer, String because) throws Exception {
        Path socket = folder.resolve("agent");
        try (FixedAgent agent = new FixedAgent(socket, answer)) {
            assertThat(agent.thread.isAlive()).isTrue();
            AgentClient client = new AgentClient(socket, Duration.ofMillis(300));
            assertThatThrownBy(client::keys).isInstanceOf(IOException.class).hasMessageContaining(because);
        }
    }

    private static byte[] message(SshWriter content) {
        return new SshWriter().writeString(content.toByteArray()).toByteArray();
    }

    private static SshWriter keys(long count) {
        return new SshWriter().writeByte(12).writeUint32(count);
    }

    @Test
    void aMessageThatIsTooLongIsNotRead() throws Exception {
        fails(new byte[] {0x7f, -1, -1, -1}, "a message of 2147483647 octets");
    }

    @Test
    void aMessageOfNothingIsNone() throws Exception {
        fails(new byte[4], "a message of 0 octets");
    }

    @Test
    void moreKeysThanAnybodyHasAreNotRead() throws Exception {
        fails(message(keys(0xffffffffL)), "4294967295 keys");
    }

    @Test
    void aListThatIsCutOffIsNone() throws Exception {
        fails(message(keys(2).writeString("key").writeString("comment")), "makes no sense");
    }

    @Test
    void anotherAnswerIsNone() throws Exception {
        fails(message(new SshWriter().writeByte(14)), "a message of type 14");
    }

    @Test
    void aRefusalIsTold() throws Exception {
        fails(message(new SshWriter().writeByte(5)), "refuses");
    }

    @Test
    void silenceIsNotWaitedForForLong() throws Exception {
        fails(new byte[] {0, 0}, "does not answer");
    }

    @Test
    void noAgentIsTold() {
        assertThatThrownBy(() -> new AgentClient(folder.resolve("nobody")).keys())
                .isInstanceOf(IOException.class);
    }

    @Test
    void keysAreRead() throws Exception {
        Path socket = folder.resolve("agent");
        try (FixedAgent agent =
                new FixedAgent(socket, message(keys(1).writeString("key").writeString("comment")))) {
            assertThat(agent.thread.isAlive()).isTrue();
            List<AgentClient.AgentKey> keys = new AgentClient(socket).keys();
            assertThat(keys)
                    .singleElement()
                    .extracting(AgentClient.AgentKey::comment)
                    .isEqualTo("comment");
        }
    }

    /** Connects until the queue of the agent is full, which some JVMs tell by an exception. */
    private static List<SocketChannel> fill(Path socket) throws IOException {
        List<SocketChannel> waiting = new ArrayList<>();
        while (true) {
            SocketChannel next = SocketChannel.open(StandardProtocolFamily.UNIX);
            next.configureBlocking(false);
            boolean connected = false;
            try {
                connected = next.connect(UnixDomainSocketAddress.of(socket));
            } catch (SocketException e) {
                assertThat(waiting).isNotEmpty();
            }
            if (!connected) {
                next.close();
                return waiting;
            }
            waiting.add(next);
        }
    }

    @Test
    @Timeout(60)
    void anAgentThatTakesNoConnectionsIsGivenUp() throws Exception {
        Path socket = folder.resolve("agent");
        try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(UnixDomainSocketAddress.of(socket), 1);
            List<SocketChannel> waiting = fill(socket);
            AgentClient client = new AgentClient(socket, Duration.ofMillis(100));
            assertThatThrownBy(client::keys)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("takes no connections");
            for (SocketChannel other : waiting) {
                other.close();
            }
        }
    }

    @Test
    @Timeout(60)
    void anAgentThatHasRoomAgainIsAsked() throws Exception {
        Path socket = folder.resolve("agent");
        try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(UnixDomainSocketAddress.of(socket), 1);
            List<SocketChannel> waiting = fill(socket);
            CompletableFuture<List<AgentClient.AgentKey>> keys = CompletableFuture.supplyAsync(() -> {
                try {
                    return new AgentClient(socket, Duration.ofSeconds(50)).keys();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            for (int i = 0; i < waiting.size(); i++) {
                listener.accept().close();
            }
            try (SocketChannel client = listener.accept()) {
                client.read(ByteBuffer.allocate(1024));
                client.write(ByteBuffer.wrap(message(keys(0))));
                assertThat(keys.get()).isEmpty();
            }
            for (SocketChannel other : waiting) {
                other.close();
            }
        }
    }
}
