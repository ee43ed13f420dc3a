package io.portolan.sftp.server.internal.request;

import static io.portolan.sftp.server.internal.testing.Conversation.CREAT;
import static io.portolan.sftp.server.internal.testing.Conversation.READ;
import static io.portolan.sftp.server.internal.testing.Conversation.WRITE;
import static io.portolan.sftp.server.internal.testing.Conversation.data;
import static io.portolan.sftp.server.internal.testing.Conversation.handle;
import static io.portolan.sftp.server.internal.testing.Conversation.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.fs.InMemoryFileSystem;
import io.portolan.sftp.internal.SftpStatus;
import io.portolan.sftp.server.internal.engine.SftpLimits;
import io.portolan.sftp.server.internal.testing.Conversation;
import io.portolan.sftp.server.internal.testing.ManualWorkers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Small files are read when they are opened. */
class HeadStartTest {

    private final InMemoryFileSystem files = InMemoryFileSystem.create();
    private final ManualWorkers workers = new ManualWorkers();
    private final Conversation client = Conversation.with(files, workers, SftpLimits.DEFAULT);

    @BeforeEach
    void filesAreThere() {
        Conversation other = Conversation.with(files);
        other.upload("/small", "content");
        other.upload("/empty", "");
        other.upload("/larger", "x".repeat(HeadStart.MAX_FILE));
    }

    private byte[] opened(String path, int flags) {
        client.send(client.open(path, flags));
        workers.runAll(client.channel());
        return handle(client.reply());
    }

    @AfterEach
    void theChannelGoes() {
        client.end();
        workers.runAll(client.channel());
    }

    @Test
    void aSmallFileAndItsEndAreReadWithoutAnotherHop() {
        byte[] handle = opened("/small", READ);

        assertThat(data(client.ask(client.read(handle, 0, 32_768)))).asString().isEqualTo("content");
        assertThat(status(client.ask(client.read(handle, 7, 32_761)))).isEqualTo(SftpStatus.EOF);
        assertThat(workers.waiting()).isZero();
        assertThat(status(client.ask(client.close(handle)))).isEqualTo(SftpStatus.OK);
        workers.runAll(client.channel());
    }

    @Test
    void anEmptyFileIsAtItsEnd() {
        byte[] handle = opened("/empty", READ);

        assertThat(status(client.ask(client.read(handle, 0, 32_768)))).isEqualTo(SftpStatus.EOF);
        assertThat(workers.waiting()).isZero();
    }

    @Test
    void aLargerFileIsReadWhenItIsAskedFor() {
        byte[] handle = opened("/larger", READ);

        client.send(client.read(handle, 0, 32_768));
        workers.runAll(client.channel());

        assertThat(data(client.reply())).hasSize(HeadStart.MAX_FILE);
    }

    @Test
    void aPartOfASmallFileIsReadFromTheFile() {
        byte[] handle = opened("/small", READ);

        client.sendAll(client.read(handle, 2, 3), client.read(handle, 0, 3));
        workers.runAll(client.channel());

        assertThat(data(client.reply())).asString().isEqualTo("nte");
        assertThat(data(client.reply())).asString().isEqualTo("con");
    }

    @Test
    void whatWasReadAheadDoesNotCountBehindAChange() {
        byte[] reader = opened("/small", READ);
        byte[] writer = opened("/small", WRITE | CREAT);

        client.sendAll(client.write(writer, 0, "CON"), client.read(reader, 0, 32_768));
        workers.runAll(client.channel());

        assertThat(client.status()).isEqualTo(SftpStatus.OK);
        assertThat(data(client.reply())).asString().isEqualTo("CONtent");
    }

    @Test
    void itCountsOnce() {
        byte[] handle = opened("/small", READ);
        assertThat(data(client.ask(client.read(handle, 0, 100)))).asString().isEqualTo("content");

        client.send(client.read(handle, 0, 100));
        assertThat(workers.waiting()).isEqualTo(1);
        workers.runAll(client.channel());

        assertThat(data(client.reply())).asString().isEqualTo("content");
    }

    @Test
    void onlySoManyAreKept() {
        byte[][] handles = new byte[HeadStart.MAX_KEPT + 1][];
        for (int i = 0; i < handles.length; i++) {
            handles[i] = opened("/small", READ);
        }

        for (byte[] handle : handles) {
            client.send(client.read(handle, 0, 100));
        }
        assertThat(workers.waiting()).as("the last has none").isEqualTo(1);
        workers.runAll(client.channel());

        for (int i = 0; i < handles.length; i++) {
            assertThat(data(client.reply())).asString().isEqualTo("content");
        }
        byte[] again = opened("/small", READ);
        assertThat(data(client.ask(client.read(again, 0, 100)))).asString().isEqualTo("content");
    }
}
