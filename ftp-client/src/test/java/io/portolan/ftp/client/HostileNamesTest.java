package io.portolan.ftp.client;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names in listings that are not the name of one file in the directory: they are told, never taken, and mirrored nowhere. */
class HostileNamesTest {

    @TempDir
    Path folder;

    private NastyServer server;
    private FtpClient client;

    @BeforeEach
    void start() {
        server = NastyServer.start();
        client = FtpClient.builder().host("127.0.0.1").port(server.port()).build();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private static String unix(String name) {
        return "-rw-r--r--   1 ftp      ftp             4 Jan 02  2026 " + name;
    }

    private static String facts(String name) {
        return "type=file;size=4; " + name;
    }

    private static String dos(String name) {
        return "01-02-26  03:04AM                    4 " + name;
    }

    private void areTold() throws Exception {
        try (FtpSession session = ClientTest.get(client.connect())) {
            Listing listing = session.list("/");
            assertThat(ClientTest.get(listing.toList(10)))
                    .extracting(RemoteEntry::name)
                    .containsExactly("good");
            ListingResult result = ClientTest.get(listing.completion());
            assertThat(result.unread()).isEqualTo(1);
            assertThat(result.unreadLines()).hasSize(1);
        }
        MirrorResult result = mirror();
        assertThat(result.copied()).isEqualTo(1);
        assertThat(files()).containsExactly("here/good");
    }

    private final List<MirrorSkip> skipped = Collections.synchronizedList(new ArrayList<>());

    private MirrorResult mirror() throws IOException {
        server.file("/pub/good", "good".getBytes(StandardCharsets.UTF_8));
        MirrorListener listener = new MirrorListener() {
            @Override
            public void skipped(String path, MirrorSkip reason) {
                skipped.add(reason);
            }
        };
        return FtpMirror.between(client, "/pub", Files.createDirectories(folder.resolve("here")))
                .withOptions(MirrorOptions.builder().deleteExtra(true).build())
                .withListener(listener)
                .download();
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "/etc/passwd", "a/b", "good/../../x", "x/", "nul\0x", "cr\rx", "nul\0"})
    void areToldInListsOfFacts(String name) throws Exception {
        server.listing(facts(name), facts("good"));
        areTold();
        assertThat(skipped).containsExactly(MirrorSkip.UNSAFE_NAME);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "/etc/passwd", "a/b", "good/../../x", "x/y", "nul\0x", "cr\rx", "nul\0"})
    void areToldInListsOfUnix(String name) throws Exception {
        server.features("SIZE").listing(unix(name), unix("good"));
        areTold();
        assertThat(skipped).containsExactly(MirrorSkip.UNSAFE_NAME);
    }

    @ParameterizedTest
    @ValueSource(strings = {"..\\x", "C:x", "C:\\x", "a\\b", "\\\\host\\share", "good::$DATA", "a/b"})
    void areToldInListsOfWindows(String name) throws Exception {
        server.features("SIZE").listing(dos(name), dos("good"));
        areTold();
        assertThat(skipped).containsExactly(MirrorSkip.UNSAFE_NAME);
    }

    /** A backslash and a colon separate nothing there; the folder stays the border. */
    @ParameterizedTest
    @ValueSource(strings = {"..\\x", "C:x", "C:\\x", "a\\b"})
    void areFilesOfTheFolderWhereTheSystemTakesThemForNames(String name) throws Exception {
        server.listing(facts(name), facts("good")).file("/pub/" + name, "evil".getBytes(StandardCharsets.UTF_8));
        mirror();
        assertThat(files())
                .contains("here/good")
                .allMatch(file -> file.equals("here/good") || file.equals("here/" + name));
    }
}
