package io.portolan.sftp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.sftp.client.internal.auth.IdentitySettings;
import io.portolan.sftp.client.internal.connect.ConnectSettings;
import io.portolan.sftp.client.internal.connect.Hop;
import io.portolan.sftp.client.testing.ServerFixture;
import io.portolan.sftp.client.testing.SshKeys;
import io.portolan.sftp.client.testing.SshdFixture;
import io.portolan.testing.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings of ssh_config(5). */
final class SshConfigTest {

    private static final SecretSource NOBODY = prompt -> null;

    @TempDir
    private Path home;

    private SshConfig config(String text) throws IOException {
        return SshConfig.read(Files.writeString(home.resolve("config"), text), home);
    }

    private ConnectSettings settings(String text, String host) throws IOException {
        return config(text).client(host, NOBODY).check();
    }

    private static List<String> identities(Hop hop) {
        return hop.login().identities().stream().map(IdentitySettings::toString).toList();
    }

    @Test
    void whatIsSaidFirstHoldsAndFilesWithKeysAreGathered() throws Exception {
        ConnectSettings settings = settings("""
                # mine
                Host backup
                    HostName %h.example.org
                    Port=2222
                    User = "al ice"
                    IdentityFile ~/keys/%r
                Host *
                    Port 22
                    User nobody
                    IdentityFile %d/other # and a comment
                    ConnectTimeout 7
                    ServerAliveInterval 15
                """, "backup");
        Hop target = settings.target();
        assertThat(target.host()).isEqualTo("backup.example.org");
        assertThat(target.port()).isEqualTo(2222);
        assertThat(target.user()).isEqualTo("al ice");
        assertThat(identities(target)).containsExactly(home + "/keys/al ice", home + "/other");
        assertThat(settings.timeouts().connect()).isEqualTo(Duration.ofSeconds(7));
        assertThat(settings.keepAlive()).isEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void hostsArePatternsAndSomeAreKeptOut() throws Exception {
        String text = """
                Host *.example.org !secret.example.org
                    User everybody
                Host *
                    User others
                """;
        assertThat(settings(text, "a.example.org").target().user()).isEqualTo("everybody");
        assertThat(settings(text, "secret.example.org").target().user()).isEqualTo("others");
    }

    @Test
    void matchesLookAtWhatIsKnownSoFar() throws Exception {
        String text = """
                Host alias
                    HostName real.example.org
                Match host real.example.org user root
                    Port 1
                Match host real.example.org
                    Port 2
                Match originalhost alias
                    User found
                Match !user found
                    ConnectTimeout 3
                Match all
                    Port 4
                """;
        ConnectSettings settings = settings("Host alias\n User al\n" + text, "alias");
        assertThat(settings.target().port()).isEqualTo(2);
        assertThat(settings.target().user()).isEqualTo("al");
        assertThat(settings.timeouts().connect()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void whoIsNamedElsewhereIsWhomTheSettingsAreFor() throws Exception {
        SshConfig config = config("""
                Match user admin-of-it
                    IdentityFile ~/ofRoot
                Host *
                    User al
                    Port 24
                    IdentityFile ~/%r-%p
                """);
        Hop target = config.withUser("admin-of-it")
                .withPort(99)
                .client("a", NOBODY)
                .check()
                .target();
        assertThat(target.user() + "@" + target).isEqualTo("admin-of-it@a:99");
        assertThat(identities(target)).containsExactly(home + "/ofRoot", home + "/admin-of-it-99");
        assertThat(config.withUser("admin-of-it").user("a")).isEqualTo("admin-of-it");
        assertThat(identities(config.client("a", NOBODY).check().target())).containsExactly(home + "/al-24");
        assertThatThrownBy(() -> config.withPort(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> config.withUser(" ")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whoJumpsIsNamedByTheJumpOnly() throws Exception {
        List<Hop> hops = config("""
                Match user joe
                    IdentityFile ~/ofJoe
                Host target
                    ProxyJump joe@gate:2200
                Host *
                    IdentityFile ~/%r-%p
                """)
                .withUser("admin-of-it")
                .withPort(99)
                .client("target", NOBODY)
                .check()
                .hops();
        assertThat(identities(hops.get(0))).containsExactly(home + "/ofJoe", home + "/joe-2200");
        assertThat(identities(hops.get(1))).containsExactly(home + "/admin-of-it-99");
    }

    @Test
    void filesAreIncludedWhereItIsSaid() throws Exception {
        Path folder = Files.createDirectories(home.resolve(".ssh/conf.d"));
        Files.writeString(folder.resolve("1.conf"), "User first\nHost b\n Port 7\n");
        Files.writeString(folder.resolve("2.conf"), "User second\nPort 9\n");
        String text = "Host a b\n Include conf.d/*.conf missing/*\nHost *\n Port 8\n";
        assertThat(settings(text, "a").target().user()).isEqualTo("first");
        assertThat(settings(text, "a").target().port()).isEqualTo(9);
        assertThat(settings(text, "b").target().port()).isEqualTo(7);
        assertThat(settings("User me\n" + text, "c").target().user()).isEqualTo("me");
        assertThat(settings(text, "c").target().port()).isEqualTo(8);
    }

    /** What ssh prints of a configuration. */
    private List<String> printed(Path config, String keyword) throws Exception {
        Path place = Files.createDirectories(home.resolve("peer"));
        return Peer.find("ssh", place)
                .run("-G", "-F" + config, "a")
                .succeeded()
                .output()
                .lines()
                .filter(line -> line.startsWith(keyword + " "))
                .map(line -> line.substring(keyword.length() + 1))
                .toList();
    }

    @Test
    void wildcardsOfAnIncludeMeanTheFilesThatTheyMeanToOpenSsh() throws Exception {
        for (String file : List.of("b/x.conf", "a/y.conf", "a/.hidden", ".dots/z.conf", "a/{q}", "a/w.txt")) {
            Path path = home.resolve("in").resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, "IdentityFile /of/" + file + "\n");
        }
        Files.createDirectory(home.resolve("in/a/folder.conf"));
        String in = home.resolve("in").toString();
        for (String pattern :
                List.of("*/*.conf", "*/*", "a/{q}", "a/[xy].conf", "?/[!x].conf", "a/.h*", ".d*/*", "*/no")) {
            Path config = Files.writeString(home.resolve("config"), "Include " + in + "/" + pattern + "\n");
            List<String> theirs = printed(config, "identityfile");
            List<String> ours = identities(
                    SshConfig.read(config, home).client("a", NOBODY).check().target());
            // where nothing is said there are the usual ones, which differ by who runs this
            assertThat(ours).as(pattern).isEqualTo(theirs.get(0).startsWith("~") ? List.of() : theirs);
        }
    }

    @Test
    void anIncludeIsRelativeToTheFolderOfItsUser() throws Exception {
        Path folder = Files.createDirectories(home.resolve(".ssh"));
        Files.writeString(folder.resolve("more"), "Port 7\n");
        Files.writeString(home.resolve("more"), "Port 8\n");
        assertThat(settings("Include more\n", "a").target().port()).isEqualTo(7);
        assertThat(settings("Include ~/more\n", "a").target().port()).isEqualTo(8);
        assertThatThrownBy(() -> settings("Include %h\n", "a")).hasMessageContaining("line 1: include");
        assertThatThrownBy(() -> settings("Include [\n", "a")).hasMessageContaining("line 1: include");
    }

    @Test
    void aPatternThatMeansVeryManyFilesIsRefused() throws Exception {
        Path folder = Files.createDirectories(home.resolve(".ssh/many"));
        for (int i = 0; i < 300; i++) {
            Files.createFile(folder.resolve("f" + i));
        }
        assertThatThrownBy(() -> settings("Include many/*\n", "a")).hasMessageContaining("more than 256 files");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"/a b\"",
                "'/a b'",
                "/a\\ b",
                "/\"a b\"c",
                "\"/a\\\"b\"",
                "'/a\"b'",
                "/a\\b\\\\c",
                "\"/a\\ b\"",
                "/a#b # c",
                "\"/a\"#b",
                "/a'b c'\"d e\""
            })
    void wordsAreWhatTheyAreToOpenSsh(String word) throws Exception {
        Path config = Files.writeString(home.resolve("config"), "IdentityFile " + word + "\n");
        assertThat(identities(
                        SshConfig.read(config, home).client("a", NOBODY).check().target()))
                .isEqualTo(printed(config, "identityfile"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"User \"a", "User 'a", "User a\"b", "User \"\"", "User ''", "User # a"})
    void whatHasNoEndOrIsNothingIsRefusedWithItsLine(String line) {
        assertThatThrownBy(() -> settings(line + "\n", "a")).hasMessageContaining("config, line 1: ");
    }

    @Test
    void aFileThatIncludesItselfComesToAnEnd() {
        assertThatThrownBy(() -> config("Include ~/config\n"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("too many files");
    }

    @Test
    void jumpsAreHostsOfTheSettingsToo() throws Exception {
        ConnectSettings settings = settings("""
                Host inner
                    ProxyJump outer,joe@[::1]:2200
                Host outer
                    HostName gate.example.org
                    Port 443
                    ProxyJump ssh://first.example.org:99/
                """, "inner");
        assertThat(settings.hops().stream()
                        .map(hop -> hop.user().equals("joe") + " " + hop)
                        .toList())
                .containsExactly(
                        "false first.example.org:99", "false gate.example.org:443", "true ::1:2200", "false inner:22");
    }

    @Test
    void aHostThatJumpsThroughItselfIsRefused() {
        assertThatThrownBy(() -> settings("ProxyJump a\n", "a")).hasMessageContaining("jump hosts");
        assertThatThrownBy(() -> settings("ProxyJump a:0\n", "b")).hasMessageContaining("port 0");
    }

    @Test
    void algorithmsAreChosenAddedTakenAwayAndPutFirst() throws Exception {
        assertThat(settings("Ciphers aes256-ctr,3des-cbc,aes128-ctr\n", "a")
                        .algorithms()
                        .ciphers())
                .containsExactly("aes256-ctr", "aes128-ctr");
        assertThat(settings("Ciphers -aes*\n", "a").algorithms().ciphers())
                .containsExactly("chacha20-poly1305@openssh.com");
        assertThat(settings("MACs ^hmac-sha2-512\n", "a").algorithms().macs()).startsWith("hmac-sha2-512");
        assertThat(settings("KexAlgorithms +diffie-hellman-group1-sha1\n", "a")
                        .algorithms()
                        .keyExchanges())
                .doesNotContain("diffie-hellman-group1-sha1");
        assertThat(settings("Compression yes\n", "a").algorithms().isCompressionOffered())
                .isTrue();
        assertThatThrownBy(() -> settings("Ciphers 3des-cbc\n", "a")).hasMessageContaining("nothing is left");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ProxyCommand nc %h %p",
                "HostKeyAlias *",
                "RevokedHostKeys /etc/revoked",
                "StrictHostKeyChecking no",
                "Port 0",
                "Port many",
                "Port",
                "User \"half"
            })
    void whatCannotBeKeptToIsRefused(String line) {
        assertThatThrownBy(() -> settings(line + "\n", "a")).isInstanceOf(IOException.class);
    }

    @Test
    void whatIsNotHeededIsTold() throws Exception {
        SshConfig config = config("ForwardX11 yes\nMatch exec true\n Port 9\nHost b\n SendEnv LANG\n");
        assertThat(config.unheeded("a"))
                .containsExactly(
                        home.resolve("config") + ", line 2: Match exec",
                        home.resolve("config") + ", line 1: forwardx11");
        assertThat(config.unheeded("b")).hasSize(3);
        assertThat(config.client("a", NOBODY).check().target().port()).isEqualTo(22);
    }

    @Test
    void tooLargeAFileIsNotRead() {
        assertThatThrownBy(() -> config("#".repeat(1024 * 1024 + 1))).hasMessageContaining("octets");
        assertThatThrownBy(() -> config("User " + "x".repeat(17 * 1024))).hasMessageContaining("too long");
    }

    @Test
    void aServerIsReachedThroughAJumpHostBySettingsAlone() throws Exception {
        SshKeys keys = new SshKeys(home);
        Path host = keys.key("host", "ed25519");
        Path user = keys.key("user", "ed25519");
        try (SshdFixture jump = SshdFixture.start(home, List.of(host), List.of(SshKeys.publicHalf(user)));
                ServerFixture server = ServerFixture.start()) {
            Files.writeString(
                    home.resolve("known"),
                    server.known() + "[127.0.0.1]:" + jump.port() + " " + SshKeys.publicHalf(host) + "\n");
            String text = "Host files\n HostName 127.0.0.1\n Port " + server.port() + "\n User "
                    + ServerFixture.USER + "\n ProxyJump gate\nHost gate\n HostName 127.0.0.1\n Port "
                    + jump.port() + "\n User " + SshdFixture.user()
                    + "\nHost *\n UserKnownHostsFile ~/known\n IdentityFile ~/user\n IdentityAgent none\n";
            try (SftpClient client = config(text)
                            .client("files", prompt -> ServerFixture.PASSWORD.toCharArray())
                            .build();
                    BlockingSftpSession session = client.connectBlocking()) {
                assertThat(session.isOpen()).isTrue();
            }
        }
    }
}
