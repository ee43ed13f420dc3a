package io.portolan.sftp.server.internal.request;

import static io.portolan.sftp.server.internal.testing.NewerClient.CREATE_TRUNCATE;
import static io.portolan.sftp.server.internal.testing.NewerClient.OPEN_EXISTING;
import static io.portolan.sftp.server.internal.testing.NewerClient.READ_DATA;
import static io.portolan.sftp.server.internal.testing.NewerClient.WRITE_DATA;
import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.fs.InMemoryFileSystem;
import io.portolan.sftp.internal.SftpMessageNumber;
import io.portolan.sftp.internal.SftpStatus;
import io.portolan.sftp.server.internal.testing.NewerClient;
import io.portolan.ssh.internal.wire.SshWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LocksTest {

    private static final int SHARED = 0x80 | 0x200;
    private static final int EXCLUSIVE = 0x40 | 0x80 | 0x200;
    private static final int BINDING = 0x40;

    private NewerClient client;
    private byte[] one;
    private byte[] other;

    @BeforeEach
    void openAFileTwice() throws Exception {
        client = new NewerClient(InMemoryFileSystem.create(), 6);
        client.upload("/f", "content");
        one = client.opened("/f", READ_DATA | WRITE_DATA, OPEN_EXISTING);
        other = client.opened("/f", READ_DATA | WRITE_DATA, OPEN_EXISTING);
    }

    private SftpStatus block(byte[] handle, long offset, long length, int mask) {
        SshWriter request = client.on(SftpMessageNumber.BLOCK, handle)
                .writeUint64(offset)
                .writeUint64(length)
                .writeUint32(mask);
        return client.status(request);
    }

    private SftpStatus unblock(byte[] handle, long offset, long length) {
        return client.status(
                client.on(SftpMessageNumber.UNBLOCK, handle).writeUint64(offset).writeUint64(length));
    }

    @Test
    void aPartThatIsLockedIsNotLockedByAnother() {
        assertThat(block(one, 10, 10, EXCLUSIVE)).isEqualTo(SftpStatus.OK);

        assertThat(block(other, 19, 1, EXCLUSIVE)).isEqualTo(SftpStatus.BYTE_RANGE_LOCK_CONFLICT);
        assertThat(block(other, 0, 11, SHARED)).isEqualTo(SftpStatus.BYTE_RANGE_LOCK_CONFLICT);
        assertThat(block(other, 0, 0, SHARED)).as("all").isEqualTo(SftpStatus.BYTE_RANGE_LOCK_CONFLICT);
        assertThat(block(other, 0, 10, EXCLUSIVE)).isEqualTo(SftpStatus.OK);
        assertThat(block(other, 20, 0, EXCLUSIVE)).isEqualTo(SftpStatus.OK);
        assertThat(block(one, Long.MAX_VALUE, 5, SHARED))
                .as("behind the end of all files")
                .isEqualTo(SftpStatus.BYTE_RANGE_LOCK_CONFLICT);
    }

    @Test
    void locksThatOnlyKeepFromWritingOverlap() {
        assertThat(block(one, 0, 0, SHARED)).isEqualTo(SftpStatus.OK);
        assertThat(block(other, 5, 5, SHARED)).isEqualTo(SftpStatus.OK);
        assertThat(block(other, 7, 1, EXCLUSIVE)).isEqualTo(SftpStatus.BYTE_RANGE_LOCK_CONFLICT);
    }

    @Test
    void aLockEndsWithUnblockOfJustThatPart() {
        assertThat(block(one, 10, 10, EXCLUSIVE)).isEqualTo(SftpStatus.OK);

        assertThat(unblock(one, 10, 5)).isEqualTo(SftpStatus.NO_MATCHING_BYTE_RANGE_LOCK);
        assertThat(unblock(other, 10, 10)).isEqualTo(SftpStatus.NO_MATCHING_BYTE_RANGE_LOCK);
        assertThat(unblock(one, 10, 10)).isEqualTo(SftpStatus.OK);
        assertThat(unblock(one, 10, 10)).isEqualTo(SftpStatus.NO_MATCHING_BYTE_RANGE_LOCK);
        assertThat(block(other, 10, 10, EXCLUSIVE)).isEqualTo(SftpStatus.OK);
    }

    @Test
    void aLockEndsWithItsHandle() {
        assertThat(block(one, 0, 0, EXCLUSIVE)).isEqualTo(SftpStatus.OK);
        client.close(one);

        assertThat(block(other, 0, 0, EXCLUSIVE)).isEqualTo(SftpStatus.OK);
    }

    @Test
    void anotherNameOfTheFileIsLockedToo() throws Exception {
        assertThat(client.status(client.path(SftpMessageNumber.LINK, "/hard")
                        .writeString("/f")
                        .writeBoolean(false)))
                .isEqualTo(SftpStatus.OK);
        byte[] hard = client.opened("/hard", READ_DATA, OPEN_EXISTING);
        assertThat(block(one, 0, 0, EXCLUSIVE)).isEqualTo(SftpStatus.OK);

        assertThat(block(hard, 0, 1, SHARED)).isEqualTo(SftpStatus.BYTE_RANGE_LOCK_CONFLICT);
    }

    @Test
    void locksThatAreToBeBindingAreRefused() {
        assertThat(block(one, 0, 1, BINDING)).isEqualTo(SftpStatus.BYTE_RANGE_LOCK_REFUSED);
        assertThat(block(one, 0, 1, 0x200)).isEqualTo(SftpStatus.INVALID_PARAMETER);
        assertThat(block(one, 0, 1, SHARED | 0x100)).isEqualTo(SftpStatus.INVALID_PARAMETER);
        assertThat(block(one, -1, 1, SHARED)).isEqualTo(SftpStatus.INVALID_PARAMETER);
        assertThat(block(one, 0, -1, SHARED)).isEqualTo(SftpStatus.INVALID_PARAMETER);
    }

    @Test
    void aFileHoldsABoundedNumberOfLocks() {
        for (int i = 0; i < 256; i++) {
            assertThat(block(one, i, 1, EXCLUSIVE)).isEqualTo(SftpStatus.OK);
        }
        assertThat(block(one, 256, 1, EXCLUSIVE)).isEqualTo(SftpStatus.BYTE_RANGE_LOCK_REFUSED);
        assertThat(unblock(one, 0, 1)).isEqualTo(SftpStatus.OK);
        assertThat(block(one, 256, 1, EXCLUSIVE)).isEqualTo(SftpStatus.OK);
    }

    @Test
    void openLocksTheWholeFileBeforeItIsTruncated() throws Exception {
        byte[] holder = client.opened("/f", READ_DATA, OPEN_EXISTING | EXCLUSIVE);

        assertThat(client.status(client.open("/f", WRITE_DATA, CREATE_TRUNCATE | SHARED)))
                .isEqualTo(SftpStatus.LOCK_CONFLICT);
        assertThat(client.read(holder, 0, 100)).isEqualTo("content");
        assertThat(block(other, 0, 1, SHARED)).isEqualTo(SftpStatus.BYTE_RANGE_LOCK_CONFLICT);
        client.close(holder);
        client.close(client.opened("/f", READ_DATA, OPEN_EXISTING | SHARED));
        assertThat(block(other, 0, 1, EXCLUSIVE)).isEqualTo(SftpStatus.OK);
    }

    @Test
    void aFileThatIsMadeIsLockedWhileItIsWritten() throws Exception {
        byte[] made = client.opened("/new", WRITE_DATA, CREATE_TRUNCATE | EXCLUSIVE);
        assertThat(client.status(client.conversation().write(made, 0, "x"))).isEqualTo(SftpStatus.OK);

        assertThat(client.status(client.open("/new", WRITE_DATA, CREATE_TRUNCATE | EXCLUSIVE)))
                .isEqualTo(SftpStatus.LOCK_CONFLICT);
        client.close(made);
        assertThat(client.download("/new")).isEqualTo("x");
    }
}
