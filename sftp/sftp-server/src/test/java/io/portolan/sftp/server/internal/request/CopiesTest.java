package io.portolan.sftp.server.internal.request;

import static io.portolan.sftp.server.internal.testing.NewerClient.CREATE_TRUNCATE;
import static io.portolan.sftp.server.internal.testing.NewerClient.OPEN_EXISTING;
import static io.portolan.sftp.server.internal.testing.NewerClient.OPEN_OR_CREATE;
import static io.portolan.sftp.server.internal.testing.NewerClient.READ_DATA;
import static io.portolan.sftp.server.internal.testing.NewerClient.WRITE_DATA;
import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.fs.FileSystems;
import io.portolan.fs.InMemoryFileSystem;
import io.portolan.fs.QuotaLimits;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.sftp.internal.SftpMessageNumber;
import io.portolan.sftp.internal.SftpStatus;
import io.portolan.sftp.server.internal.testing.Conversation;
import io.portolan.sftp.server.internal.testing.ForwardOnly;
import io.portolan.sftp.server.internal.testing.ManualWorkers;
import io.portolan.sftp.server.internal.testing.NewerClient;
import io.portolan.ssh.internal.wire.SshWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CopiesTest {

    private final VirtualFileSystem files = InMemoryFileSystem.create();

    private NewerClient client() throws Exception {
        NewerClient client = new NewerClient(files, 6);
        client.upload("/from", "0123456789");
        return client;
    }

    private static SshWriter copyData(
            NewerClient client, byte[] from, long offset, long length, byte[] to, long toOffset) {
        return client.extended("copy-data")
                .writeString(from)
                .writeUint64(offset)
                .writeUint64(length)
                .writeString(to)
                .writeUint64(toOffset);
    }

    private static SshWriter copyFile(NewerClient client, String from, String to, boolean overwrite) {
        return client.extended("copy-file").writeString(from).writeString(to).writeBoolean(overwrite);
    }

    @Test
    void aPartOrAllToTheEndIsCopiedBetweenOpenFiles() throws Exception {
        NewerClient client = client();
        byte[] from = client.opened("/from", READ_DATA, OPEN_EXISTING);
        byte[] to = client.opened("/to", READ_DATA | WRITE_DATA, OPEN_OR_CREATE);

        assertThat(client.status(copyData(client, from, 2, 3, to, 0))).isEqualTo(SftpStatus.OK);
        assertThat(client.status(copyData(client, from, 7, 0, to, 3))).isEqualTo(SftpStatus.OK);
        assertThat(client.status(copyData(client, from, 99, 0, to, 6))).isEqualTo(SftpStatus.OK);
        client.close(from);
        client.close(to);

        assertThat(client.download("/to")).isEqualTo("234789");
    }

    @Test
    void aLargeFileIsCopiedPieceByPiece() throws Exception {
        NewerClient client = client();
        String content = "0123456789abcdef".repeat(50_000);
        byte[] large = client.opened("/large", WRITE_DATA, CREATE_TRUNCATE);
        for (int at = 0; at < content.length(); at += 200_000) {
            client.ask(client.conversation().write(large, at, content.substring(at, at + 200_000)));
        }
        client.close(large);
        byte[] from = client.opened("/large", READ_DATA, OPEN_EXISTING);
        byte[] to = client.opened("/to", READ_DATA | WRITE_DATA, OPEN_OR_CREATE);

        assertThat(client.status(copyData(client, from, 1, 0, to, 0))).isEqualTo(SftpStatus.OK);

        assertThat(client.read(to, 0, 99_999)).isEqualTo(content.substring(1, 100_000));
        assertThat(client.read(to, 700_000, 200_000)).isEqualTo(content.substring(700_001));
    }

    @Test
    void aFileIsNotCopiedIntoItselfByWhateverName() throws Exception {
        NewerClient client = client();
        assertThat(client.status(client.path(SftpMessageNumber.LINK, "/hard")
                        .writeString("/from")
                        .writeBoolean(false)))
                .isEqualTo(SftpStatus.OK);
        byte[] both = client.opened("/from", READ_DATA | WRITE_DATA, OPEN_EXISTING);
        byte[] second = client.opened("/from", READ_DATA | WRITE_DATA, OPEN_EXISTING);
        byte[] hard = client.opened("/hard", READ_DATA | WRITE_DATA, OPEN_EXISTING);

        for (byte[] to : List.of(both, second, hard)) {
            assertThat(client.status(copyData(client, both, 0, 0, to, 10))).isEqualTo(SftpStatus.FAILURE);
        }
        assertThat(client.status(copyFile(client, "/from", "/x/../from", true))).isEqualTo(SftpStatus.FAILURE);
        assertThat(client.read(both, 0, 100)).isEqualTo("0123456789");
    }

    @Test
    void handlesThatAreNotForThatAndPlacesThatCannotBeAreRefused() throws Exception {
        NewerClient client = client();
        byte[] from = client.opened("/from", READ_DATA, OPEN_EXISTING);
        byte[] to = client.opened("/to", WRITE_DATA, OPEN_OR_CREATE);

        assertThat(client.status(copyData(client, to, 0, 0, from, 0))).isEqualTo(SftpStatus.PERMISSION_DENIED);
        assertThat(client.status(copyData(client, from, 0, 0, from, 0))).isEqualTo(SftpStatus.PERMISSION_DENIED);
        assertThat(client.status(copyData(client, from, -1, 0, to, 0))).isEqualTo(SftpStatus.INVALID_PARAMETER);
        assertThat(client.status(copyData(client, from, 0, -1, to, 0))).isEqualTo(SftpStatus.INVALID_PARAMETER);
        assertThat(client.status(copyData(client, from, 0, 0, to, -1))).isEqualTo(SftpStatus.INVALID_PARAMETER);
        assertThat(client.status(copyData(client, from, 0, 0, to, Long.MAX_VALUE)))
                .isEqualTo(SftpStatus.INVALID_PARAMETER);
        assertThat(client.status(copyData(client, new byte[4], 0, 0, to, 0))).isEqualTo(SftpStatus.INVALID_HANDLE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFileIsCopiedByTheStoreOrByUs(boolean forward) throws Exception {
        VirtualFileSystem store = forward ? new ForwardOnly(files) : files;
        NewerClient client = new NewerClient(store, 6);
        client.upload("/from", "0123456789");
        client.upload("/present", "old");

        assertThat(client.status(copyFile(client, "/from", "/to", false))).isEqualTo(SftpStatus.OK);
        assertThat(client.download("/to")).isEqualTo("0123456789");
        assertThat(client.status(copyFile(client, "/from", "/present", false)))
                .isEqualTo(SftpStatus.FILE_ALREADY_EXISTS);
        assertThat(client.download("/present")).isEqualTo("old");
        assertThat(client.status(copyFile(client, "/from", "/present", true))).isEqualTo(SftpStatus.OK);
        assertThat(client.download("/present")).isEqualTo("0123456789");
        assertThat(client.status(copyFile(client, "/none", "/x", false))).isEqualTo(SftpStatus.NO_SUCH_FILE);
    }

    @Test
    void aCopyCountsForTheQuota() throws Exception {
        NewerClient client = new NewerClient(FileSystems.quota(files, QuotaLimits.ofBytes(15)), 6);
        client.upload("/from", "0123456789");
        byte[] from = client.opened("/from", READ_DATA, OPEN_EXISTING);
        byte[] to = client.opened("/to", WRITE_DATA, OPEN_OR_CREATE);

        assertThat(client.status(copyData(client, from, 0, 0, to, 0))).isEqualTo(SftpStatus.QUOTA_EXCEEDED);
        assertThat(client.status(copyFile(client, "/from", "/other", false))).isEqualTo(SftpStatus.QUOTA_EXCEEDED);
        assertThat(client.status(client.path(SftpMessageNumber.STAT, "/other"))).isEqualTo(SftpStatus.NO_SUCH_FILE);
    }

    private final ManualWorkers workers = new ManualWorkers();

    private byte[][] openBoth(NewerClient client) {
        client.conversation().send(client.open("/from", READ_DATA, OPEN_EXISTING));
        client.conversation().send(client.open("/to", WRITE_DATA, OPEN_OR_CREATE));
        workers.runAll(client.conversation().channel());
        return new byte[][] {
            Conversation.handle(client.conversation().reply()),
            Conversation.handle(client.conversation().reply())
        };
    }

    @Test
    void aCloseBehindACopyWaitsForIt() throws Exception {
        client();
        NewerClient client = new NewerClient(files, 6, workers);
        byte[][] both = openBoth(client);

        client.conversation()
                .sendAll(
                        copyData(client, both[0], 0, 0, both[1], 0),
                        client.conversation().close(both[0]),
                        client.conversation().close(both[1]));
        workers.runAll(client.conversation().channel());

        for (int i = 0; i < 3; i++) {
            assertThat(client.conversation().status()).isEqualTo(SftpStatus.OK);
        }
        assertThat(new NewerClient(files, 6).download("/to")).isEqualTo("0123456789");
    }

    @Test
    void aCopyEndsWithTheChannelAndLeavesNothing() throws Exception {
        client();
        NewerClient client = new NewerClient(files, 6, workers);
        byte[][] both = openBoth(client);
        boolean[] released = new boolean[1];

        client.conversation().send(copyData(client, both[0], 0, 0, both[1], 0));
        client.conversation().engine().closed();
        client.conversation().engine().whenReleased(() -> released[0] = true);
        assertThat(released[0]).isFalse();
        workers.runAll(client.conversation().channel());

        assertThat(released[0]).isTrue();
        NewerClient other = new NewerClient(files, 6);
        assertThat(other.status(other.path(SftpMessageNumber.STAT, "/to"))).isEqualTo(SftpStatus.NO_SUCH_FILE);
    }
}
