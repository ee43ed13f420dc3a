package io.portolan.sftp.server.internal.engine;

import static io.portolan.sftp.server.internal.testing.Conversation.CREAT;
import static io.portolan.sftp.server.internal.testing.Conversation.READ;
import static io.portolan.sftp.server.internal.testing.Conversation.TRUNC;
import static io.portolan.sftp.server.internal.testing.Conversation.WRITE;
import static io.portolan.sftp.server.internal.testing.Conversation.data;
import static io.portolan.sftp.server.internal.testing.Conversation.handle;
import static io.portolan.sftp.server.internal.testing.Conversation.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.fs.InMemoryFileSystem;
import io.portolan.sftp.internal.SftpMessageNumber;
import io.portolan.sftp.internal.SftpStatus;
import io.portolan.sftp.server.internal.testing.Conversation;
import io.portolan.sftp.server.internal.testing.ManualWorkers;
import io.portolan.ssh.internal.wire.SshWriter;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** How much may be asked for at a time, and when the peer gets credit for it. */
class OutstandingRequestsTest {

    private final InMemoryFileSystem files = InMemoryFileSystem.create();
    private final ManualWorkers workers = new ManualWorkers();
    private final Conversation client = Conversation.with(files, workers, SftpLimits.DEFAULT);

    private byte[] opened(String path, int flags) {
        client.send(client.open(path, flags));
        workers.runAll(client.channel());
        return handle(client.reply());
    }

    private void file(int size) {
        byte[] handle = opened("/f", WRITE | CREAT | TRUNC);
        byte[] piece = new byte[100_000];
        for (int at = 0; at < size; at += piece.length) {
            client.send(client.write(handle, at, Arrays.copyOf(piece, Math.min(piece.length, size - at))));
            workers.runAll(client.channel());
            assertThat(client.status()).isEqualTo(SftpStatus.OK);
        }
        client.send(client.close(handle));
        workers.runAll(client.channel());
        assertThat(client.status()).isEqualTo(SftpStatus.OK);
    }

    @Test
    void thePeerGetsCreditForARequestWhenTheWorkIsDone() {
        long before = client.channel().consumed();

        byte[] packet = Conversation.framed(client.path(SftpMessageNumber.STAT, "/"));
        client.sendBytes(packet);

        assertThat(client.channel().consumed()).isEqualTo(before);
        workers.runAll(client.channel());
        assertThat(client.channel().consumed()).isEqualTo(before + packet.length);
    }

    @Test
    void requestsBeyondTheLimitStayAsTheyCameAndWithoutCredit() {
        long before = client.channel().consumed();
        int packet = Conversation.framed(client.path(SftpMessageNumber.STAT, "/")).length;
        for (int i = 0; i < 1000; i++) {
            client.send(client.path(SftpMessageNumber.STAT, "/"));
        }

        workers.runOne();
        assertThat(client.channel().consumed()).isEqualTo(before);
        client.channel().runLoop();
        assertThat(client.channel().consumed() - before).isLessThanOrEqualTo(128L * packet);

        workers.runAll(client.channel());
        for (int i = 0; i < 1000; i++) {
            assertThat(client.reply().message()).isEqualTo(SftpMessageNumber.ATTRS);
        }
        assertThat(client.channel().consumed() - before).isEqualTo(1000L * packet);
    }

    @Test
    void writesBeyondTheLimitOfOctetsWaitWithoutCredit() {
        Conversation client = Conversation.with(files, workers, new SftpLimits(10, 128, 100_000));
        client.send(client.open("/g", WRITE | CREAT));
        workers.runAll(client.channel());
        byte[] handle = handle(client.reply());
        long before = client.channel().consumed();

        for (int i = 0; i < 10; i++) {
            client.send(client.write(handle, i * 30_000L, new byte[30_000]));
        }
        workers.runOne();
        client.channel().runLoop();

        assertThat(client.channel().consumed() - before).isBetween(30_000L, 121_000L);
        workers.runAll(client.channel());
        for (int i = 0; i < 10; i++) {
            assertThat(client.status()).isEqualTo(SftpStatus.OK);
        }
    }

    @Test
    void nothingIsTakenWhileThePeerDoesNotTakeReplies() {
        client.channel().setWritable(false);
        long before = client.channel().consumed();
        for (int i = 0; i < 100; i++) {
            client.send(client.path(SftpMessageNumber.REALPATH, "/"));
        }

        workers.runAll(client.channel());
        assertThat(client.channel().sentOctets()).isZero();
        assertThat(client.channel().consumed()).isEqualTo(before);

        client.channel().setWritable(true);
        client.engine().writable();
        for (int i = 0; i < 100; i++) {
            assertThat(client.reply().message()).isEqualTo(SftpMessageNumber.NAME);
        }
    }

    @Test
    void aFloodOfReadsDoesNotQueueMoreContentThanTheChannelTakes() {
        file(1_000_000);
        byte[] handle = opened("/f", READ);
        for (int i = 0; i < 100; i++) {
            client.send(client.read(handle, 0, SftpLimits.MAX_DATA));
        }
        client.channel().setWritable(false);

        workers.runAll(client.channel());

        // one hop was under way
        assertThat(client.channel().sentOctets()).isLessThan(1_100_000);
        client.channel().setWritable(true);
        client.engine().writable();
        workers.runAll(client.channel());
        for (int i = 0; i < 100; i++) {
            assertThat(data(client.reply())).hasSize(SftpLimits.MAX_DATA);
        }
    }

    @Test
    void aReadThatWaitsForAnotherHandlesRoomIsServedWhenItsReplyIsNext() {
        file(300_000);
        byte[][] handles = new byte[40][];
        for (int i = 0; i < handles.length; i++) {
            handles[i] = opened("/f", READ);
        }
        for (byte[] handle : handles) {
            client.send(client.read(handle, 0, SftpLimits.MAX_DATA));
        }
        for (byte[] handle : handles) {
            client.send(client.read(handle, 0, SftpLimits.MAX_DATA));
        }

        workers.runAll(client.channel());

        for (int i = 0; i < 2 * handles.length; i++) {
            assertThat(data(client.reply())).hasSize(SftpLimits.MAX_DATA);
        }
    }

    @Test
    void aReadOfNothingGivesNothingAndNotTheEnd() {
        Conversation client = Conversation.with(files);
        client.upload("/f", "content");
        byte[] handle = client.opened("/f", READ);

        assertThat(data(client.ask(client.read(handle, 0, 0)))).isEmpty();
    }

    @Test
    void aReadOfMoreThanAllowedIsCutToWhatIsAdvertised() {
        file(600_000);
        Conversation client = Conversation.with(files);
        byte[] handle = client.opened("/f", READ);

        assertThat(data(client.ask(client.read(handle, 0, 0xffff_ffffL)))).hasSize(SftpLimits.MAX_DATA);
        assertThat(data(client.ask(client.read(handle, 599_990, 0xffff_ffffL)))).hasSize(10);
    }

    @Test
    void aReadBehindTheEndOfAllFilesIsTheEnd() {
        Conversation client = Conversation.with(files);
        client.upload("/f", "content");
        byte[] handle = client.opened("/f", READ);

        for (long offset : new long[] {7, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE, -1}) {
            assertThat(status(client.ask(client.read(handle, offset, 10))))
                    .as("at %s", Long.toUnsignedString(offset))
                    .isEqualTo(SftpStatus.EOF);
        }
    }

    @Test
    void aWriteThatWouldReachBehindTheEndOfAllFilesIsRefused() {
        Conversation client = Conversation.with(files);
        byte[] handle = client.opened("/f", WRITE | CREAT);

        for (long offset : new long[] {Long.MAX_VALUE, Long.MIN_VALUE, -1}) {
            assertThat(status(client.ask(client.write(handle, offset, "x"))))
                    .as("at %s", Long.toUnsignedString(offset))
                    .isEqualTo(SftpStatus.FAILURE);
        }
        assertThat(status(client.ask(client.write(handle, 0, "")))).isEqualTo(SftpStatus.OK);
    }

    @Test
    void limitsAreToldAsTheyAre() throws Exception {
        SshWriter packet = client.path(SftpMessageNumber.EXTENDED, "limits@openssh.com");

        Conversation.Packet reply = client.ask(packet);

        assertThat(reply.message()).isEqualTo(SftpMessageNumber.EXTENDED_REPLY);
        assertThat(reply.fields().readUint64()).isEqualTo(262_144);
        assertThat(reply.fields().readUint64()).isEqualTo(261_120);
        assertThat(reply.fields().readUint64()).isEqualTo(261_120);
        assertThat(reply.fields().readUint64()).isEqualTo(256);
    }

    @Test
    void theLargestWriteThatIsAdvertisedIsTaken() {
        Conversation client = Conversation.with(files);
        byte[] handle = client.opened("/f", WRITE | CREAT);

        assertThat(status(client.ask(client.write(handle, 0, new byte[SftpLimits.MAX_DATA]))))
                .isEqualTo(SftpStatus.OK);
        assertThat(status(client.ask(client.write(handle, 0, new byte[256 * 1024]))))
                .as("by a client that takes the packet's limit for that of the content")
                .isEqualTo(SftpStatus.OK);
    }
}
