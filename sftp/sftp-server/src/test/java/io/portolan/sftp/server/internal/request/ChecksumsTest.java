package io.portolan.sftp.server.internal.request;

import static io.portolan.sftp.server.internal.testing.NewerClient.CREATE_TRUNCATE;
import static io.portolan.sftp.server.internal.testing.NewerClient.OPEN_EXISTING;
import static io.portolan.sftp.server.internal.testing.NewerClient.READ_DATA;
import static io.portolan.sftp.server.internal.testing.NewerClient.WRITE_DATA;
import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.fs.InMemoryFileSystem;
import io.portolan.sftp.internal.SftpStatus;
import io.portolan.sftp.server.internal.testing.Conversation;
import io.portolan.sftp.server.internal.testing.ForwardOnly;
import io.portolan.sftp.server.internal.testing.ManualWorkers;
import io.portolan.sftp.server.internal.testing.NewerClient;
import io.portolan.ssh.internal.wire.SshReader;
import io.portolan.ssh.internal.wire.SshWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChecksumsTest {

    private static final String CONTENT = "0123456789abcdef".repeat(100);

    private NewerClient client;

    @BeforeEach
    void upload() throws Exception {
        client = new NewerClient(InMemoryFileSystem.create(), 6);
        client.upload("/f", CONTENT);
    }

    private SshWriter byName(String algorithms, long offset, long length, int block) {
        return rest(client.extended("check-file-name").writeString("/f"), algorithms, offset, length, block);
    }

    private static SshWriter rest(SshWriter request, String algorithms, long offset, long length, int block) {
        return request.writeString(algorithms)
                .writeUint64(offset)
                .writeUint64(length)
                .writeUint32(block);
    }

    private static byte[] digest(String algorithm, String content) throws Exception {
        byte[] octets = content.getBytes(StandardCharsets.UTF_8);
        if (algorithm.equals("CRC32")) {
            CRC32 crc = new CRC32();
            crc.update(octets);
            return ByteBuffer.allocate(4).putInt((int) crc.getValue()).array();
        }
        return MessageDigest.getInstance(algorithm).digest(octets);
    }

    @ParameterizedTest
    @CsvSource({
        "md5,MD5",
        "sha1,SHA-1",
        "sha224,SHA-224",
        "sha256,SHA-256",
        "sha384,SHA-384",
        "sha512,SHA-512",
        "crc32,CRC32"
    })
    void theWholeFileIsChecked(String name, String algorithm) throws Exception {
        SshReader reply = client.extendedReply(byName(name, 0, 0, 0));

        assertThat(reply.readUtf8(100)).isEqualTo(name);
        assertThat(reply.readRest()).isEqualTo(digest(algorithm, CONTENT));
    }

    @Test
    void aPartIsCheckedBlockByBlock() throws Exception {
        SshReader reply = client.extendedReply(byName("none,sha256,md5", 100, 600, 256));

        assertThat(reply.readUtf8(100)).isEqualTo("sha256");
        assertThat(reply.readBytes(32)).isEqualTo(digest("SHA-256", CONTENT.substring(100, 356)));
        assertThat(reply.readBytes(32)).isEqualTo(digest("SHA-256", CONTENT.substring(356, 612)));
        assertThat(reply.readBytes(32)).isEqualTo(digest("SHA-256", CONTENT.substring(612, 700)));
        assertThat(reply.remaining()).isZero();
    }

    @Test
    void blocksEndWithTheFileAndThereIsNoEmptyOne() throws Exception {
        SshReader reply = client.extendedReply(byName("md5", 1600 - 512, 9999, 256));

        assertThat(reply.readUtf8(100)).isEqualTo("md5");
        assertThat(reply.readRest()).hasSize(2 * 16);
        SshReader behind = client.extendedReply(byName("md5", 1600, 0, 0));
        assertThat(behind.readUtf8(100)).isEqualTo("md5");
        assertThat(behind.readRest()).isEqualTo(digest("MD5", ""));
    }

    @Test
    void anOpenFileIsCheckedToo() throws Exception {
        byte[] handle = client.opened("/f", READ_DATA, OPEN_EXISTING);

        SshReader reply =
                client.extendedReply(rest(client.extended("check-file-handle").writeString(handle), "sha1", 16, 16, 0));

        assertThat(reply.readUtf8(100)).isEqualTo("sha1");
        assertThat(reply.readRest()).isEqualTo(digest("SHA-1", "0123456789abcdef"));
        SshReader older =
                client.extendedReply(rest(client.extended("check-file").writeString(handle), "md5", 0, 0, 0));
        assertThat(older.readUtf8(100)).as("as paramiko has it").isEqualTo("check-file");
        assertThat(older.readUtf8(100)).isEqualTo("md5");
        assertThat(older.readRest()).isEqualTo(digest("MD5", CONTENT));
    }

    @Test
    void aStoreThatReadsForwardOnlyIsCheckedToo() throws Exception {
        client = new NewerClient(new ForwardOnly(InMemoryFileSystem.create()), 6);
        client.upload("/f", CONTENT);
        SshReader reply = client.extendedReply(byName("md5", 16, 0, 0));

        assertThat(reply.readUtf8(100)).isEqualTo("md5");
        assertThat(reply.readRest()).isEqualTo(digest("MD5", CONTENT.substring(16)));
    }

    @Test
    void whatIsTooMuchOrCannotBeIsRefused() throws Exception {
        assertThat(client.status(byName("md5", 0, 0, 255))).isEqualTo(SftpStatus.INVALID_PARAMETER);
        assertThat(client.status(byName("md5", -1, 0, 0))).isEqualTo(SftpStatus.INVALID_PARAMETER);
        assertThat(client.status(byName("md5", 0, -1, 0))).isEqualTo(SftpStatus.INVALID_PARAMETER);
        assertThat(client.status(byName("md5", Long.MAX_VALUE, 2, 0))).isEqualTo(SftpStatus.INVALID_PARAMETER);
        assertThat(client.status(byName("whirlpool,MD5,", 0, 0, 0))).isEqualTo(SftpStatus.OP_UNSUPPORTED);
        byte[] writing = client.opened("/w", WRITE_DATA, CREATE_TRUNCATE);
        assertThat(client.status(rest(client.extended("check-file-handle").writeString(writing), "md5", 0, 0, 0)))
                .isEqualTo(SftpStatus.PERMISSION_DENIED);
        assertThat(client.status(rest(client.extended("check-file-name").writeString("/none"), "md5", 0, 0, 0)))
                .isEqualTo(SftpStatus.NO_SUCH_FILE);
        byte[] text = client.opened("/f", READ_DATA, OPEN_EXISTING | 0x20);
        assertThat(client.status(rest(client.extended("check-file-handle").writeString(text), "md5", 0, 0, 0)))
                .isEqualTo(SftpStatus.INVALID_PARAMETER);
    }

    @Test
    void thereAreOnlySoManyChecksumsInAReply() throws Exception {
        client.upload("/f", "x".repeat(256 * 513));

        assertThat(client.status(byName("sha512", 0, 0, 256))).isEqualTo(SftpStatus.INVALID_PARAMETER);
        SshReader reply = client.extendedReply(byName("sha512", 0, 256 * 512, 256));
        assertThat(reply.readUtf8(100)).isEqualTo("sha512");
        assertThat(reply.remaining()).isEqualTo(CheckFileExtension.MAX_RESULT);
    }

    @Test
    void md5IsToldByNameAndByHandleUnlessTheQuickCheckFails() throws Exception {
        byte[] handle = client.opened("/f", READ_DATA, OPEN_EXISTING);
        byte[] right = digest("MD5", CONTENT.substring(16, 116));

        SshReader byName = client.extendedReply(md5(client.extended("md5-hash").writeString("/f"), new byte[0]));
        assertThat(byName.readUtf8(100)).isEqualTo("md5-hash");
        assertThat(byName.readString()).isEqualTo(right);
        SshReader byHandle =
                client.extendedReply(md5(client.extended("md5-hash-handle").writeString(handle), right));
        assertThat(byHandle.readUtf8(100)).isEqualTo("md5-hash-handle");
        assertThat(byHandle.readString()).isEqualTo(right);
        SshReader other = client.extendedReply(md5(client.extended("md5-hash").writeString("/f"), new byte[16]));
        assertThat(other.readUtf8(100)).isEqualTo("md5-hash");
        assertThat(other.readString()).isEmpty();
        assertThat(client.status(md5(client.extended("md5-hash").writeString("/f"), new byte[17])))
                .isEqualTo(SftpStatus.BAD_MESSAGE);
    }

    private static SshWriter md5(SshWriter request, byte[] quick) {
        return request.writeUint64(16).writeUint64(100).writeString(quick);
    }

    @Test
    void fewChecksAreUnderWayAtATime() throws Exception {
        ManualWorkers workers = new ManualWorkers();
        InMemoryFileSystem files = InMemoryFileSystem.create();
        new NewerClient(files, 6).upload("/f", CONTENT);
        client = new NewerClient(files, 6, workers);
        Conversation conversation = client.conversation();
        for (int i = 0; i < 4; i++) {
            conversation.send(byName("md5", 0, 0, 0));
        }
        conversation.send(byName("md5", 0, 0, 0));
        workers.runAll(conversation.channel());

        for (int i = 0; i < 4; i++) {
            assertThat(conversation.reply().message().toString()).isEqualTo("EXTENDED_REPLY");
        }
        assertThat(Conversation.status(conversation.reply())).isEqualTo(SftpStatus.FAILURE);
        conversation.send(byName("md5", 0, 0, 0));
        workers.runAll(conversation.channel());
        assertThat(conversation.reply().message().toString()).isEqualTo("EXTENDED_REPLY");
    }
}
