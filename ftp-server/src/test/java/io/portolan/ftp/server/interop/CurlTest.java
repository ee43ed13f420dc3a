package io.portolan.ftp.server.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.testing.Payload;
import io.portolan.testing.Peer;
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

class CurlTest extends BothWaysTest {

    private Peer curl;

    @BeforeEach
    void find() throws Exception {
        curl = find("curl");
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

    @Override
    void moveBothWays(String kind) throws Exception {
        List<String> options = kind.equals(BY_ITSELF) ? List.of() : List.of(kind.split(" "));
        for (List<String> way : List.of(List.of("-T", "up"), List.of("-o", "down"))) {
            List<String> arguments = new ArrayList<>(options);
            arguments.addAll(way);
            arguments.add(url("/file"));
            curl(arguments.toArray(String[]::new)).succeeded();
        }
    }

    static List<String> kindsOfDataConnection() {
        return List.of("--disable-epsv", "--ftp-pasv", "-P-", "--disable-eprt -P-");
    }

    static List<String> kindsOverIpv6() {
        return List.of("-g --ftp-pasv", "-g -P-");
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
        byte[] bytes = localFile("up", 500_000);
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
