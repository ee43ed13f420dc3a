package io.portolan.ftp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.ftp.client.testing.NastyServer;
import io.portolan.mirror.MirrorListener;
import io.portolan.mirror.MirrorOptions;
import io.portolan.mirror.MirrorResult;
import io.portolan.mirror.MirrorSkip;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mirrors and segments from servers that mean no good, or know little. */
class HostileMirrorTest {

    @TempDir
    Path folder;

    private final List<String> skipped = Collections.synchronizedList(new ArrayList<>());
    private NastyServer server;
    private FtpClient client;
    private Path here;

    private final MirrorListener listener = new MirrorListener() {
        @Override
        public void skipped(String path, MirrorSkip reason) {
            skipped.add(reason + " " + path);
        }
    };

    @BeforeEach
    void start() throws IOException {
        server = NastyServer.start();
        client = FtpClient.builder().host("127.0.0.1").port(server.port()).build();
        here = Files.createDirectories(folder.resolve("here"));
        Files.writeString(here.resolve("mine"), "mine");
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private MirrorResult download() throws IOException {
        return FtpMirror.between(client, "/pub", here)
                .withOptions(MirrorOptions.builder().deleteExtra(true).build())
                .withListener(listener)
                .download();
    }

    private List<String> all() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void namesThatLeadElsewhereAreToldAndNothingIsDeletedBesideThem() throws Exception {
        server.listing(
                        "type=file;size=4; ../evil",
                        "type=file;size=4; /etc/evil",
                        "type=dir; ../../up",
                        "type=file;size=4; good",
                        "type=cdir; .",
                        "type=pdir; ..")
                .file("/pub/good", "good".getBytes(StandardCharsets.UTF_8))
                .file("/evil", "evil".getBytes(StandardCharsets.UTF_8));
        MirrorResult result = download();
        assertThat(result.copied()).isEqualTo(1);
        assertThat(result.deleted()).isZero();
        assertThat(skipped).hasSize(3).allMatch(line -> line.startsWith("UNSAFE_NAME / "));
        assertThat(all()).containsExactly("here/good", "here/mine");
    }

    @Test
    void withoutFactsTheListingOfLsIsRead() throws Exception {
        server.features("SIZE", "EPSV")
                .listing(
                        "total 12",
                        "-rw-r--r--   1 ftp      ftp             4 Jan 02  2026 good",
                        "lrwxrwxrwx   1 ftp      ftp             4 Jan 02  2026 link -> /etc/passwd",
                        "-rw-r--r--   1 ftp      ftp             4 Jan 02  2026 ../evil",
                        "what is this")
                .file("/pub/good", "good".getBytes(StandardCharsets.UTF_8));
        MirrorResult result = download();
        assertThat(result.copied()).isEqualTo(1);
        assertThat(skipped).hasSize(3).contains("LINK /link", "NOT_UNDERSTOOD / what is this");
        assertThat(all()).containsExactly("here/good", "here/mine");
        assertThat(server.commands()).contains("CWD /pub", "LIST");
        assertThat(download().unchanged()).isEqualTo(1);
    }

    @Test
    void aListingThatIsRefusedDeletesNothing() {
        server.reply("MLSD", "550 No way.");
        assertThatThrownBy(this::download).isInstanceOf(FtpReplyException.class);
        assertThat(here.resolve("mine")).exists();
    }

    @Test
    void aDirectoryThatIsRefusedForBeingEmptyIsEmpty() throws Exception {
        server.features("SIZE").reply("LIST", "550 No files found.");
        assertThat(download().deleted()).isEqualTo(1);
        assertThat(all()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"450 Not now.", "450 The cache is empty.", "550 The disk is empty of luck.", "451 No files."})
    void aListingThatFailsForAnotherReasonDeletesNothing(String reply) {
        server.features("SIZE").reply("LIST", reply);
        assertThatThrownBy(this::download).isInstanceOf(FtpReplyException.class);
        assertThat(here.resolve("mine")).exists();
    }

    @Test
    void aDirectoryOfWhichSomethingWasListedIsNotEmpty() {
        server.features("SIZE").on("LIST", (session, argument) -> {
            session.reply("150 Here it comes.");
            session.withData(data -> data.send("-rw-r--r--   1 ftp      ftp             4 Jan 02  2026 good\r\n")
                    .end()
                    .then(() -> session.reply("450 No files found.")));
        });
        assertThatThrownBy(this::download).isInstanceOf(FtpReplyException.class);
        assertThat(here.resolve("mine")).exists();
    }

    @Test
    void aFileThatChangesMeanwhileIsNotTaken() {
        AtomicInteger asked = new AtomicInteger();
        server.file("/big", new byte[1000])
                .on("MDTM", (session, argument) -> session.reply("213 2026010203040" + asked.getAndIncrement()));
        assertThatThrownBy(() -> SegmentedDownload.of(client, "/big", folder.resolve("big"))
                        .run())
                .isInstanceOf(FtpVerificationException.class);
        assertThat(folder.resolve("big")).doesNotExist();
    }

    @Test
    void aServerWithoutRestGivesAFileInOnePart() throws Exception {
        byte[] content = new byte[12_000_000];
        content[11_000_000] = 7;
        server.features("SIZE").file("/big", content);
        SegmentedDownload.Result result =
                SegmentedDownload.of(client, "/big", folder.resolve("big")).run();
        assertThat(result).isEqualTo(new SegmentedDownload.Result(content.length, 1));
        assertThat(folder.resolve("big")).hasBinaryContent(content);
    }

    @Test
    void aServerThatMustTellAChecksumAndHasNoneFails() {
        server.file("/big", new byte[1000]);
        assertThatThrownBy(() -> SegmentedDownload.of(client, "/big", folder.resolve("big"))
                        .withVerification(Verification.HASH)
                        .run())
                .isInstanceOf(FtpVerificationException.class)
                .hasMessageContaining("checksum");
    }

    private FtpMirror careful() {
        return FtpMirror.between(client, "/pub", here)
                .withOptions(MirrorOptions.builder()
                        .verify(true)
                        .atomicUploads(true)
                        .keepTimes(false)
                        .build());
    }

    @Test
    void anUploadThatIsNotWholeNeverHasItsName() throws Exception {
        server.features("SIZE", "EPSV", "MLST type*;size*;")
                .listing()
                .on("SIZE", (session, path) -> session.reply("213 3"));
        MirrorResult result = careful().upload();
        assertThat(result.failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.cause()).isInstanceOf(FtpVerificationException.class));
        assertThat(server.has("/pub/mine")).isFalse();
        assertThat(server.verbs()).contains("DELE").doesNotContain("RNFR");
        server.on("SIZE", (session, path) -> session.reply("213 4"))
                .reply("RNFR", "350 Go on.")
                .reply("RNTO", "250 Done.");
        assertThat(careful().upload().failures()).isEmpty();
        assertThat(server.commands()).endsWith("RNTO /pub/mine");
        assertThat(server.commands()).noneMatch("STOR /pub/mine"::equals);
    }

    @Test
    void aDownloadThatDiffersDoesNotAppear() throws Exception {
        server.features("EPSV", "MLST type*;size*;", "HASH SHA-256*")
                .listing("type=file;size=4; good")
                .file("/pub/good", "good".getBytes(StandardCharsets.UTF_8))
                .on("HASH", (session, path) -> session.reply("213 SHA-256 0-4 " + "0".repeat(64) + " " + path));
        MirrorResult result = careful().download();
        assertThat(result.failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.cause()).isInstanceOf(FtpVerificationException.class));
        assertThat(all()).containsExactly("here/mine");
    }
}
