package io.portolan.ftp.server.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CurlTest extends PeerTest {

    private Peer curl;

    @BeforeEach
    void find() throws Exception {
        curl = Peer.find("curl", local);
    }

    private Peer.Outcome curl(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(
                List.of("-q", "-sS", "--max-time", "100", "-u", USER + ":" + PASSWORD, "--noproxy", "*"));
        all.addAll(List.of(arguments));
        return curl.run(all.toArray(String[]::new));
    }

    private String urlOf(String name) {
        return url("/" + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20"));
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void movesAFileBothWays(Storage storage) throws Exception {
        serve(storage);
        byte[] bytes = Payload.bytes(1_000_003);
        localFile("up", bytes);
        curl("-T", "up", url("/file")).succeeded();
        assertThat(server.read("/file")).isEqualTo(bytes);
        curl("-o", "down", url("/file")).succeeded();
        assertThat(localBytes("down")).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--disable-epsv", "--ftp-pasv", "-P-", "--disable-eprt -P-"})
    void movesAFileByEveryKindOfDataConnection(String options) throws Exception {
        serve(Storage.MEMORY);
        byte[] bytes = Payload.bytes(300_000);
        localFile("up", bytes);
        List<String> up = new ArrayList<>(Arrays.asList(options.split(" ")));
        List<String> down = new ArrayList<>(up);
        up.addAll(List.of("-T", "up", url("/file")));
        down.addAll(List.of("-o", "down", url("/file")));
        curl(up.toArray(String[]::new)).succeeded();
        curl(down.toArray(String[]::new)).succeeded();
        assertThat(localBytes("down")).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--ftp-pasv", "-P-"})
    void movesAFileOverIpv6(String mode) throws Exception {
        serveOnIpv6(Storage.MEMORY);
        byte[] bytes = Payload.bytes(300_000);
        localFile("up", bytes);
        curl("-g", mode, "-T", "up", url("/file")).succeeded();
        curl("-g", mode, "-o", "down", url("/file")).succeeded();
        assertThat(localBytes("down")).isEqualTo(bytes);
    }

    @Test
    void movesABigFileBothWays() throws Exception {
        serve(Storage.DISK);
        String hash = Payload.hash(Payload.file(local.resolve("up"), BIG));
        curl("-T", "up", url("/big")).succeeded();
        assertThat(Payload.hash(stored.resolve("big"))).isEqualTo(hash);
        curl("-o", "down", url("/big")).succeeded();
        assertThat(Payload.hash(local.resolve("down"))).isEqualTo(hash);
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void movesAnEmptyFileBothWays(Storage storage) throws Exception {
        serve(storage);
        localFile("up", new byte[0]);
        curl("-T", "up", url("/empty")).succeeded();
        assertThat(server.exists("/empty")).isTrue();
        curl("-o", "down", url("/empty")).succeeded();
        assertThat(local.resolve("down")).isEmptyFile();
    }

    @Test
    void movesManyFilesOverOneConnection() throws Exception {
        serve(Storage.MEMORY);
        List<String> arguments = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            server.write("/f" + i, "content " + i);
            arguments.addAll(List.of("-o", "g" + i, url("/f" + i)));
        }
        curl(arguments.toArray(String[]::new)).succeeded();
        for (int i = 0; i < 20; i++) {
            assertThat(local.resolve("g" + i)).hasContent("content " + i);
        }
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void takesNamesAsTheyAre(Storage storage) throws Exception {
        serve(storage);
        for (String name : AWKWARD_NAMES) {
            localFile("up", name.getBytes(StandardCharsets.UTF_8));
            curl("-T", "up", urlOf(name)).succeeded();
            curl("-o", "down", urlOf(name)).succeeded();
            assertThat(local.resolve("down")).hasContent(name);
        }
        assertThat(curl("-l", url("/")).succeeded().output().lines())
                .containsExactlyInAnyOrderElementsOf(AWKWARD_NAMES);
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void lists(Storage storage) throws Exception {
        serve(storage);
        server.directory("/dir");
        server.write("/dir/a file", "12345");
        assertThat(curl(url("/dir/")).succeeded().output()).containsPattern("(?m)^-rw.* 5 .* a file\\r?$");
        assertThat(curl("-l", url("/dir/")).succeeded().output().strip()).isEqualTo("a file");
        assertThat(curl("-X", "MLSD", url("/dir/")).succeeded().output())
                .containsPattern("(?mi)^(?=.*type=file;)(?=.*size=5;).* a file\\r?$");
    }

    @Test
    void tellsThatThereIsNoSuchFile() throws Exception {
        serve(Storage.MEMORY);
        assertThat(curl("-o", "down", url("/nothing")).failed().exit()).isEqualTo(78);
        assertThat(curl(url("/nowhere/")).failed().exit()).isEqualTo(9);
    }

    @Test
    void isNotLetInByAWrongPassword() throws Exception {
        serve(Storage.MEMORY);
        assertThat(curl.run("-q", "-sS", "-u", USER + ":wrong", url("/"))
                        .failed()
                        .exit())
                .isEqualTo(67);
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void goesOnWithADownload(Storage storage) throws Exception {
        serve(storage);
        byte[] bytes = Payload.bytes(500_000);
        server.write("/file", bytes);
        localFile("down", Arrays.copyOf(bytes, 123_456));
        curl("-C", "-", "-o", "down", url("/file")).succeeded();
        assertThat(localBytes("down")).isEqualTo(bytes);
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void goesOnWithAnUpload(Storage storage) throws Exception {
        serve(storage);
        byte[] bytes = Payload.bytes(500_000);
        localFile("up", bytes);
        server.write("/file", Arrays.copyOf(bytes, 123_456));
        curl("-C", "-", "-T", "up", url("/file")).succeeded();
        assertThat(server.read("/file")).isEqualTo(bytes);
    }

    @Test
    void appends() throws Exception {
        serve(Storage.DISK);
        localFile("up", new byte[] {4, 5});
        server.write("/file", new byte[] {1, 2, 3});
        curl("-a", "-T", "up", url("/file")).succeeded();
        assertThat(server.read("/file")).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void takesAPartOfAFile() throws Exception {
        serve(Storage.DISK);
        byte[] bytes = Payload.bytes(4_000_000);
        server.write("/file", bytes);
        curl("-r", "100000-100999", "-o", "part", url("/file"), "-o", "whole", url("/file"));
        assertThat(localBytes("part")).isEqualTo(Arrays.copyOfRange(bytes, 100_000, 101_000));
    }

    @Test
    void endsLinesAsTheOtherSideWantsThem() throws Exception {
        serve(Storage.MEMORY);
        server.write("/text", "one\ntwo\n");
        assertThat(curl("-B", url("/text")).succeeded().output()).isIn("one\r\ntwo\r\n", "one\ntwo\n");
        Files.writeString(local.resolve("up"), "three\nfour\n");
        curl("-B", "-T", "up", url("/other")).succeeded();
        assertThat(server.text("/other")).isEqualTo("three\nfour\n");
    }

    @Test
    void makesRenamesAndDeletes() throws Exception {
        serve(Storage.DISK);
        localFile("up", new byte[] {1});
        curl("--ftp-create-dirs", "-T", "up", url("/a/b/file")).succeeded();
        assertThat(server.read("/a/b/file")).containsExactly(1);
        curl("-Q", "RNFR a/b/file", "-Q", "RNTO a/renamed", "-Q", "RMD a/b", "-Q", "MKD c", url("/"))
                .succeeded();
        assertThat(server.read("/a/renamed")).containsExactly(1);
        assertThat(server.exists("/a/b")).isFalse();
        assertThat(server.exists("/c")).isTrue();
        curl("-Q", "DELE a/renamed", url("/")).succeeded();
        assertThat(server.exists("/a/renamed")).isFalse();
    }

    @Test
    void learnsSizeAndTime() throws Exception {
        serve(Storage.DISK);
        server.write("/file", "12345");
        Instant time = Instant.parse("2021-02-03T04:05:06Z");
        Files.setLastModifiedTime(stored.resolve("file"), FileTime.from(time));
        assertThat(curl("-I", url("/file")).succeeded().output())
                .contains("Content-Length: 5")
                .contains("Last-Modified: Wed, 03 Feb 2021 04:05:06 GMT")
                .contains("Accept-ranges: bytes");
        curl("-R", "-o", "down", url("/file")).succeeded();
        assertThat(Files.getLastModifiedTime(local.resolve("down")).toInstant()).isEqualTo(time);
    }
}
