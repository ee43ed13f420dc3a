package io.portolan.sftp.server.internal.request;

import static io.portolan.sftp.server.internal.testing.Conversation.entries;
import static io.portolan.sftp.server.internal.testing.Conversation.handle;
import static io.portolan.sftp.server.internal.testing.Conversation.names;
import static io.portolan.sftp.server.internal.testing.Conversation.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.fs.DirectoryEntry;
import io.portolan.fs.EntryStream;
import io.portolan.fs.FileInfo;
import io.portolan.fs.InMemoryFileSystem;
import io.portolan.fs.LinkHandling;
import io.portolan.fs.ReadableFile;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.VirtualPath;
import io.portolan.fs.nio.PathFileSystem;
import io.portolan.sftp.internal.SftpMessageNumber;
import io.portolan.sftp.internal.SftpStatus;
import io.portolan.sftp.server.internal.engine.SftpLimits;
import io.portolan.sftp.server.internal.testing.Conversation;
import io.portolan.sftp.server.internal.testing.ManualWorkers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** READDIR. */
class ListingTest {

    /** A directory of a given number of entries, which counts how many were asked for. */
    private static final class Large implements VirtualFileSystem {
        private final int count;
        private int given;
        private int open;
        private int mostAskedFor;

        Large(int count) {
            this.count = count;
        }

        @Override
        public FileInfo stat(VirtualPath path, LinkHandling links) {
            return FileInfo.directory(Instant.EPOCH);
        }

        @Override
        public EntryStream list(VirtualPath directory) {
            open++;
            return new EntryStream() {
                @Override
                public List<DirectoryEntry> next(int max) {
                    mostAskedFor = Math.max(mostAskedFor, max);
                    List<DirectoryEntry> entries = new ArrayList<>();
                    while (entries.size() < max && given < count) {
                        entries.add(new DirectoryEntry("file-" + given++, FileInfo.file(1, Instant.EPOCH)));
                    }
                    return entries;
                }

                @Override
                public void close() {
                    open--;
                }
            };
        }

        @Override
        public ReadableFile openRead(VirtualPath path, long offset) throws IOException {
            throw new NoSuchFileException(path.toString());
        }

        @Override
        public void close() {}
    }

    private static byte[] opendir(Conversation client, String path) {
        return handle(client.ask(client.path(SftpMessageNumber.OPENDIR, path)));
    }

    @Test
    void aHugeDirectoryIsPulledAsItIsAskedFor() {
        Large files = new Large(1_000_000);
        Conversation client = Conversation.with(files);
        byte[] directory = opendir(client, "/");
        assertThat(files.given).isZero();

        Conversation.Packet first = client.ask(client.on(SftpMessageNumber.READDIR, directory));

        assertThat(names(first)).startsWith(".", "..", "file-0");
        assertThat(files.given).isLessThan(2000);
        assertThat(files.mostAskedFor).isLessThan(2000);
        assertThat(status(client.ask(client.close(directory)))).isEqualTo(SftpStatus.OK);
        assertThat(files.open).isZero();
    }

    @Test
    void aBatchFitsIntoThePacketThatEveryClientTakes() {
        Conversation client = Conversation.with(new Large(10_000));
        byte[] directory = opendir(client, "/");
        List<String> all = new ArrayList<>();

        client.send(client.on(SftpMessageNumber.READDIR, directory));
        int octets = client.channel().sentOctets();
        Conversation.Packet reply = client.reply();
        while (reply.message() == SftpMessageNumber.NAME) {
            assertThat(octets).isLessThanOrEqualTo(34_000);
            all.addAll(names(reply));
            client.send(client.on(SftpMessageNumber.READDIR, directory));
            octets = client.channel().sentOctets();
            reply = client.reply();
        }

        assertThat(status(reply)).isEqualTo(SftpStatus.EOF);
        assertThat(all).hasSize(10_002).doesNotHaveDuplicates();
        assertThat(status(client.ask(client.on(SftpMessageNumber.READDIR, directory))))
                .isEqualTo(SftpStatus.EOF);
    }

    @Test
    void anEmptyDirectoryHasTheTwoDots() {
        Conversation client = Conversation.with(new Large(0));
        byte[] directory = opendir(client, "/");

        assertThat(names(client.ask(client.on(SftpMessageNumber.READDIR, directory))))
                .containsExactly(".", "..");
        assertThat(status(client.ask(client.on(SftpMessageNumber.READDIR, directory))))
                .isEqualTo(SftpStatus.EOF);
    }

    @Test
    void noLineOfAListingHoldsWhatSteersATerminal(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("plain"), "");
        Files.writeString(folder.resolve("new\nline"), "");
        Files.writeString(folder.resolve("esc\u001b[31m"), "");
        Files.writeString(folder.resolve("cr\rdrwx"), "");
        Conversation client = Conversation.with(PathFileSystem.of(folder));

        List<String[]> entries = entries(client.ask(client.on(SftpMessageNumber.READDIR, opendir(client, "/"))));

        assertThat(entries).extracting(entry -> entry[0]).containsExactlyInAnyOrder(".", "..", "plain");
        assertThat(entries)
                .allSatisfy(
                        entry -> assertThat(entry[1]).matches("[\\x20-\\x7e]+").endsWith(" " + entry[0]));
    }

    /** As many entries as are asked for, in each directory, until a number has been given: then it fails. */
    private static final class Endless implements VirtualFileSystem {
        private final int before;
        private final List<int[]> given = new ArrayList<>();

        Endless(int before) {
            this.before = before;
        }

        @Override
        public FileInfo stat(VirtualPath path, LinkHandling links) {
            return FileInfo.directory(Instant.EPOCH);
        }

        @Override
        public EntryStream list(VirtualPath directory) {
            int[] mine = new int[1];
            given.add(mine);
            return new EntryStream() {
                @Override
                public List<DirectoryEntry> next(int max) {
                    if (mine[0] >= before) {
                        throw new IllegalStateException("this test's store is broken");
                    }
                    List<DirectoryEntry> entries = new ArrayList<>();
                    for (int i = 0; i < max; i++) {
                        entries.add(new DirectoryEntry("file-" + mine[0]++, FileInfo.file(1, Instant.EPOCH)));
                    }
                    return entries;
                }

                @Override
                public void close() {}
            };
        }

        /** Of how many directories more has been read than so many packets and a half. */
        long beyond(int packets, int entries) {
            return given.stream()
                    .filter(mine -> mine[0] > (packets + 0.5) * entries)
                    .count();
        }

        @Override
        public ReadableFile openRead(VirtualPath path, long offset) throws IOException {
            throw new NoSuchFileException(path.toString());
        }

        @Override
        public void close() {}
    }

    @Test
    void theNextPacketsEntriesAreReadWhileTheClientLooksAtTheLast() {
        ManualWorkers workers = new ManualWorkers();
        Large files = new Large(10_000);
        Conversation client = Conversation.with(files, workers, SftpLimits.DEFAULT);
        client.send(client.path(SftpMessageNumber.OPENDIR, "/"));
        workers.runAll(client.channel());
        byte[] directory = handle(client.reply());
        client.send(client.on(SftpMessageNumber.READDIR, directory));
        workers.runOne();
        client.channel().runLoop();
        int first = names(client.reply()).size();
        int given = files.given;

        workers.runAll(client.channel());
        assertThat(files.given).isGreaterThan(given);
        given = files.given;
        client.send(client.on(SftpMessageNumber.READDIR, directory));
        workers.runOne();
        client.channel().runLoop();

        assertThat(names(client.reply())).hasSizeGreaterThan(100).startsWith("file-" + (first - 2));
        assertThat(files.given).isEqualTo(given);
    }

    @Test
    void aFewDirectoriesAreReadAheadAtATime() {
        Endless files = new Endless(Integer.MAX_VALUE);
        Conversation client = Conversation.with(files);
        List<byte[]> directories = new ArrayList<>();
        int onePacket = 0;
        for (int i = 0; i < HeadStart.MAX_KEPT + 2; i++) {
            directories.add(opendir(client, "/"));
            onePacket = names(client.ask(client.on(SftpMessageNumber.READDIR, directories.get(i))))
                    .size();
        }
        assertThat(files.beyond(1, onePacket)).isEqualTo(HeadStart.MAX_KEPT);

        client.ask(client.close(directories.get(0)));
        client.ask(client.close(directories.get(1)));
        // theirs are places for two others
        client.ask(client.on(SftpMessageNumber.READDIR, directories.get(HeadStart.MAX_KEPT)));
        client.ask(client.on(SftpMessageNumber.READDIR, directories.get(HeadStart.MAX_KEPT + 1)));
        assertThat(files.beyond(2, onePacket)).isEqualTo(2);
    }

    @Test
    void whatFailsWhileItIsReadAheadIsToldToWhoAsksForIt() {
        Endless files = new Endless(500);
        Conversation client = Conversation.with(files);
        byte[] directory = opendir(client, "/");

        assertThat(names(client.ask(client.on(SftpMessageNumber.READDIR, directory))))
                .hasSizeGreaterThan(100);
        assertThat(status(client.ask(client.on(SftpMessageNumber.READDIR, directory))))
                .isEqualTo(SftpStatus.FAILURE);
        assertThat(status(client.ask(client.close(directory)))).isEqualTo(SftpStatus.OK);
    }

    private static List<String> rest(Conversation client, byte[] directory) {
        List<String> names = new ArrayList<>();
        Conversation.Packet reply = client.ask(client.on(SftpMessageNumber.READDIR, directory));
        while (reply.message() == SftpMessageNumber.NAME) {
            List<String> some = names(reply);
            assertThat(some).isNotEmpty();
            names.addAll(some);
            reply = client.ask(client.on(SftpMessageNumber.READDIR, directory));
        }
        assertThat(status(reply)).isEqualTo(SftpStatus.EOF);
        return names;
    }

    private static void whatIsRemovedMeanwhileIsLeftOut(Conversation client, int keptOnes) {
        int count = 700;
        assertThat(status(client.ask(client.path(SftpMessageNumber.MKDIR, "/d").writeUint32(0))))
                .isEqualTo(SftpStatus.OK);
        for (int i = 0; i < count; i++) {
            client.upload("/d/file-" + i, "");
        }
        byte[] whole = opendir(client, "/d");
        List<String> all = rest(client, whole);
        assertThat(all).hasSize(count + 2);
        byte[] directory = opendir(client, "/d");
        List<String> first = names(client.ask(client.on(SftpMessageNumber.READDIR, directory)));
        List<String> left = new ArrayList<>(all);
        left.removeAll(first);
        // what was read ahead is as much as the first packet has, give or take the length of names
        List<String> removed = List.copyOf(left.subList(keptOnes, first.size() - 20));
        assertThat(removed).hasSizeGreaterThan(100);
        for (String name : removed) {
            assertThat(status(client.ask(client.path(SftpMessageNumber.REMOVE, "/d/" + name))))
                    .isEqualTo(SftpStatus.OK);
        }

        left.removeAll(removed);
        assertThat(rest(client, directory)).containsExactlyElementsOf(left);
        client.end();
    }

    @Test
    void whatTheClientHasRemovedIsNotListedThoughItWasReadAhead(@TempDir Path folder) throws IOException {
        for (int keptOnes : new int[] {0, 50}) {
            whatIsRemovedMeanwhileIsLeftOut(Conversation.with(InMemoryFileSystem.create()), keptOnes);
            try (VirtualFileSystem files = PathFileSystem.of(Files.createDirectory(folder.resolve("" + keptOnes)))) {
                whatIsRemovedMeanwhileIsLeftOut(Conversation.with(files), keptOnes);
            }
        }
    }

    @Test
    void opendirOfWhatIsNoDirectoryFails() {
        InMemoryFileSystem files = InMemoryFileSystem.create();
        Conversation client = Conversation.with(files);
        client.upload("/f", "content");

        assertThat(status(client.ask(client.path(SftpMessageNumber.OPENDIR, "/f"))))
                .isEqualTo(SftpStatus.FAILURE);
        assertThat(status(client.ask(client.path(SftpMessageNumber.OPENDIR, "/none"))))
                .isEqualTo(SftpStatus.NO_SUCH_FILE);
        assertThat(Conversation.with(files).download("/f")).isEqualTo("content");
    }
}
