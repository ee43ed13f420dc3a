package io.portolan.sftp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.mirror.MirrorListener;
import io.portolan.mirror.MirrorOptions;
import io.portolan.mirror.MirrorResult;
import io.portolan.mirror.MirrorSkip;
import io.portolan.sftp.client.testing.FakeScript;
import io.portolan.sftp.client.testing.FakeServer;
import io.portolan.sftp.client.testing.NastyServer;
import io.portolan.sftp.internal.SftpMessageNumber;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Trees of a server that would like to write elsewhere than it is let to, over a real socket. */
final class HostileTreeTest {

    private static final byte[] CONTENT = "of the server".getBytes(StandardCharsets.UTF_8);

    /** One worker, as the server has one handle for all. */
    private static final MirrorOptions ONE_BY_ONE =
            MirrorOptions.builder().parallel(1).build();

    @TempDir
    private Path folder;

    private final FakeServer tree = new FakeServer(CONTENT);
    private final Map<String, MirrorSkip> skipped = new ConcurrentHashMap<>();
    private Path here;

    @BeforeEach
    void makeFolder() throws IOException {
        here = Files.createDirectories(folder.resolve("deep/er/here"));
    }

    private MirrorResult mirror(MirrorOptions options) throws IOException {
        try (NastyServer server = new NastyServer(() -> new FakeScript(tree));
                SftpClient client = server.client().build()) {
            return SftpMirror.between(client, "/", here)
                    .withOptions(options)
                    .withListener(new MirrorListener() {
                        @Override
                        public void skipped(String path, MirrorSkip reason) {
                            skipped.put(path, reason);
                        }
                    })
                    .download();
        }
    }

    @Test
    void namesThatLeadElsewhereMakeNoFile() throws Exception {
        tree.lists(".", "..", "", "../escaped", "/tmp/escaped", "a/b", "a\u0000b", "../../escaped", "good");
        MirrorResult result = mirror(ONE_BY_ONE);
        assertThat(result.failures()).isEmpty();
        assertThat(result.copied()).isEqualTo(1);
        assertThat(here.resolve("good")).hasBinaryContent(CONTENT);
        try (Stream<Path> all = Files.walk(folder)) {
            assertThat(all.filter(Files::isRegularFile)).containsExactly(here.resolve("good"));
        }
        assertThat(skipped).containsValue(MirrorSkip.UNSAFE_NAME).doesNotContainKey("/good");
    }

    @Test
    void aTreeWithoutAFloorIsLeftAtTheDepthThatIsSet() throws Exception {
        tree.nests("in");
        mirror(ONE_BY_ONE.toBuilder().maxDepth(5).build());
        assertThat(skipped.values()).containsExactly(MirrorSkip.TOO_DEEP);
        try (Stream<Path> all = Files.walk(here)) {
            assertThat(all.count()).isEqualTo(5);
        }
    }

    @Test
    void aDirectoryWithoutAnEndIsLeftAtTheNumberThatIsSet() {
        tree.listsEndlessly();
        assertThatThrownBy(() -> mirror(ONE_BY_ONE.toBuilder().maxEntries(50).build()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("more than 50 entries");
        assertThat(here).isEmptyDirectory();
    }

    @Test
    void aFileGetsNoRightsOfItsOwner() throws Exception {
        tree.lists("good").permits(07755);
        mirror(ONE_BY_ONE.toBuilder().keepPermissions(true).build());
        assertThat(Files.getAttribute(here.resolve("good"), "unix:mode")).isEqualTo(0100755);
    }

    /** When somebody plants a link in the place of a file. */
    enum Moment {
        /** The place has been found to be free, and the server's names come. */
        LISTING(SftpMessageNumber.READDIR),
        /** The file is about to come. */
        OPENING(SftpMessageNumber.OPEN),
        /** It comes. */
        READING(SftpMessageNumber.READ);

        private final SftpMessageNumber message;

        Moment(SftpMessageNumber message) {
            this.message = message;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLinkThatIsPlantedMeanwhileIsNotWrittenThrough(Moment moment) throws Exception {
        Path outside = Files.writeString(folder.resolve("outside"), "precious");
        Path place = here.resolve("good");
        tree.lists("good").answering(moment.message, answer -> {
            plant(place, outside);
            return answer;
        });
        mirror(ONE_BY_ONE);
        assertThat(outside).hasContent("precious");
    }

    private static void plant(Path place, Path outside) {
        try {
            if (!Files.isSymbolicLink(place)) {
                Files.createSymbolicLink(place, outside);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
