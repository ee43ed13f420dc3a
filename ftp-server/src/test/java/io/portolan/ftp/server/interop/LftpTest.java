package io.portolan.ftp.server.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.ftp.server.testing.ServerFixture;
import io.portolan.testing.Payload;
import io.portolan.testing.Peer;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LftpTest extends BothWaysTest {

    /** No encryption to try first, no second attempts that would hide what went wrong, and an end at the first failure. */
    private static final String SETTINGS = "set ftp:ssl-allow no; set net:max-retries 1; set net:timeout 60;"
            + " set net:reconnect-interval-base 1;"
            + " set cmd:fail-exit yes; set cmd:interactive no; set bmk:save-passwords no; ";

    private Peer lftp;

    @BeforeEach
    void find() throws Exception {
        lftp = find("lftp");
    }

    private Peer.Outcome lftp(String script) throws Exception {
        return lftp.run("-c", SETTINGS + "open -u '" + USER + "," + PASSWORD + "' " + url("/") + "; " + script);
    }

    @Override
    void moveBothWays(String kind) throws Exception {
        String setting = kind.equals(BY_ITSELF) ? "" : "set ftp:" + kind + "; ";
        lftp(setting + "put up -o file; get file -o down").succeeded();
    }

    static List<String> kindsOfDataConnection() {
        return List.of("prefer-epsv yes", "prefer-epsv no", "passive-mode no", "sync-mode no");
    }

    static List<String> kindsOverIpv6() {
        return List.of("passive-mode yes", "passive-mode no");
    }

    @Test
    void movesABigFileInPartsAtOnce() throws Exception {
        serve(Storage.DISK);
        String hash = Payload.hash(Payload.file(local.resolve("up"), BIG));
        lftp("put up -o big; pget -n 4 big -o down").succeeded();
        assertThat(Payload.hash(stored.resolve("big"))).isEqualTo(hash);
        assertThat(Payload.hash(local.resolve("down"))).isEqualTo(hash);
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void mirrorsATreeBothWays(Storage storage) throws Exception {
        serve(storage);
        Map<String, Integer> tree = Payload.tree(local.resolve("tree"), 200);
        lftp("mirror -R tree there; mirror there back").succeeded();
        assertThat(Payload.contents(local.resolve("back"))).isEqualTo(tree);
        // what is there already is not moved again
        assertThat(lftp("mirror --verbose=1 there back").succeeded().output()).doesNotContain("Transferring");
    }

    @Test
    void mirrorsATreeOverSeveralConnections() throws Exception {
        serve(Storage.DISK);
        Map<String, Integer> tree = Payload.tree(local.resolve("tree"), 200);
        lftp("mirror -R -P 4 tree there; mirror -P 4 there back").succeeded();
        assertThat(Payload.contents(local.resolve("back"))).isEqualTo(tree);
    }

    @Test
    void sendsManyCommandsAheadOfTheirReplies() throws Exception {
        serve(Storage.MEMORY);
        Map<String, Integer> tree = Payload.tree(local.resolve("tree"), 100);
        lftp("set ftp:sync-mode off; mirror -R tree there; mirror there back; rm -r there")
                .succeeded();
        assertThat(Payload.contents(local.resolve("back"))).isEqualTo(tree);
        assertThat(server.exists("/there")).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void takesNamesAsTheyAre(Storage storage) throws Exception {
        serve(storage);
        Files.createDirectory(local.resolve("names"));
        for (String name : AWKWARD_NAMES) {
            Files.writeString(local.resolve("names").resolve(name), name);
        }
        lftp("mirror -R names there; mirror there back").succeeded();
        for (String name : AWKWARD_NAMES) {
            assertThat(server.text("/there/" + name)).isEqualTo(name);
            assertThat(local.resolve("back").resolve(name)).hasContent(name);
        }
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void lists(Storage storage) throws Exception {
        serve(storage);
        server.directory("/dir");
        server.write("/dir/a file", "12345");
        assertThat(lftp("ls dir").succeeded().output()).containsPattern("(?m)^-rw.* 5 .* a file\\r?$");
        assertThat(lftp("nlist dir").succeeded().output()).containsPattern("(?m)^(dir/)?a file$");
        assertThat(lftp("set ftp:use-mlsd yes; cls -1 --size --block-size=1 dir")
                        .succeeded()
                        .output())
                .containsPattern("(?m)5 .*a file$");
        assertThat(lftp("set ftp:use-mlsd no; cls -1 dir").succeeded().output()).contains("a file");
        assertThat(lftp("du -b dir").succeeded().output()).startsWith("5");
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void goesOnWhereATransferBroke(Storage storage) throws Exception {
        serve(storage);
        byte[] bytes = localFile("up", 500_000);
        server.write("/half", Arrays.copyOf(bytes, 123_456));
        server.write("/whole", bytes);
        localFile("down", Arrays.copyOf(bytes, 234_567));
        lftp("put -c up -o half; get -c whole -o down").succeeded();
        assertThat(server.read("/half")).isEqualTo(bytes);
        assertThat(localBytes("down")).isEqualTo(bytes);
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void makesRenamesAndDeletes(Storage storage) throws Exception {
        serve(storage);
        localFile("up", new byte[] {1});
        lftp("mkdir -p a/b; cd a/b; put up; mv up moved; cd ..; mkdir gone; rmdir gone; put up -o x; rm x; ls")
                .succeeded();
        assertThat(server.read("/a/b/moved")).containsExactly(1);
        assertThat(server.exists("/a/gone")).isFalse();
        assertThat(server.exists("/a/x")).isFalse();
        lftp("rm -r a").succeeded();
        assertThat(server.exists("/a")).isFalse();
    }

    @Test
    void stopsReadingInTheMiddleAndGoesOn() throws Exception {
        serve(Storage.DISK);
        Payload.file(stored.resolve("big"), BIG);
        server.write("/small", "small");
        // "head" ends the pipe, upon which the client breaks its transfer off with ABOR
        lftp("set cmd:fail-exit no; cat big | head -c 1000 > beginning; get small")
                .succeeded();
        assertThat(localBytes("beginning")).isEqualTo(Arrays.copyOf(Files.readAllBytes(stored.resolve("big")), 1000));
        assertThat(localBytes("small")).isEqualTo("small".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void movesTexts() throws Exception {
        serve(Storage.MEMORY);
        server.write("/text", "one\ntwo\n");
        Files.writeString(local.resolve("up"), "three\nfour\n");
        lftp("get -a text -o down; put -a up -o other").succeeded();
        assertThat(local.resolve("down")).hasContent("one\ntwo\n");
        assertThat(server.text("/other")).isEqualTo("three\nfour\n");
    }

    /** Two servers on addresses that are not the client's: neither connects to the other. */
    @Test
    void isRefusedATransferBetweenTwoServersAndCopiesByItself() throws Exception {
        serve(Storage.MEMORY, settings -> settings.bind(address("127.0.0.2")));
        byte[] bytes = Payload.bytes(100_000);
        server.write("/file", bytes);
        try (ServerFixture other =
                ServerFixture.serving(files(Storage.MEMORY), settings -> settings.bind(address("127.0.0.3")))) {
            String login = "ftp://" + USER + ":" + PASSWORD.replace(" ", "%20") + "@";
            String from = login + host() + ":" + port() + "/file";
            String to = login + "127.0.0.3:" + other.address().getPort() + "/copy";
            String log = lftp.run(
                            "-d",
                            "-c",
                            SETTINGS + "set net:max-retries 4; set ftp:use-fxp yes; get " + from + " -o " + to)
                    .succeeded()
                    .output();
            assertThat(log).contains("504 ");
            assertThat(other.read("/copy")).isEqualTo(bytes);
        }
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (IOException e) {
            throw new IllegalArgumentException(literal, e);
        }
    }
}
