package io.portolan.ftp.server.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.portolan.fs.DelegatingFileSystem;
import io.portolan.fs.DirectoryEntry;
import io.portolan.fs.EntryStream;
import io.portolan.fs.FileInfo;
import io.portolan.fs.ReadableFile;
import io.portolan.fs.VirtualPath;
import io.portolan.ftp.server.testing.GeneratedFile;
import io.portolan.ftp.server.testing.OneClientTest;
import io.portolan.ftp.server.testing.ServerFixture;
import io.portolan.ftp.server.testing.TestData;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is answered while a transfer runs, also when the client has stopped reading its data (RFC 959 §4.1.3, §5.4; RFC 1123 §4.1.2). */
@SuppressWarnings("try") // data connections that nobody reads
class DuringTransferTest extends OneClientTest {

    /** More than all buffers between the two ends hold. */
    private static final long LARGE = 64L << 20;

    private static final int ENTRIES = 100_000;

    /** More than all buffers hold, however large this machine makes them. */
    private static final int MORE_ENTRIES = 100 * ENTRIES;

    /** Files of zeros, and directories with many entries. */
    private static final class Endless extends DelegatingFileSystem {
        private final List<GeneratedFile> opened = new CopyOnWriteArrayList<>();
        private final AtomicInteger listed = new AtomicInteger();
        private final AtomicBoolean listingClosed = new AtomicBoolean();

        @Override
        public ReadableFile openRead(VirtualPath path, long offset) {
            GeneratedFile file = new GeneratedFile(path.name().equals("endless") ? Long.MAX_VALUE : LARGE);
            opened.add(file);
            return file;
        }

        @Override
        public EntryStream list(VirtualPath directory) {
            FileInfo info = FileInfo.file(1, Instant.EPOCH);
            int entries = directory.name().equals("huge") ? MORE_ENTRIES : ENTRIES;
            return new EntryStream() {
                @Override
                public List<DirectoryEntry> next(int max) {
                    List<DirectoryEntry> batch = new ArrayList<>();
                    while (batch.size() < max && listed.get() < entries) {
                        batch.add(new DirectoryEntry("entry-" + listed.incrementAndGet(), info));
                    }
                    return batch;
                }

                @Override
                public void close() {
                    listingClosed.set(true);
                }
            };
        }
    }

    private final Endless files = new Endless();

    @Override
    protected ServerFixture serve() throws Exception {
        return ServerFixture.serving(files);
    }

    @AfterEach
    void stop() throws Exception {
        await().untilAsserted(() -> {
            assertThat(server.server().passivePortStatistics().leased()).isZero();
            assertThat(files.opened).allMatch(GeneratedFile::isClosed);
        });
    }

    /** Begins a download, and reads nothing of it any more. */
    private TestData stuckDownload(String file) throws IOException {
        TestData data = client.extendedPassive();
        client.expect(150, "RETR " + file);
        data.read(1000);
        return data;
    }

    @Test
    void statTellsHowFarItIs() throws Exception {
        try (TestData data = stuckDownload("endless")) {
            assertThat(client.expect(211, "STAT").all()).matches("(?s).*RETR /endless, \\d+ bytes moved.*");
            assertThat(client.expect(211, "STAT /somewhere").all()).contains("RETR /endless");
            client.expect(200, "NOOP");
            client.expect(426, "ABOR");
            client.expect(226);
        }
        assertThat(client.expect(211, "STAT").all()).contains("TYPE I").contains("Logged in as alice");
    }

    @Test
    void aborIsAnsweredWith426And226() throws Exception {
        for (int i = 0; i < 20; i++) {
            try (TestData data = stuckDownload("endless")) {
                client.expect(426, "ABOR");
                client.expect(226);
            }
        }
        client.expect(226, "ABOR");
        client.expect(257, "PWD");
    }

    @Test
    void aborEndsAnUploadToo() throws Exception {
        try (TestData data = client.extendedPassive()) {
            client.expect(150, "STOR file");
            data.write(new byte[1000]);
            client.expect(426, "ABOR");
            client.expect(226);
        }
        assertThat(server.exists("/file")).isFalse();
    }

    @Test
    void aborEndsTheWaitForADataConnection() throws Exception {
        client.extendedPassivePort();
        client.expect(150, "RETR endless");
        assertThat(client.expect(211, "STAT").all()).contains("waiting for the data connection");
        client.expect(426, "ABOR");
        client.expect(226);
    }

    @Test
    void aborGivesBackAPortThatNobodyUsed() throws Exception {
        client.extendedPassivePort();
        client.expect(226, "ABOR");
        client.expect(425, "RETR endless");
    }

    @Test
    void aborIsHeardBehindTelnetsInterruptAndSynch() throws Exception {
        try (TestData data = stuckDownload("endless")) {
            // IAC IP, then IAC DM of which DM is urgent (RFC 959 §4.1.3, RFC 854)
            client.sendRaw(new byte[] {(byte) 0xff, (byte) 0xf4, (byte) 0xff});
            client.control().sendUrgentData(0xf2);
            client.sendRaw("ABOR\r\n");
            client.expect(426);
            client.expect(226);
        }
        client.expect(257, "PWD");
    }

    @Test
    void aborIsHeardBehindASynchThatIsSentInline() throws Exception {
        try (TestData data = stuckDownload("endless")) {
            client.sendRaw(new byte[] {(byte) 0xff, (byte) 0xf4, (byte) 0xff, (byte) 0xf2, 'A', 'B', 'O', 'R', 13, 10});
            client.expect(426);
            client.expect(226);
        }
    }

    @Test
    void quitLetsTheTransferEndFirst() throws Exception {
        try (TestData data = stuckDownload("large")) {
            client.expect(221, "QUIT");
            assertThat(data.readAll()).hasSize((int) LARGE - 1000);
            client.expect(226);
            client.expectClosed();
        }
    }

    @Test
    void otherCommandsWaitForTheEnd() throws Exception {
        try (TestData data = stuckDownload("large")) {
            client.expect(200, "NOOP");
            client.send("PWD");
            client.send("SYST");
            client.send("NOOP");
            assertThat(data.readAll()).hasSize((int) LARGE - 1000);
            client.expect(226);
            client.expect(257);
            client.expect(215);
            client.expect(200);
        }
    }

    @Test
    void commandsSentAheadAreNotLostByTheQuitBehindThem() throws Exception {
        try (TestData data = client.extendedPassive()) {
            client.sendRaw("RETR large\r\nMKD first\r\nNOOP\r\nMKD second\r\nQUIT\r\n");
            client.expect(150);
            assertThat(data.readAll()).hasSize((int) LARGE);
            for (int code : new int[] {226, 257, 200, 257, 221}) {
                client.expect(code);
            }
            client.expectClosed();
        }
        assertThat(server.exists("/first")).isTrue();
        assertThat(server.exists("/second")).isTrue();
    }

    @Test
    void aborPassesCommandsThatWait() throws Exception {
        try (TestData data = stuckDownload("endless")) {
            client.send("PWD");
            client.expect(426, "ABOR");
            client.expect(226);
            client.expect(257);
        }
    }

    @Test
    void aborEndsTheTransferThatQuitWaitsFor() throws Exception {
        try (TestData data = stuckDownload("endless")) {
            client.expect(221, "QUIT");
            client.expect(426, "ABOR");
            client.expect(226);
            client.expectClosed();
        }
    }

    @Test
    void aHashThatQuitWaitsForCanBeAborted() throws Exception {
        client.send("HASH endless");
        client.expect(221, "QUIT");
        client.expect(426, "ABOR");
        client.expect(226);
        client.expectClosed();
    }

    @Test
    void reinLetsTheTransferEndFirst() throws Exception {
        try (TestData data = stuckDownload("large")) {
            client.send("REIN");
            assertThat(data.readAll()).hasSize((int) LARGE - 1000);
            client.expect(226);
            client.expect(220);
            client.expect(530, "PWD");
        }
    }

    @Test
    void aFloodOfCommandsIsLeftInTheSocketAndAnsweredAfterwards() throws Exception {
        try (TestData data = stuckDownload("large")) {
            Thread flood = new Thread(() -> {
                try {
                    client.sendRaw("PWD\r\n".repeat(10_000));
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            flood.start();
            assertThat(data.readAll()).hasSize((int) LARGE - 1000);
            client.expect(226);
            for (int i = 0; i < 10_000; i++) {
                client.expect(257);
            }
            flood.join();
        }
        client.expect(200, "NOOP");
    }

    @Test
    void pipelinedCommandsAreAnsweredInTheirOrder() throws Exception {
        client.sendRaw("PWD\r\nSYST\r\nNONSENSE\r\nTYPE A\r\nFEAT\r\nMKD new\r\nCWD new\r\nPWD\r\nNOOP\r\n");
        for (int code : new int[] {257, 215, 500, 200, 211, 257, 250, 257, 200}) {
            client.expect(code);
        }
    }

    @Test
    void aHashCanBeAborted() throws Exception {
        client.send("HASH endless");
        client.send("STAT");
        assertThat(client.expect(211).all()).contains("HASH is at work on /endless");
        client.expect(200, "NOOP");
        client.expect(426, "ABOR");
        client.expect(226);
        client.expect(257, "PWD");
    }

    @Test
    void aHashEndsWhenItsClientGoesAway() throws Exception {
        client.send("XMD5 endless");
        client.send("NOOP");
        client.expect(200);
        client.close();
        await().untilAsserted(() -> assertThat(server.server().sessions()).isEmpty());
    }

    @Test
    void listingsOfManyEntriesStream() throws Exception {
        assertThat(client.list("NLST").lines()).hasSize(ENTRIES);
        await().untilTrue(files.listingClosed);
    }

    @Test
    void aListingThatNobodyReadsStopsAndCanBeAborted() throws Exception {
        server.directory("/huge");
        try (TestData data = client.extendedPassive()) {
            client.expect(150, "MLSD huge");
            data.read(100);
            client.expect(426, "ABOR");
            client.expect(226);
        }
        await().untilTrue(files.listingClosed);
        assertThat(files.listed.get()).isLessThan(MORE_ENTRIES);
    }

    @Test
    void statOfADirectoryIsBounded() throws Exception {
        List<String> lines = client.expect(212, "STAT /").lines();
        assertThat(lines).hasSizeLessThan(1010);
        assertThat(lines.get(lines.size() - 2)).contains("only LIST");
        await().untilTrue(files.listingClosed);
    }

    @Test
    void aSessionThatIsKickedEndsItsTransfer() throws Exception {
        try (TestData data = stuckDownload("endless")) {
            String id = server.server().sessions().get(0).id();
            assertThat(server.server().disconnect(id, "by the operator")).isTrue();
            client.expect(426);
            assertThat(client.expect(421).all()).contains("by the operator");
            client.expectClosed();
        }
        assertThat(server.server().disconnect("nobody", "by the operator")).isFalse();
    }

    @Test
    void aReasonOfTwoLinesIsToldInOne() throws Exception {
        String id = server.server().sessions().get(0).id();
        assertThat(server.server().disconnect(id, "maintenance\r\n226 done")).isTrue();
        assertThat(client.expect(421).lines()).hasSize(1);
        client.expectClosed();
    }

    @Test
    void theDataPeerThatGoesAwayEndsTheTransferWith426() throws Exception {
        try (TestData data = stuckDownload("endless")) {
            data.reset();
            client.expect(426);
        }
        client.expect(257, "PWD");
        try (TestData data = stuckDownload("endless")) {
            data.close();
            client.expect(426);
        }
    }

    @Test
    void aDownloadMayBeClosedByTheServerOnlyAfterAllHasArrived() throws Exception {
        try (TestData data = client.extendedPassive()) {
            client.expect(150, "RETR large");
            assertThat(data.readAll()).hasSize((int) LARGE);
            assertThat(client.expect(226).all().getBytes(US_ASCII)).isNotEmpty();
        }
    }
}
