package io.portolan.sftp.server.internal.engine;

import static io.portolan.sftp.server.internal.testing.Conversation.CREAT;
import static io.portolan.sftp.server.internal.testing.Conversation.READ;
import static io.portolan.sftp.server.internal.testing.Conversation.TRUNC;
import static io.portolan.sftp.server.internal.testing.Conversation.WRITE;
import static io.portolan.sftp.server.internal.testing.Conversation.attributes;
import static io.portolan.sftp.server.internal.testing.Conversation.data;
import static io.portolan.sftp.server.internal.testing.Conversation.handle;
import static io.portolan.sftp.server.internal.testing.Conversation.names;
import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.fs.InMemoryFileSystem;
import io.portolan.sftp.internal.SftpMessageNumber;
import io.portolan.sftp.internal.SftpStatus;
import io.portolan.sftp.server.internal.testing.Conversation;
import io.portolan.sftp.server.internal.testing.ManualWorkers;
import io.portolan.ssh.internal.wire.SshWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Replies come in the order of the requests, and requests on one file have the effect of being done in their order, whatever the workers are at. */
class OrderTest {

    private final InMemoryFileSystem files = InMemoryFileSystem.create();
    private final ManualWorkers workers = new ManualWorkers();
    private final Conversation client = Conversation.with(files, workers, SftpLimits.DEFAULT);

    private byte[] opened(String path, int flags) {
        client.send(client.open(path, flags));
        workers.runAll(client.channel());
        return handle(client.reply());
    }

    @Test
    void anAnswerThatIsKnownAtOnceWaitsForThoseBefore() {
        client.sendAll(client.path(SftpMessageNumber.STAT, "/"), client.path(SftpMessageNumber.REALPATH, "/a/../b"));
        assertThat(client.hasReply()).isFalse();

        workers.runAll(client.channel());

        assertThat(client.reply().message()).isEqualTo(SftpMessageNumber.ATTRS);
        assertThat(names(client.reply())).containsExactly("/b");
    }

    @Test
    void aBurstOfRequestsOnOneHandleTakesTwoHopsAtMost() {
        byte[] handle = opened("/f", WRITE | CREAT | READ);
        for (int i = 0; i < 20; i++) {
            client.send(client.write(handle, i, "x"));
        }

        workers.runOne();
        client.channel().runLoop();
        workers.runOne();
        client.channel().runLoop();

        assertThat(workers.waiting()).isZero();
        for (int i = 0; i < 20; i++) {
            assertThat(client.status()).isEqualTo(SftpStatus.OK);
        }
    }

    @Test
    void requestsOnTwoHandlesRunBesideEachOther() {
        byte[] one = opened("/a", WRITE | CREAT);
        byte[] two = opened("/b", WRITE | CREAT);

        client.sendAll(client.write(one, 0, "x"), client.write(two, 0, "y"), client.path(SftpMessageNumber.STAT, "/c"));

        assertThat(workers.waiting()).isEqualTo(3);
        workers.runAll(client.channel());
    }

    @Test
    void statBehindCloseSeesTheUpload() {
        byte[] handle = opened("/f", WRITE | CREAT | TRUNC);

        client.sendAll(
                client.write(handle, 0, "12345"), client.close(handle), client.path(SftpMessageNumber.STAT, "/f"));
        workers.runAll(client.channel());

        assertThat(client.status()).isEqualTo(SftpStatus.OK);
        assertThat(client.status()).isEqualTo(SftpStatus.OK);
        assertThat(attributes(client.reply()).size()).hasValue(5);
    }

    @Test
    void renameBehindCloseRenamesTheUpload() {
        byte[] handle = opened("/f.part", WRITE | CREAT | TRUNC);

        client.sendAll(
                client.write(handle, 0, "12345"),
                client.close(handle),
                client.path(SftpMessageNumber.RENAME, "/f.part").writeString("/f"),
                client.path(SftpMessageNumber.STAT, "/f"),
                client.path(SftpMessageNumber.STAT, "/f.part"));
        workers.runAll(client.channel());

        assertThat(client.status()).isEqualTo(SftpStatus.OK);
        assertThat(client.status()).isEqualTo(SftpStatus.OK);
        assertThat(client.status()).isEqualTo(SftpStatus.OK);
        assertThat(attributes(client.reply()).size()).hasValue(5);
        assertThat(client.status()).isEqualTo(SftpStatus.NO_SUCH_FILE);
    }

    @Test
    void openBehindCloseOpensTheUpload() {
        byte[] handle = opened("/f", WRITE | CREAT | TRUNC);

        client.sendAll(client.write(handle, 0, "12345"), client.close(handle), client.open("/f", READ));
        workers.runAll(client.channel());

        assertThat(client.status()).isEqualTo(SftpStatus.OK);
        assertThat(client.status()).isEqualTo(SftpStatus.OK);
        byte[] again = handle(client.reply());
        client.send(client.read(again, 0, 10));
        workers.runAll(client.channel());
        assertThat(data(client.reply())).asString().isEqualTo("12345");
    }

    @Test
    void aListingBehindCloseShowsTheUpload() {
        byte[] handle = opened("/f", WRITE | CREAT | TRUNC);

        client.sendAll(client.close(handle), client.path(SftpMessageNumber.OPENDIR, "/"));
        workers.runAll(client.channel());

        assertThat(client.status()).isEqualTo(SftpStatus.OK);
        byte[] directory = handle(client.reply());
        client.send(client.on(SftpMessageNumber.READDIR, directory));
        workers.runAll(client.channel());
        assertThat(names(client.reply())).contains("f");
    }

    @Test
    void aPathElsewhereDoesNotWaitForAnUpload() {
        byte[] handle = opened("/f", WRITE | CREAT | TRUNC);

        client.sendAll(client.write(handle, 0, "12345"), client.open("/g", WRITE | CREAT | TRUNC));

        assertThat(workers.waiting()).isEqualTo(2);
        workers.runAll(client.channel());
    }

    @Test
    void aReadBehindAWriteOnAnotherHandleOfTheSameFileSeesIt() {
        byte[] writer = opened("/f", WRITE | CREAT);
        byte[] reader = opened("/g", WRITE | CREAT);
        client.sendAll(client.close(reader), client.close(writer));
        workers.runAll(client.channel());
        client.reply();
        client.reply();
        writer = opened("/f", WRITE);
        reader = opened("/f", READ);

        client.sendAll(client.write(writer, 0, "new"), client.read(reader, 0, 3), client.write(writer, 0, "old"));
        workers.runAll(client.channel());

        assertThat(client.status()).isEqualTo(SftpStatus.OK);
        assertThat(data(client.reply())).asString().isEqualTo("new");
        assertThat(client.status()).isEqualTo(SftpStatus.OK);
    }

    @Test
    void aFileThatIsBeingWrittenIsKnownByItsPath() {
        byte[] handle = opened("/f", WRITE | CREAT | TRUNC);

        client.sendAll(client.write(handle, 0, "1234567"), client.path(SftpMessageNumber.LSTAT, "/f"));
        workers.runAll(client.channel());

        assertThat(client.status()).isEqualTo(SftpStatus.OK);
        assertThat(attributes(client.reply()).size()).hasValue(7);
    }

    @Test
    void requestsInAnyMixtureHaveTheEffectOfBeingDoneInOrder() {
        for (int seed = 0; seed < 50; seed++) {
            assertThat(heard(seed, true)).as("seed %s", seed).isEqualTo(heard(seed, false));
        }
    }

    /** What a client hears that sends requests without waiting, while workers do what they have in any order, or at once. */
    private static List<String> heard(int seed, boolean shuffled) {
        Random mixture = new Random(seed);
        Random workersMood = new Random(seed);
        ManualWorkers workers = new ManualWorkers();
        Conversation client =
                Conversation.with(InMemoryFileSystem.create(), shuffled ? workers : Runnable::run, SftpLimits.DEFAULT);
        String[] paths = {"/a", "/b", "/c"};
        List<byte[]> handles = new ArrayList<>();
        for (String path : paths) {
            for (int i = 0; i < 2; i++) {
                client.send(client.open(path, READ | WRITE | CREAT));
                workers.runAll(client.channel());
                handles.add(handle(client.reply()));
            }
        }
        int sent = 60;
        for (int i = 0; i < sent; i++) {
            client.send(any(client, mixture, paths, handles.get(mixture.nextInt(handles.size())), i));
            while (workers.waiting() > workersMood.nextInt(6)) {
                workers.runAny(workersMood);
                client.channel().runLoop();
            }
        }
        while (workers.waiting() > 0) {
            workers.runAny(workersMood);
            client.channel().runLoop();
        }
        List<String> heard = new ArrayList<>();
        for (int i = 0; i < sent; i++) {
            heard.add(text(client.reply()));
        }
        return heard;
    }

    private static SshWriter any(Conversation client, Random mixture, String[] paths, byte[] handle, int i) {
        String path = paths[mixture.nextInt(paths.length)];
        return switch (mixture.nextInt(8)) {
            case 0 -> client.open(path, READ | WRITE | CREAT);
            case 1 -> client.path(SftpMessageNumber.STAT, path);
            case 2 -> client.path(SftpMessageNumber.REMOVE, path);
            case 3, 4 -> client.write(handle, mixture.nextInt(5), "content " + i);
            case 5, 6 -> client.read(handle, 0, 50);
            default ->
                mixture.nextBoolean()
                        ? client.close(handle)
                        : client.path(SftpMessageNumber.RENAME, path).writeString(paths[mixture.nextInt(paths.length)]);
        };
    }

    private static String text(Conversation.Packet reply) {
        String text = reply.id() + " " + reply.message();
        return switch (reply.message()) {
            case STATUS -> text + " " + Conversation.status(reply);
            case DATA -> text + " " + new String(data(reply), StandardCharsets.UTF_8);
            case ATTRS -> text + " " + attributes(reply).size();
            default -> text;
        };
    }
}
