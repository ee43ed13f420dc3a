package io.portolan.sftp.server.internal.engine;

import static io.portolan.sftp.server.internal.testing.Conversation.CREAT;
import static io.portolan.sftp.server.internal.testing.Conversation.READ;
import static io.portolan.sftp.server.internal.testing.Conversation.TRUNC;
import static io.portolan.sftp.server.internal.testing.Conversation.WRITE;
import static io.portolan.sftp.server.internal.testing.Conversation.handle;
import static io.portolan.sftp.server.internal.testing.Conversation.status;
import static io.portolan.sftp.server.internal.testing.Conversation.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.fs.InMemoryFileSystem;
import io.portolan.sftp.internal.SftpMessageNumber;
import io.portolan.sftp.internal.SftpStatus;
import io.portolan.sftp.server.internal.testing.Conversation;
import io.portolan.sftp.server.internal.testing.ManualWorkers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Handles: who may use which, and how many there may be. */
class HandlesTest {

    private final InMemoryFileSystem files = InMemoryFileSystem.create();
    private final Conversation client = Conversation.with(files);

    @BeforeEach
    void aFileIsThere() {
        client.upload("/f", "content");
    }

    @AfterEach
    void theChannelGoes() {
        client.end();
    }

    @Test
    void aHandleIsFourOctets() {
        assertThat(client.opened("/f", READ)).hasSize(4);
        assertThat(handle(client.ask(client.path(SftpMessageNumber.OPENDIR, "/"))))
                .hasSize(4);
    }

    @Test
    void aHandleThatNobodyHasOpenFails() {
        byte[] unknown = {1, 2, 3, 4};

        assertThat(status(client.ask(client.read(unknown, 0, 1)))).isEqualTo(SftpStatus.FAILURE);
        assertThat(status(client.ask(client.write(unknown, 0, "x")))).isEqualTo(SftpStatus.FAILURE);
        assertThat(status(client.ask(client.close(unknown)))).isEqualTo(SftpStatus.FAILURE);
        assertThat(status(client.ask(client.on(SftpMessageNumber.READDIR, unknown))))
                .isEqualTo(SftpStatus.FAILURE);
        assertThat(status(client.ask(client.on(SftpMessageNumber.FSTAT, unknown))))
                .isEqualTo(SftpStatus.FAILURE);
    }

    @Test
    void aHandleOfAnotherLengthFails() {
        for (int length : new int[] {0, 3, 5, 256}) {
            assertThat(status(client.ask(client.close(new byte[length])))).isEqualTo(SftpStatus.FAILURE);
            assertThat(status(client.ask(client.write(new byte[length], 0, "x"))))
                    .isEqualTo(SftpStatus.FAILURE);
        }
    }

    @Test
    void aHandleOfMoreThan256OctetsIsNotLookedAt() {
        assertThat(status(client.ask(client.close(new byte[257])))).isEqualTo(SftpStatus.BAD_MESSAGE);
        assertThat(status(client.ask(client.close(new byte[200_000])))).isEqualTo(SftpStatus.BAD_MESSAGE);
    }

    @Test
    void aHandleFailsAfterClose() {
        byte[] handle = client.opened("/f", READ);
        assertThat(status(client.ask(client.close(handle)))).isEqualTo(SftpStatus.OK);

        assertThat(status(client.ask(client.read(handle, 0, 1)))).isEqualTo(SftpStatus.FAILURE);
        assertThat(status(client.ask(client.close(handle)))).isEqualTo(SftpStatus.FAILURE);
    }

    @Test
    void aHandleFailsBehindACloseThatIsNotDoneYet() {
        ManualWorkers workers = new ManualWorkers();
        Conversation client = Conversation.with(files, workers, SftpLimits.DEFAULT);
        client.send(client.open("/g", WRITE | CREAT));
        workers.runAll(client.channel());
        byte[] handle = handle(client.reply());

        client.sendAll(client.close(handle), client.write(handle, 0, "late"), client.close(handle));
        workers.runAll(client.channel());

        assertThat(client.status()).isEqualTo(SftpStatus.OK);
        assertThat(client.status()).isEqualTo(SftpStatus.FAILURE);
        assertThat(client.status()).isEqualTo(SftpStatus.FAILURE);
    }

    @Test
    void aHandleOfADirectoryIsNoHandleOfAFile() {
        byte[] directory = handle(client.ask(client.path(SftpMessageNumber.OPENDIR, "/")));

        assertThat(status(client.ask(client.read(directory, 0, 1)))).isEqualTo(SftpStatus.FAILURE);
        assertThat(status(client.ask(client.write(directory, 0, "x")))).isEqualTo(SftpStatus.FAILURE);
    }

    @Test
    void aHandleOfAFileIsNoHandleOfADirectory() {
        byte[] file = client.opened("/f", READ);

        assertThat(status(client.ask(client.on(SftpMessageNumber.READDIR, file))))
                .isEqualTo(SftpStatus.FAILURE);
    }

    @Test
    void aHandleOfAnotherChannelIsUnknown() {
        byte[] handle = client.opened("/f", READ);
        Conversation other = Conversation.with(files);

        assertThat(status(other.ask(other.read(handle, 0, 1)))).isEqualTo(SftpStatus.FAILURE);
    }

    @Test
    void aFileOpenForReadingIsNotWritten() {
        byte[] handle = client.opened("/f", READ);

        assertThat(status(client.ask(client.write(handle, 0, "x")))).isEqualTo(SftpStatus.PERMISSION_DENIED);
    }

    @Test
    void aFileOpenForWritingIsNotRead() {
        byte[] handle = client.opened("/f", WRITE);

        assertThat(status(client.ask(client.read(handle, 0, 1)))).isEqualTo(SftpStatus.PERMISSION_DENIED);
    }

    @Test
    void thereIsALimitOfOpenHandlesWhichIsNamed() {
        List<byte[]> open = new ArrayList<>();
        for (int i = 0; i < SftpLimits.DEFAULT.openHandles(); i++) {
            open.add(client.opened("/f", READ));
        }

        Conversation.Packet refused = client.ask(client.open("/f", READ));
        assertThat(status(refused)).isEqualTo(SftpStatus.FAILURE);
        assertThat(text(refused)).contains("256");
        assertThat(status(client.ask(client.path(SftpMessageNumber.OPENDIR, "/"))))
                .isEqualTo(SftpStatus.FAILURE);

        assertThat(status(client.ask(client.close(open.get(7))))).isEqualTo(SftpStatus.OK);
        assertThat(client.opened("/f", READ)).isNotIn(open);
    }

    @Test
    void anOpenThatIsNotDoneYetCountsAsAHandle() {
        ManualWorkers workers = new ManualWorkers();
        Conversation client = Conversation.with(files, workers, new SftpLimits(2, 128, 1 << 20));

        client.sendAll(client.open("/f", READ), client.open("/none", READ), client.open("/f", READ));
        workers.runAll(client.channel());

        handle(client.reply());
        assertThat(client.status()).isEqualTo(SftpStatus.NO_SUCH_FILE);
        assertThat(client.status()).isEqualTo(SftpStatus.FAILURE);
        client.send(client.open("/f", READ));
        workers.runAll(client.channel());
        handle(client.reply());
        client.end();
        workers.runAll(client.channel());
    }

    @Test
    void whatIsOpenWhenTheChannelGoesIsClosedAndAnUploadDropped() {
        byte[] handle = client.opened("/f", WRITE | CREAT | TRUNC);
        assertThat(status(client.ask(client.write(handle, 0, "half")))).isEqualTo(SftpStatus.OK);
        List<String> told = new ArrayList<>();
        client.engine().whenReleased(() -> told.add("released"));
        assertThat(told).isEmpty();

        client.engine().closed();
        client.channel().runLoop();

        assertThat(told).containsExactly("released");
        assertThat(Conversation.with(files).download("/f")).isEqualTo("content");
    }

    @Test
    void aHandleThatIsBeingClosedHasLeftItsPlace() {
        ManualWorkers workers = new ManualWorkers();
        SftpLimits one = new SftpLimits(1, 128, 1 << 20);
        Conversation client = Conversation.with(files, workers, one);
        client.send(client.open("/f", READ));
        workers.runAll(client.channel());
        byte[] handle = handle(client.reply());

        client.send(client.close(handle));
        assertThat(client.status()).as("told before the file is closed").isEqualTo(SftpStatus.OK);
        client.sendAll(client.open("/f", READ), client.open("/f", READ));
        workers.runAll(client.channel());

        byte[] next = handle(client.reply());
        assertThat(client.status()).as("the limit stays").isEqualTo(SftpStatus.FAILURE);
        client.sendAll(client.close(next), client.open("/f", READ));
        workers.runAll(client.channel());
        assertThat(client.status()).isEqualTo(SftpStatus.OK);
        assertThat(handle(client.reply())).hasSize(4);
        client.end();
        workers.runAll(client.channel());
    }
}
