package io.portolan.sftp.server.internal.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.fs.VirtualFileSystem;
import io.portolan.sftp.internal.SftpMessageNumber;
import io.portolan.sftp.internal.SftpStatus;
import io.portolan.sftp.internal.attributes.AttributeCodec;
import io.portolan.sftp.internal.attributes.SftpAttributes;
import io.portolan.sftp.server.internal.engine.SftpLimits;
import io.portolan.sftp.server.internal.testing.Conversation.Packet;
import io.portolan.ssh.internal.wire.SshReader;
import io.portolan.ssh.internal.wire.SshWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;

/** A client of a version of its choice. */
public final class NewerClient {

    public static final int READ_DATA = 1;
    public static final int WRITE_DATA = 2;
    public static final int APPEND_DATA = 4;

    public static final int CREATE_NEW = 0;
    public static final int CREATE_TRUNCATE = 1;
    public static final int OPEN_EXISTING = 2;
    public static final int OPEN_OR_CREATE = 3;
    public static final int TRUNCATE_EXISTING = 4;

    private final Conversation conversation;
    private final int version;
    private final Map<String, byte[]> told = new LinkedHashMap<>();

    public NewerClient(VirtualFileSystem files, long offered) throws Exception {
        this(files, offered, Runnable::run);
    }

    public NewerClient(VirtualFileSystem files, long offered, Executor workers) throws Exception {
        conversation = Conversation.unintroduced(files, workers, SftpLimits.DEFAULT);
        conversation.sendBytes(Conversation.framed(
                new SshWriter().writeByte(SftpMessageNumber.INIT.number()).writeUint32(offered)));
        Packet reply = conversation.reply();
        assertThat(reply.message()).isEqualTo(SftpMessageNumber.VERSION);
        version = (int) reply.id();
        while (reply.fields().remaining() > 0) {
            told.put(reply.fields().readUtf8(100), reply.fields().readString());
        }
    }

    public Conversation conversation() {
        return conversation;
    }

    /** What was agreed on. */
    public int version() {
        return version;
    }

    /** What VERSION has told besides. */
    public Map<String, byte[]> told() {
        return told;
    }

    public Packet ask(SshWriter request) {
        return conversation.ask(request);
    }

    /** The status that a request is answered with. */
    public SftpStatus status(SshWriter request) {
        return Conversation.status(ask(request));
    }

    public SshWriter path(SftpMessageNumber message, String path) {
        return conversation.path(message, path);
    }

    public SshWriter on(SftpMessageNumber message, byte[] handle) {
        return conversation.on(message, handle);
    }

    public SshWriter extended(String name) {
        return conversation.path(SftpMessageNumber.EXTENDED, name);
    }

    /** OPEN of version 5 and later. */
    public SshWriter open(String path, int desired, long flags) {
        return withAttributes(
                path(SftpMessageNumber.OPEN, path).writeUint32(desired).writeUint32(flags), SftpAttributes.NONE);
    }

    public byte[] opened(String path, int desired, long flags) {
        return Conversation.handle(ask(open(path, desired, flags)));
    }

    public SshWriter withAttributes(SshWriter request, SftpAttributes attributes) {
        AttributeCodec.write(request, attributes, version);
        return request;
    }

    public SftpAttributes attributes(Packet reply) throws Exception {
        assertThat(reply.message()).isEqualTo(SftpMessageNumber.ATTRS);
        SftpAttributes attributes = AttributeCodec.read(reply.fields(), version);
        assertThat(reply.fields().remaining()).isZero();
        return attributes;
    }

    public void upload(String path, String content) {
        byte[] handle = version >= 5
                ? opened(path, WRITE_DATA, CREATE_TRUNCATE)
                : Conversation.handle(ask(withAttributes(
                        path(SftpMessageNumber.OPEN, path)
                                .writeUint32(Conversation.WRITE | Conversation.CREAT | Conversation.TRUNC),
                        SftpAttributes.NONE)));
        assertThat(status(conversation.write(handle, 0, content))).isEqualTo(SftpStatus.OK);
        close(handle);
    }

    public void close(byte[] handle) {
        assertThat(status(conversation.close(handle))).isEqualTo(SftpStatus.OK);
    }

    /** Reads at most so many octets. */
    public String read(byte[] handle, long offset, int length) {
        Packet reply = ask(conversation.read(handle, offset, length));
        return reply.message() == SftpMessageNumber.DATA
                ? new String(Conversation.data(reply), StandardCharsets.UTF_8)
                : Conversation.status(reply).toString();
    }

    public String download(String path) {
        byte[] handle = opened(path, READ_DATA, OPEN_EXISTING);
        String content = read(handle, 0, 100_000);
        close(handle);
        return content;
    }

    /** What an extended request is answered with. */
    public SshReader extendedReply(SshWriter request) {
        Packet reply = ask(request);
        if (reply.message() == SftpMessageNumber.STATUS) {
            throw new AssertionError(Conversation.status(reply) + ": " + Conversation.text(reply));
        }
        assertThat(reply.message()).isEqualTo(SftpMessageNumber.EXTENDED_REPLY);
        return reply.fields();
    }
}
