package io.portolan.sftp.client.internal.auth;

import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;
import io.portolan.ssh.internal.wire.SshWriter;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Asks an agent, which holds keys and signs with them but never gives them away (RFC 9987). Each question has a connection of its own. Blocks, for a limited time. */
final class AgentClient {

    /** OpenSSH's limit, far more than a hundred keys need. */
    static final int MAX_MESSAGE_OCTETS = 256 * 1024;

    /** More keys than any server would let a client try. */
    static final int MAX_KEYS = 256;

    /** An agent that needs longer to list its keys hangs. */
    static final Duration LIST_PATIENCE = Duration.ofSeconds(10);

    /** Somebody may have to look for the key to touch. */
    static final Duration SIGN_PATIENCE = Duration.ofSeconds(60);

    /** Far less than anybody notices, and not often enough to cost anything. */
    private static final long CONNECT_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private static final int FAILURE = 5;
    private static final int REQUEST_IDENTITIES = 11;
    private static final int IDENTITIES_ANSWER = 12;
    private static final int SIGN_REQUEST = 13;
    private static final int SIGN_RESPONSE = 14;

    private final Path socket;
    private final Duration listPatience;

    AgentClient(Path socket) {
        this(socket, LIST_PATIENCE);
    }

    AgentClient(Path socket, Duration listPatience) {
        this.socket = socket;
        this.listPatience = listPatience;
    }

    /**
     * A key of the agent's.
     *
     * @param blob the public key or certificate
     * @param comment what its owner calls it
     */
    @SuppressWarnings("ArrayRecordComponent") // made by this class only, and never changed
    record AgentKey(byte[] blob, String comment) {}

    /** The agent's keys. */
    List<AgentKey> keys() throws IOException {
        byte[] request = new SshWriter().writeByte(REQUEST_IDENTITIES).toByteArray();
        return ask(request, IDENTITIES_ANSWER, listPatience, answer -> {
            long count = answer.readUint32();
            if (count > MAX_KEYS) {
                throw SshProtocolException.malformed(count + " keys, where at most " + MAX_KEYS + " are taken");
            }
            List<AgentKey> keys = new ArrayList<>();
            for (long i = 0; i < count; i++) {
                keys.add(new AgentKey(answer.readString(), new String(answer.readString(), StandardCharsets.UTF_8)));
            }
            return keys;
        });
    }

    /** Has the agent sign; returns the signature's blob. */
    byte[] sign(byte[] blob, byte[] data, String algorithm, int flags) throws IOException {
        byte[] request = new SshWriter()
                .writeByte(SIGN_REQUEST)
                .writeString(blob)
                .writeString(data)
                .writeUint32(flags)
                .toByteArray();
        return ask(request, SIGN_RESPONSE, SIGN_PATIENCE, answer -> {
            byte[] signature = answer.readString();
            String made = new SshReader(signature).readName();
            if (!made.equals(algorithm)) {
                // an old agent signs with SHA-1 whatever it is asked for, which nobody takes
                throw SshProtocolException.malformed("a signature by " + made + " instead of " + algorithm);
            }
            return signature;
        });
    }

    /** Reads an answer. */
    @FunctionalInterface
    private interface Reading<T> {
        T read(SshReader answer) throws SshProtocolException;
    }

    private <T> T ask(byte[] request, int expected, Duration patience, Reading<T> reading) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        try (SocketChannel channel = connect(deadline);
                Selector selector = Selector.open()) {
            Exchange exchange = new Exchange(channel, selector, deadline);
            exchange.write(new SshWriter(request.length + Integer.BYTES)
                    .writeString(request)
                    .toByteArray());
            int length = exchange.read(Integer.BYTES).getInt();
            if (length < 1 || length > MAX_MESSAGE_OCTETS) {
                throw new IOException("the agent at " + socket + " answers with a message of "
                        + Integer.toUnsignedString(length) + " octets");
            }
            SshReader answer = new SshReader(exchange.read(length).array());
            int type = answer.readByte();
            if (type == FAILURE) {
                throw new IOException("the agent at " + socket + " refuses");
            }
            if (type != expected) {
                throw new IOException("the agent at " + socket + " answers with a message of type " + type);
            }
            T read = reading.read(answer);
            answer.expectEnd();
            return read;
        } catch (SshProtocolException e) {
            throw new IOException("the agent at " + socket + " answers what makes no sense: " + e.getMessage(), e);
        } catch (UnsupportedOperationException e) {
            throw new IOException("there are no Unix sockets here, so no agent at " + socket, e);
        }
    }

    /** As long as more connections wait than the agent lets wait, another one is tried: of Unix sockets nobody is told when there is room. */
    private SocketChannel connect(long deadline) throws IOException {
        while (true) {
            Optional<SocketChannel> connected = connectNow();
            if (connected.isPresent()) {
                return connected.get();
            }
            if (System.nanoTime() - deadline >= 0) {
                throw new IOException("the agent at " + socket + " takes no connections");
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("interrupted, while the agent at " + socket + " takes no connections");
            }
            LockSupport.parkNanos(CONNECT_PAUSE_NANOS);
        }
    }

    /** Nothing if the agent is there and has no room. */
    private Optional<SocketChannel> connectNow() throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        boolean connected = false;
        try {
            channel.configureBlocking(false);
            connected = channel.connect(UnixDomainSocketAddress.of(socket));
            return connected ? Optional.of(channel) : Optional.empty();
        } catch (ConnectException e) {
            throw e;
        } catch (SocketException e) {
            // Java has no name for EAGAIN; what else it may be is that there is no socket, or none for us
            if (Files.isWritable(socket)) {
                return Optional.empty();
            }
            throw e;
        } finally {
            if (!connected) {
                channel.close();
            }
        }
    }

    /** Octets to and fro, until a deadline. */
    private final class Exchange {
        private final SocketChannel channel;
        private final Selector selector;
        private final SelectionKey key;
        private final long deadline;

        Exchange(SocketChannel channel, Selector selector, long deadline) throws IOException {
            this.channel = channel;
            this.selector = selector;
            this.deadline = deadline;
            this.key = channel.register(selector, 0);
        }

        void write(byte[] octets) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(octets);
            while (buffer.hasRemaining()) {
                if (channel.write(buffer) == 0) {
                    await(SelectionKey.OP_WRITE);
                }
            }
        }

        ByteBuffer read(int count) throws IOException {
            // not more than has been checked against the limit
            ByteBuffer buffer = ByteBuffer.allocate(count);
            while (buffer.hasRemaining()) {
                int read = channel.read(buffer);
                if (read < 0) {
                    throw new IOException("the agent at " + socket + " has closed the connection");
                }
                if (read == 0) {
                    await(SelectionKey.OP_READ);
                }
            }
            return buffer.flip();
        }

        private void await(int operation) throws IOException {
            long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            key.interestOps(operation);
            selector.selectedKeys().clear();
            if (millis <= 0 || selector.select(millis) == 0) {
                throw new IOException("the agent at " + socket + " does not answer");
            }
        }
    }
}
