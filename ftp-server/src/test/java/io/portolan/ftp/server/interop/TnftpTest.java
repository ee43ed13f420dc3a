package io.portolan.ftp.server.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.testing.Payload;
import io.portolan.testing.Peer;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The BSDs' client, told what to do as by a person who types. It ends well whatever happened, so that what it did is looked at. */
class TnftpTest extends BothWaysTest {

    private Peer tnftp;

    @BeforeEach
    void find() throws Exception {
        tnftp = find("tnftp");
    }

    private String tnftp(String... commands) throws Exception {
        String login = "open " + host().replaceAll("[\\[\\]]", "") + " " + port() + "\nuser " + USER + " \"" + PASSWORD
                + "\"\nbinary\n";
        return tnftp.runWith(login + String.join("\n", commands) + "\nquit\n", "-n", "-i", "-v")
                .output();
    }

    @Override
    void moveBothWays(String kind) throws Exception {
        tnftp(kind, "put up file", "get file down");
    }

    static List<String> kindsOfDataConnection() {
        return List.of("passive on", "passive off", "epsv4 off", "epsv4 off\npassive off");
    }

    static List<String> kindsOverIpv6() {
        return List.of("passive on", "passive off");
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void goesOnWithADownload(Storage storage) throws Exception {
        serve(storage);
        byte[] bytes = Payload.bytes(500_000);
        server.write("/file", bytes);
        localFile("file", Arrays.copyOf(bytes, 123_456));
        tnftp("reget file");
        assertThat(localBytes("file")).isEqualTo(bytes);
    }

    @Test
    void goesOnWithAnUpload() throws Exception {
        serve(Storage.DISK);
        byte[] bytes = localFile("up", 500_000);
        server.write("/file", Arrays.copyOf(bytes, 123_456));
        tnftp("restart 123456", "put up file");
        assertThat(server.read("/file")).isEqualTo(bytes);
    }

    @Test
    void takesNamesAsTheyAre() throws Exception {
        serve(Storage.DISK);
        for (String name : List.of("with space.txt", "Ünï-日本.txt", "-dash.txt", "100% & #1;.txt")) {
            localFile("up", name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            tnftp("put up \"" + name + "\"", "get \"" + name + "\" down");
            assertThat(local.resolve("down")).hasContent(name);
            assertThat(stored.resolve(name)).hasContent(name);
            Files.delete(local.resolve("down"));
        }
    }

    @Test
    void movesTextsWithTheLineEndsOfTheNetwork() throws Exception {
        serve(Storage.MEMORY);
        server.write("/text", "one\ntwo\n");
        Files.writeString(local.resolve("up"), "three\nfour\n");
        tnftp("ascii", "get text down", "put up other");
        assertThat(local.resolve("down")).hasContent("one\ntwo\n");
        assertThat(server.text("/other")).isEqualTo("three\nfour\n");
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void listsMakesRenamesAndDeletes(Storage storage) throws Exception {
        serve(storage);
        server.directory("/dir");
        server.write("/dir/a file", "12345");
        server.write("/gone", "x");
        String said = tnftp(
                "ls dir",
                "nlist dir",
                "mlsd dir",
                "mlst dir",
                "size \"dir/a file\"",
                "modtime \"dir/a file\"",
                "mkdir made",
                "rename \"dir/a file\" made/file",
                "delete gone",
                "rmdir dir",
                "pwd",
                "system",
                "features");
        assertThat(said)
                .containsPattern("(?m)^-rw.* 5 .* a file")
                .containsPattern("(?mi)^(?=.*type=file;)(?=.*size=5;).* a file")
                .contains("Remote directory: /");
        assertThat(server.text("/made/file")).isEqualTo("12345");
        assertThat(server.exists("/gone")).isFalse();
        assertThat(server.exists("/dir")).isFalse();
    }

    @Test
    void movesManyFilesAtAWord() throws Exception {
        serve(Storage.DISK);
        for (int i = 0; i < 30; i++) {
            localFile("f" + i, Payload.bytes(i * 100));
        }
        tnftp("mput f*", "lcd ..", "mget f1*");
        for (int i = 0; i < 30; i++) {
            assertThat(stored.resolve("f" + i)).hasBinaryContent(Payload.bytes(i * 100));
        }
        assertThat(folder.resolve("f17")).hasBinaryContent(Payload.bytes(1700));
    }
}
