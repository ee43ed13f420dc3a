package io.portolan.sftp.server.internal.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.session.SessionListener;
import io.portolan.sftp.internal.SftpMessageNumber;
import io.portolan.sftp.internal.SftpStatus;
import io.portolan.sftp.internal.attributes.AttributeCodec;
import io.portolan.sftp.internal.attributes.SftpAttributes;
import io.portolan.sftp.server.internal.engine.SftpEngine;
import io.portolan.sftp.server.internal.engine.SftpLimits;
import io.portolan.sftp.server.internal.request.StandardGreeting;
import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;
import io.portolan.ssh.internal.wire.SshWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * A client that sends octets and looks at octets. With a direct executor all is done when {@link #send} returns.
 */
public final class Conversation {

    public static final int READ = 1;
    public static final int WRITE = 2;
    public static final int APPEND = 4;
    public static final int CREAT = 8;
    public static final int TRUNC = 16;
    public static final int EXCL = 32;

    /** One for all: threads keep some memory of each. */
    private static final ByteBufAllocator ALLOCATOR = new PooledByteBufAllocator(false);

    private final FakeChannel channel = new FakeChannel();
    private final SftpEngine engine;
    private final ArrayDeque<Packet> replies = new ArrayDeque<>();
    private byte[] unread = {};
    private int nextId = 1;

    /**
     * A reply.
     *
     * @param message what it is
     * @param id of which request; of VERSION the version
     * @param fields what follows
     */
    public record Packet(SftpMessageNumber message, long id, SshReader fields) {}

    /** A client of files that nobody else has. */
    public static Conversation with(VirtualFileSystem files) {
        return with(files, Runnable::run, SftpLimits.DEFAULT);
    }

    /** A client whose INIT has been answered. */
    public static Conversation with(
            VirtualFileSystem files, Executor workers, SftpLimits limits, SessionListener... listeners) {
        Conversation conversation = unintroduced(files, workers, limits, listeners);
        conversation.sendOctets(0, 0, 0, 5, 1, 0, 0, 0, 3);
        conversation.reply();
        return conversation;
    }

    /** A client that has said nothing. */
    public static Conversation unintroduced(
            VirtualFileSystem files, Executor workers, SftpLimits limits, SessionListener... listeners) {
        return new Conversation(files, workers, limits, List.of(listeners));
    }

    private Conversation(
            VirtualFileSystem files, Executor workers, SftpLimits limits, List<SessionListener> listeners) {
        engine = new SftpEngine(
                channel, ALLOCATOR, Services.of(files, workers, limits, listeners), new StandardGreeting());
    }

    /** The channel goes, with whatever is open. */
    public void end() {
        engine.closed();
        channel.runLoop();
    }

    /** The channel below. */
    public FakeChannel channel() {
        return channel;
    }

    /** The engine. */
    public SftpEngine engine() {
        return engine;
    }

    /** Sends octets as they are. */
    public void sendOctets(int... octets) {
        byte[] bytes = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            bytes[i] = (byte) octets[i];
        }
        sendBytes(bytes);
    }

    /** Sends octets as they are. */
    public void sendBytes(byte[] octets) {
        engine.received(Unpooled.wrappedBuffer(octets));
        channel.runLoop();
    }

    /** Begins a request: its number and an id. */
    public SshWriter request(SftpMessageNumber message) {
        return request(message.number());
    }

    /** The same for a number that may be none. */
    public SshWriter request(int message) {
        return new SshWriter().writeByte(message).writeUint32(nextId++);
    }

    /** The id of the last request. */
    public int lastId() {
        return nextId - 1;
    }

    /** Sends a packet. */
    public void send(SshWriter packet) {
        sendBytes(framed(packet));
    }

    /** Sends packets at once. */
    public void sendAll(SshWriter... packets) {
        SshWriter all = new SshWriter();
        for (SshWriter packet : packets) {
            all.writeBytes(framed(packet));
        }
        sendBytes(all.toByteArray());
    }

    /** A packet with its length. */
    public static byte[] framed(SshWriter packet) {
        return new SshWriter().writeString(packet.toByteArray()).toByteArray();
    }

    /** Whether another reply is there. */
    public boolean hasReply() {
        collect();
        return !replies.isEmpty();
    }

    /** The next reply, which must be there. */
    public Packet reply() {
        collect();
        assertThat(replies).as("a reply").isNotEmpty();
        return replies.remove();
    }

    /** Sends a packet and gives the reply to it. */
    public Packet ask(SshWriter packet) {
        send(packet);
        Packet reply = reply();
        assertThat(reply.id()).isEqualTo(lastId());
        return reply;
    }

    private void collect() {
        try {
            byte[] sent = channel.takeSent();
            byte[] all = Arrays.copyOf(unread, unread.length + sent.length);
            System.arraycopy(sent, 0, all, unread.length, sent.length);
            int at = 0;
            while (all.length - at >= 4) {
                int length = (int) new SshReader(all, at, 4).readUint32();
                if (all.length - at - 4 < length) {
                    break;
                }
                SshReader reader = new SshReader(all, at + 4, length);
                SftpMessageNumber message = SftpMessageNumber.of(reader.readByte());
                replies.add(new Packet(message, reader.readUint32(), reader));
                at += 4 + length;
            }
            unread = Arrays.copyOfRange(all, at, all.length);
        } catch (SshProtocolException e) {
            throw new AssertionError(e);
        }
    }

    /** The next reply must be a STATUS. */
    public SftpStatus status() {
        return status(reply());
    }

    /** A reply must be a STATUS. */
    public static SftpStatus status(Packet reply) {
        try {
            assertThat(reply.message()).isEqualTo(SftpMessageNumber.STATUS);
            return SftpStatus.of(reply.fields().readUint32()).orElseThrow();
        } catch (SshProtocolException e) {
            throw new AssertionError(e);
        }
    }

    /** The text behind a status code that was read. */
    public static String text(Packet reply) {
        try {
            return reply.fields().readUtf8(1000);
        } catch (SshProtocolException e) {
            throw new AssertionError(e);
        }
    }

    /** A request that names a path. */
    public SshWriter path(SftpMessageNumber message, String path) {
        return request(message).writeString(path);
    }

    /** OPEN. */
    public SshWriter open(String path, int flags) {
        return path(SftpMessageNumber.OPEN, path).writeUint32(flags).writeUint32(0);
    }

    /** Opens, which must go well. */
    public byte[] opened(String path, int flags) {
        return handle(ask(open(path, flags)));
    }

    /** The handle in a reply. */
    public static byte[] handle(Packet reply) {
        try {
            if (reply.message() == SftpMessageNumber.STATUS) {
                throw new AssertionError(status(reply) + ": " + text(reply));
            }
            assertThat(reply.message()).isEqualTo(SftpMessageNumber.HANDLE);
            return reply.fields().readString();
        } catch (SshProtocolException e) {
            throw new AssertionError(e);
        }
    }

    /** A request on a handle. */
    public SshWriter on(SftpMessageNumber message, byte[] handle) {
        return request(message).writeString(handle);
    }

    /** READ. */
    public SshWriter read(byte[] handle, long offset, long length) {
        return on(SftpMessageNumber.READ, handle).writeUint64(offset).writeUint32(length);
    }

    /** WRITE. */
    public SshWriter write(byte[] handle, long offset, byte[] data) {
        return on(SftpMessageNumber.WRITE, handle).writeUint64(offset).writeString(data);
    }

    /** WRITE of text. */
    public SshWriter write(byte[] handle, long offset, String data) {
        return write(handle, offset, data.getBytes(StandardCharsets.UTF_8));
    }

    /** CLOSE. */
    public SshWriter close(byte[] handle) {
        return on(SftpMessageNumber.CLOSE, handle);
    }

    /** The content of DATA. */
    public static byte[] data(Packet reply) {
        try {
            assertThat(reply.message()).isEqualTo(SftpMessageNumber.DATA);
            return reply.fields().readString();
        } catch (SshProtocolException e) {
            throw new AssertionError(e);
        }
    }

    /** The attributes in ATTRS. */
    public static SftpAttributes attributes(Packet reply) {
        try {
            assertThat(reply.message()).isEqualTo(SftpMessageNumber.ATTRS);
            return AttributeCodec.read(reply.fields(), 3);
        } catch (SshProtocolException e) {
            throw new AssertionError(e);
        }
    }

    /** The names of NAME. */
    public static List<String> names(Packet reply) {
        return entries(reply).stream().map(entry -> entry[0]).toList();
    }

    /** The names and long names of NAME. */
    public static List<String[]> entries(Packet reply) {
        try {
            assertThat(reply.message()).isEqualTo(SftpMessageNumber.NAME);
            List<String[]> entries = new ArrayList<>();
            long count = reply.fields().readUint32();
            for (int i = 0; i < count; i++) {
                String name = reply.fields().readUtf8(100_000);
                String line = reply.fields().readUtf8(100_000);
                AttributeCodec.read(reply.fields(), 3);
                entries.add(new String[] {name, line});
            }
            return entries;
        } catch (SshProtocolException e) {
            throw new AssertionError(e);
        }
    }

    /** Uploads a file with what it is to hold. */
    public void upload(String path, String content) {
        byte[] handle = opened(path, WRITE | CREAT | TRUNC);
        assertThat(status(ask(write(handle, 0, content)))).isEqualTo(SftpStatus.OK);
        assertThat(status(ask(close(handle)))).isEqualTo(SftpStatus.OK);
    }

    /** Downloads a small file. */
    public String download(String path) {
        byte[] handle = opened(path, READ);
        Packet reply = ask(read(handle, 0, 100_000));
        String content =
                reply.message() == SftpMessageNumber.DATA ? new String(data(reply), StandardCharsets.UTF_8) : "";
        assertThat(status(ask(close(handle)))).isEqualTo(SftpStatus.OK);
        return content;
    }
}
