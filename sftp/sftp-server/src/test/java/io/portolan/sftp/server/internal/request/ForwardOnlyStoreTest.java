package io.portolan.sftp.server.internal.request;

import static io.portolan.sftp.server.internal.testing.Conversation.CREAT;
import static io.portolan.sftp.server.internal.testing.Conversation.EXCL;
import static io.portolan.sftp.server.internal.testing.Conversation.READ;
import static io.portolan.sftp.server.internal.testing.Conversation.TRUNC;
import static io.portolan.sftp.server.internal.testing.Conversation.WRITE;
import static io.portolan.sftp.server.internal.testing.Conversation.data;
import static io.portolan.sftp.server.internal.testing.Conversation.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.fs.InMemoryFileSystem;
import io.portolan.fs.ReadableFile;
import io.portolan.fs.VirtualPath;
import io.portolan.sftp.internal.SftpMessageNumber;
import io.portolan.sftp.internal.SftpStatus;
import io.portolan.sftp.server.internal.testing.Conversation;
import io.portolan.sftp.server.internal.testing.ForwardOnly;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Stores whose files are read and written from begin to end only. */
class ForwardOnlyStoreTest {

    private final InMemoryFileSystem store = InMemoryFileSystem.create();
    private final AtomicInteger opened = new AtomicInteger();
    private final Conversation client = Conversation.with(new ForwardOnly(store) {
        @Override
        public ReadableFile openRead(VirtualPath path, long offset) throws IOException {
            opened.incrementAndGet();
            return super.openRead(path, offset);
        }
    });

    @Test
    void aFileThatIsReadOnAndOnIsOpenedOnce() {
        client.upload("/f", "0123456789");
        byte[] handle = client.opened("/f", READ);

        for (int at = 0; at < 10; at += 2) {
            assertThat(data(client.ask(client.read(handle, at, 2))))
                    .asString()
                    .isEqualTo("0123456789".substring(at, at + 2));
        }

        assertThat(opened).hasValue(1);
    }

    @Test
    void aJumpOpensTheFileThere() {
        client.upload("/f", "0123456789");
        byte[] handle = client.opened("/f", READ);

        assertThat(data(client.ask(client.read(handle, 7, 2)))).asString().isEqualTo("78");
        assertThat(data(client.ask(client.read(handle, 1, 2)))).asString().isEqualTo("12");
        assertThat(status(client.ask(client.read(handle, 10, 2)))).isEqualTo(SftpStatus.EOF);
    }

    @Test
    void whatComesAheadOfItsTurnWaitsForIt() {
        byte[] handle = client.opened("/f", WRITE | CREAT | TRUNC);
        for (int at : new int[] {6, 3, 0, 9}) {
            assertThat(status(client.ask(client.write(handle, at, "abcdefghijkl".substring(at, at + 3)))))
                    .isEqualTo(SftpStatus.OK);
        }
        assertThat(status(client.ask(client.close(handle)))).isEqualTo(SftpStatus.OK);

        assertThat(client.download("/f")).isEqualTo("abcdefghijkl");
    }

    @Test
    void whatWouldWaitBeyondTheWindowIsRefused() {
        byte[] handle = client.opened("/f", WRITE | CREAT | TRUNC);
        byte[] piece = new byte[256 * 1024];
        SftpStatus status = SftpStatus.OK;
        int taken = 0;
        while (status == SftpStatus.OK && taken < 100) {
            taken++;
            status = status(client.ask(client.write(handle, (long) taken * piece.length, piece)));
        }

        assertThat(status).isEqualTo(SftpStatus.FAILURE);
        assertThat(taken).isEqualTo(9);
        assertThat(status(client.ask(client.close(handle))))
                .as("a part is missing")
                .isEqualTo(SftpStatus.FAILURE);
        assertThat(status(client.ask(client.path(SftpMessageNumber.STAT, "/f"))))
                .isEqualTo(SftpStatus.NO_SUCH_FILE);
    }

    @Test
    void aPlaceIsWrittenOnceOnly() {
        byte[] handle = client.opened("/f", WRITE | CREAT | TRUNC);
        assertThat(status(client.ask(client.write(handle, 0, "0123")))).isEqualTo(SftpStatus.OK);

        assertThat(status(client.ask(client.write(handle, 2, "xx")))).isEqualTo(SftpStatus.FAILURE);
        assertThat(status(client.ask(client.write(handle, 6, "67")))).isEqualTo(SftpStatus.OK);
        assertThat(status(client.ask(client.write(handle, 7, "xx")))).isEqualTo(SftpStatus.FAILURE);
        assertThat(status(client.ask(client.write(handle, 5, "xx")))).isEqualTo(SftpStatus.FAILURE);
    }

    @Test
    void aFileThatIsThereIsNotChangedInPlace() {
        client.upload("/f", "0123");

        assertThat(status(client.ask(client.open("/f", WRITE | CREAT)))).isEqualTo(SftpStatus.OP_UNSUPPORTED);
        assertThat(status(client.ask(client.open("/f", READ | WRITE)))).isEqualTo(SftpStatus.OP_UNSUPPORTED);
        assertThat(client.download("/f")).isEqualTo("0123");
    }

    @Test
    void aNewFileNeedsNoTrunc() {
        byte[] handle = client.opened("/f", WRITE | CREAT);
        assertThat(status(client.ask(client.write(handle, 0, "0123")))).isEqualTo(SftpStatus.OK);
        assertThat(status(client.ask(client.close(handle)))).isEqualTo(SftpStatus.OK);

        assertThat(client.download("/f")).isEqualTo("0123");
        assertThat(status(client.ask(client.open("/f", WRITE | CREAT | EXCL)))).isEqualTo(SftpStatus.FAILURE);
    }

    private SftpStatus resized(byte[] handle, long size) {
        return status(client.ask(
                client.on(SftpMessageNumber.FSETSTAT, handle).writeUint32(1).writeUint64(size)));
    }

    @Test
    void aFileThatWasToBeShorterIsNotPublishedAsItIs() {
        byte[] handle = client.opened("/f", WRITE | CREAT | TRUNC);
        assertThat(status(client.ask(client.write(handle, 0, "0123")))).isEqualTo(SftpStatus.OK);

        assertThat(resized(handle, 2)).isEqualTo(SftpStatus.OP_UNSUPPORTED);

        assertThat(status(client.ask(client.close(handle)))).isEqualTo(SftpStatus.FAILURE);
        assertThat(status(client.ask(client.path(SftpMessageNumber.STAT, "/f"))))
                .isEqualTo(SftpStatus.NO_SUCH_FILE);
    }

    @Test
    void aSizeThatIsNamedBeforeItIsWrittenDoesNoHarm() {
        byte[] handle = client.opened("/f", WRITE | CREAT | TRUNC);
        assertThat(resized(handle, 4)).isEqualTo(SftpStatus.OP_UNSUPPORTED);
        assertThat(status(client.ask(client.write(handle, 0, "0123")))).isEqualTo(SftpStatus.OK);

        assertThat(status(client.ask(client.close(handle)))).isEqualTo(SftpStatus.OK);

        assertThat(client.download("/f")).isEqualTo("0123");
    }
}
