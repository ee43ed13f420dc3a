package io.portolan.sftp.client.testing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.portolan.sftp.internal.SftpMessageNumber;
import io.portolan.sftp.internal.attributes.AttributeCodec;
import io.portolan.sftp.internal.attributes.SftpAttributes;
import io.portolan.sftp.internal.attributes.SftpFileType;
import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;
import io.portolan.ssh.internal.wire.SshWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A server of version 3 with one file, {@code file}, and one directory, that misbehaves as it is told to. It runs on the client's event loop. */
public final class FakeServer implements TestServer.Peer {

    private static final SftpAttributes DIRECTORY = SftpAttributes.builder()
            .type(SftpFileType.DIRECTORY)
            .permissions(0755)
            .build();

    /** Octets of the file. */
    private final byte[] content;

    private final Map<String, String> extensions = new LinkedHashMap<>();
    private final Map<SftpMessageNumber, UnaryOperator<byte[]>> changes = new EnumMap<>(SftpMessageNumber.class);
    private final List<SftpMessageNumber> silent = new ArrayList<>();
    private final List<SftpMessageNumber> keptBack = new ArrayList<>();
    private final List<List<byte[]>> names = new ArrayList<>();
    private final List<SftpMessageNumber> seen = new ArrayList<>();
    private final List<byte[]> kept = new ArrayList<>();
    private final byte[] written = new byte[1 << 20];
    private int writtenTo;
    private long told;
    private int permissions = 0644;
    private int mostRead = Integer.MAX_VALUE;
    private int failingWrite = -1;
    private int turned = 1;
    private int writes;
    private int mostOutstanding;
    private long @Nullable [] limits;
    private boolean endless;
    private @Nullable String nested;
    private boolean nestedRead;
    private byte[] unread = {};
    private TestServer.@Nullable Line line;

    public FakeServer(byte[] content) {
        this.content = content.clone();
        this.told = content.length;
    }

    // --- how it misbehaves

    /** The size that it tells of its file. */
    public FakeServer tells(long size) {
        told = size;
        return this;
    }

    /** The permissions that it tells of its file. */
    public FakeServer permits(int bits) {
        permissions = bits;
        return this;
    }

    /** Cuts what is read. */
    public FakeServer reads(int most) {
        mostRead = most;
        return this;
    }

    /** Says no to the write of this number, from 0 on. */
    public FakeServer failsWrite(int number) {
        failingWrite = number;
        return this;
    }

    /** Gathers so many replies, and sends the last first. */
    public FakeServer turns(int replies) {
        turned = replies;
        return this;
    }

    /** Never answers these. */
    public FakeServer silentOn(SftpMessageNumber... messages) {
        silent.addAll(Arrays.asList(messages));
        return this;
    }

    /** Keeps the answers to these until {@link #flush}. */
    public FakeServer keepsBack(SftpMessageNumber... messages) {
        keptBack.addAll(Arrays.asList(messages));
        return this;
    }

    /** Changes the answers to one message: octets from the number on. */
    public FakeServer answering(SftpMessageNumber message, UnaryOperator<byte[]> change) {
        changes.put(message, change);
        return this;
    }

    /** One more part of the directory. */
    public FakeServer lists(String... part) {
        names.add(Arrays.stream(part)
                .map(name -> name.getBytes(StandardCharsets.UTF_8))
                .toList());
        return this;
    }

    /** One more part of the directory. */
    public FakeServer lists(byte[] name) {
        names.add(List.of(name));
        return this;
    }

    /** Its directory has no end. */
    public FakeServer listsEndlessly() {
        endless = true;
        return this;
    }

    /** Each directory of it has another of this name, and nothing else. */
    public FakeServer nests(String name) {
        nested = name;
        return this;
    }

    /** Names an extension. */
    public FakeServer extension(String name, String data) {
        extensions.put(name, data);
        return this;
    }

    /** What it says of its limits. */
    public FakeServer limits(long... values) {
        limits = values;
        return extension("limits@openssh.com", "1");
    }

    // --- what it has seen

    public synchronized List<SftpMessageNumber> seen() {
        return List.copyOf(seen);
    }

    public synchronized byte[] written() {
        return Arrays.copyOf(written, writtenTo);
    }

    /** The most requests that it had not answered. */
    public synchronized int mostOutstanding() {
        return mostOutstanding;
    }

    /** Sends what it has gathered. */
    public synchronized void flush() {
        for (int i = kept.size() - 1; i >= 0; i--) {
            line.send(Unpooled.wrappedBuffer(kept.get(i)));
        }
        kept.clear();
    }

    /** Sends what it has gathered last, and keeps the rest. */
    public synchronized void flushNewest() {
        line.send(Unpooled.wrappedBuffer(kept.remove(kept.size() - 1)));
    }

    // --- how it works

    @Override
    public void toClient(TestServer.Line newLine) {
        line = newLine;
    }

    @Override
    public synchronized void fromClient(ByteBuf data) {
        byte[] more = new byte[unread.length + data.readableBytes()];
        System.arraycopy(unread, 0, more, 0, unread.length);
        data.readBytes(more, unread.length, data.readableBytes());
        data.release();
        try {
            int at = 0;
            while (more.length - at >= 4) {
                int length = (int) new SshReader(more, at, 4).readUint32();
                if (more.length - at - 4 < length) {
                    break;
                }
                request(new SshReader(more, at + 4, length));
                at += 4 + length;
            }
            unread = Arrays.copyOfRange(more, at, more.length);
        } catch (SshProtocolException e) {
            throw new AssertionError(e);
        }
    }

    private void request(SshReader in) throws SshProtocolException {
        SftpMessageNumber message = SftpMessageNumber.of(in.readByte());
        seen.add(message);
        if (silent.contains(message)) {
            return;
        }
        long id = in.readUint32();
        SshWriter reply = reply(message, id, in);
        byte[] octets = changes.getOrDefault(message, same -> same).apply(reply.toByteArray());
        byte[] framed = new SshWriter().writeString(octets).toByteArray();
        kept.add(framed);
        mostOutstanding = Math.max(mostOutstanding, kept.size());
        if (!keptBack.contains(message) && (kept.size() >= turned || message != SftpMessageNumber.READ)) {
            flush();
        }
    }

    private SshWriter reply(SftpMessageNumber message, long id, SshReader in) throws SshProtocolException {
        return switch (message) {
            case INIT -> version();
            case OPEN, OPENDIR -> {
                nestedRead = false;
                yield begin(SftpMessageNumber.HANDLE, id).writeString("h");
            }
            case REALPATH ->
                begin(SftpMessageNumber.NAME, id)
                        .writeUint32(1)
                        .writeString("/")
                        .writeString("")
                        .writeUint32(0);
            case READ -> {
                in.readString();
                yield data(id, in.readUint64(), (int) in.readUint32());
            }
            case WRITE -> {
                in.readString();
                int offset = (int) in.readUint64();
                byte[] octets = in.readString();
                System.arraycopy(octets, 0, written, offset, octets.length);
                writtenTo = Math.max(writtenTo, offset + octets.length);
                yield status(id, writes++ == failingWrite ? 4 : 0);
            }
            case STAT, LSTAT, FSTAT -> {
                SshWriter attributes = begin(SftpMessageNumber.ATTRS, id);
                AttributeCodec.write(attributes, attributes(), 3);
                yield attributes;
            }
            case READDIR -> names(id);
            case EXTENDED -> limits(id);
            default -> status(id, 0);
        };
    }

    private SftpAttributes attributes() {
        return SftpAttributes.builder()
                .type(SftpFileType.REGULAR)
                .permissions(permissions)
                .size(told)
                .build();
    }

    private SshWriter version() {
        SshWriter version =
                new SshWriter().writeByte(SftpMessageNumber.VERSION.number()).writeUint32(3);
        extensions.forEach((name, data) -> version.writeString(name).writeString(data));
        return version;
    }

    private SshWriter data(long id, long offset, int length) {
        if (offset >= content.length) {
            return status(id, 1);
        }
        int count = Math.min(Math.min(length, mostRead), content.length - (int) offset);
        return begin(SftpMessageNumber.DATA, id)
                .writeString(Arrays.copyOfRange(content, (int) offset, (int) offset + count));
    }

    private SshWriter names(long id) {
        if (endless) {
            names.add(List.of(new byte[] {'x'}));
        }
        String one = nested;
        if (one != null && !nestedRead) {
            nestedRead = true;
            SshWriter reply = begin(SftpMessageNumber.NAME, id)
                    .writeUint32(1)
                    .writeString(one)
                    .writeString("");
            AttributeCodec.write(reply, DIRECTORY, 3);
            return reply;
        }
        if (names.isEmpty()) {
            return status(id, 1);
        }
        List<byte[]> part = names.remove(0);
        SshWriter reply = begin(SftpMessageNumber.NAME, id).writeUint32(part.size());
        for (byte[] name : part) {
            reply.writeString(name).writeString("");
            AttributeCodec.write(reply, attributes(), 3);
        }
        return reply;
    }

    private SshWriter limits(long id) {
        long[] values = limits;
        if (values == null) {
            return status(id, 8);
        }
        SshWriter reply = begin(SftpMessageNumber.EXTENDED_REPLY, id);
        for (long value : values) {
            reply.writeUint64(value);
        }
        return reply;
    }

    private static SshWriter status(long id, int code) {
        return begin(SftpMessageNumber.STATUS, id)
                .writeUint32(code)
                .writeString(code == 0 ? "" : "no\u001b[2J")
                .writeString("");
    }

    private static SshWriter begin(SftpMessageNumber message, long id) {
        return new SshWriter().writeByte(message.number()).writeUint32(id);
    }

    @Override
    public void end() {
        // it has nothing open
    }
}
