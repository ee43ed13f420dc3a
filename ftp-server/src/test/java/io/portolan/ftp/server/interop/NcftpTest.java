package io.portolan.ftp.server.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.testing.Payload;
import io.portolan.testing.Peer;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** NcFTP's programs. */
class NcftpTest extends ServerPeerTest {

    private Peer.Outcome ncftp(String program, List<String> options, String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("-u", USER, "-p", PASSWORD, "-P", port(), "-t", "60"));
        if (!program.equals("ncftpls")) {
            all.addAll(List.of("-V", "-r", "1"));
        }
        all.addAll(options);
        all.addAll(List.of(arguments));
        return find(program).run(all.toArray(String[]::new));
    }

    private void put(List<String> options, String directory, String file) throws Exception {
        ncftp("ncftpput", options, host(), directory, file).succeeded();
    }

    private void get(List<String> options, String directory, String file) throws Exception {
        ncftp("ncftpget", options, host(), directory, file).succeeded();
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void movesAFileBothWays(Storage storage) throws Exception {
        serve(storage);
        byte[] bytes = localFile("file", 1_000_003);
        Files.createDirectory(local.resolve("back"));
        put(List.of(), "/", "file");
        assertThat(server.read("/file")).isEqualTo(bytes);
        get(List.of(), "back", "/file");
        assertThat(localBytes("back/file")).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-E", "-F"})
    void movesAFileActivelyAndPassively(String mode) throws Exception {
        serve(Storage.MEMORY);
        byte[] bytes = localFile("file", 300_000);
        Files.createDirectory(local.resolve("back"));
        put(List.of(mode), "/", "file");
        get(List.of(mode), "back", "/file");
        assertThat(localBytes("back/file")).isEqualTo(bytes);
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void movesATreeBothWays(Storage storage) throws Exception {
        serve(storage);
        Files.createDirectories(local.resolve("tree/a b/c"));
        Files.createDirectory(local.resolve("back"));
        for (int i = 0; i < 20; i++) {
            localFile((i % 2 == 0 ? "tree/a b/f" : "tree/a b/c/f") + i, Payload.bytes(i * 1000));
        }
        put(List.of("-R"), "/", "tree");
        get(List.of("-R"), "back", "/tree");
        for (int i = 0; i < 20; i++) {
            assertThat(localBytes((i % 2 == 0 ? "back/tree/a b/f" : "back/tree/a b/c/f") + i))
                    .isEqualTo(Payload.bytes(i * 1000));
        }
    }

    @Test
    void movesAnEmptyFile() throws Exception {
        serve(Storage.DISK);
        localFile("file", new byte[0]);
        Files.createDirectory(local.resolve("back"));
        put(List.of(), "/", "file");
        get(List.of(), "back", "/file");
        assertThat(stored.resolve("file")).isEmptyFile();
        assertThat(local.resolve("back/file")).isEmptyFile();
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void goesOnWithADownload(Storage storage) throws Exception {
        serve(storage);
        byte[] bytes = Payload.bytes(500_000);
        server.write("/file", bytes);
        localFile("file", Arrays.copyOf(bytes, 123_456));
        get(List.of("-z"), ".", "/file");
        assertThat(localBytes("file")).isEqualTo(bytes);
    }

    @Test
    void keepsTheTimeOfAFile() throws Exception {
        serve(Storage.DISK);
        Instant time = Instant.parse("2021-02-03T04:05:06Z");
        localFile("file", new byte[] {1});
        Files.setLastModifiedTime(local.resolve("file"), FileTime.from(time));
        put(List.of(), "/", "file");
        assertThat(Files.getLastModifiedTime(stored.resolve("file")).toInstant())
                .isEqualTo(time);
    }

    @Test
    void makesTheDirectoriesThatItNeeds() throws Exception {
        serve(Storage.DISK);
        localFile("file", new byte[] {1});
        put(List.of("-m"), "/made/deep", "file");
        assertThat(stored.resolve("made/deep/file")).hasBinaryContent(new byte[] {1});
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void lists(Storage storage) throws Exception {
        serve(storage);
        server.directory("/dir");
        server.write("/dir/a file", "12345");
        assertThat(ncftp("ncftpls", List.of("-l"), "ftp://" + host() + "/dir/")
                        .succeeded()
                        .output())
                .containsPattern("5 .*a file");
        assertThat(ncftp("ncftpls", List.of("-1"), "ftp://" + host() + "/dir/")
                        .succeeded()
                        .output())
                .contains("a file");
    }
}
