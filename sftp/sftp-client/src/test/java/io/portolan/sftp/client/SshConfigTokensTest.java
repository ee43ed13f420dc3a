package io.portolan.sftp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.sftp.client.internal.connect.Hop;
import io.portolan.sftp.client.testing.ServerFixture;
import io.portolan.sftp.client.testing.SshKeys;
import io.portolan.testing.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is put into the arguments of ssh_config(5): tokens, variables of the environment, home folders. */
final class SshConfigTokensTest {

    private static final SecretSource NOBODY = prompt -> null;
    private static final String ALL_TOKENS = "%C-%d-%h-%i-%k-%L-%l-%n-%p-%r-%u-%%h-%%%%";

    @TempDir
    private Path home;

    private Path write(String text) throws IOException {
        return Files.writeString(home.resolve("config"), text);
    }

    private Hop target(String text, String host) throws IOException {
        return SshConfig.read(write(text), home).client(host, NOBODY).check().target();
    }

    private List<String> knownHosts(String text, String host) throws IOException {
        return target(text + "\nGlobalKnownHostsFile none\n", host).hostKeys().files().stream()
                .map(Path::toString)
                .toList();
    }

    @Test
    void filesOfKnownHostsAreTheOnesThatOpenSshTakes() throws Exception {
        Path config = write(
                "Host *\n HostKeyAlias known\n HostName %h.Example.org\n Port 77\n User bob\n UserKnownHostsFile /x/"
                        + ALL_TOKENS + "/${PATH} ~root/b ~/c /x/a~b/$HOME/${PATH}%%\n");
        Peer ssh = Peer.find("ssh", Files.createDirectory(home.resolve("ssh")));
        String own = printed(ssh, "-oUserKnownHostsFile=%d", "a").get(0);
        List<Path> files = SshConfig.read(config, Path.of(own))
                .client("Alias", NOBODY)
                .check()
                .target()
                .hostKeys()
                .files();
        assertThat(files.subList(0, 4))
                .isEqualTo(printed(ssh, "-F" + config, "Alias").stream()
                        .map(Path::of)
                        .toList());
    }

    private static List<String> printed(Peer ssh, String option, String host) throws Exception {
        String keyword = "userknownhostsfile ";
        return ssh.run("-G", option, host)
                .succeeded()
                .output()
                .lines()
                .filter(line -> line.startsWith(keyword))
                .flatMap(line -> Stream.of(line.substring(keyword.length()).split(" ")))
                .toList();
    }

    @Test
    void eachHostHasItsFileByTheNameThatItWasAskedForBy() throws Exception {
        String text = "Host *\n HostName 127.0.0.1\n UserKnownHostsFile ~/known/%k\n";
        assertThat(knownHosts(text, "a")).containsExactly(home + "/known/a");
        assertThat(knownHosts(text, "b")).containsExactly(home + "/known/b");
    }

    @Test
    void whatIsPutInIsNotLookedAtAgain() throws Exception {
        assertThat(knownHosts("HostName %%h\nUserKnownHostsFile /x/%h-%n\n", "Y"))
                .containsExactly("/x/%h-Y");
        assertThat(target("HostName %%h.%h%%\n", "a").host()).isEqualTo("%h.a%");
    }

    @Test
    void theJumpHostIsPutInAsOpenSshNamesIt() throws Exception {
        String text = "Host a\n Port 99\n ProxyJump first,%r@gate-%h:22\n User al\n";
        assertThat(knownHosts(text + " UserKnownHostsFile /x/%j\n", "a")).containsExactly("/x/gate-a");
        assertThat(knownHosts("UserKnownHostsFile /x/[%j]\n", "a")).containsExactly("/x/[]");
        List<Hop> hops =
                SshConfig.read(write(text), home).client("a", NOBODY).check().hops();
        assertThat(hops.get(1).user() + "@" + hops.get(1)).isEqualTo("al@gate-a:22");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UserKnownHostsFile /x/%x",
                "UserKnownHostsFile /x/%H",
                "UserKnownHostsFile /x/%",
                "UserKnownHostsFile /x/${PORTOLAN_IS_NOT_SET}",
                "UserKnownHostsFile /x/${}",
                "UserKnownHostsFile /x/${PATH",
                "UserKnownHostsFile ~nobody-of-this-name/x",
                "UserKnownHostsFile none /x",
                "GlobalKnownHostsFile /x/%h",
                "GlobalKnownHostsFile /x/${PATH}",
                "IdentityFile /x/%t",
                "CertificateFile /x/%t",
                "IdentityAgent /x/%t",
                "HostName %n",
                "ProxyJump %k"
            })
    void whatCannotBePutInIsRefusedWithItsLine(String line) {
        assertThatThrownBy(() -> target("Compression no\n" + line + "\n", "a"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("config, line 2: ");
    }

    @Test
    void aHostWhoseKeyHasChangedIsNotANewOneByATokenInItsFile() throws Exception {
        SshKeys keys = new SshKeys(home);
        try (ServerFixture server = ServerFixture.start()) {
            String text = "HostName 127.0.0.1\nUser " + ServerFixture.USER
                    + "\nUserKnownHostsFile ~/known-%k\nStrictHostKeyChecking accept-new\nIdentityAgent none\nPort "
                    + server.port() + "\n";
            Files.writeString(
                    home.resolve("known-alias"),
                    "[127.0.0.1]:" + server.port() + " " + SshKeys.publicHalf(keys.key("other", "ed25519")));
            try (SftpClient client =
                    SshConfig.read(write(text), home).client("alias", NOBODY).build()) {
                assertThatThrownBy(client::connectBlocking)
                        .isInstanceOfSatisfying(
                                HostKeyException.class,
                                e -> assertThat(e.reason()).isEqualTo(HostKeyException.Reason.CHANGED));
            }
        }
    }
}
