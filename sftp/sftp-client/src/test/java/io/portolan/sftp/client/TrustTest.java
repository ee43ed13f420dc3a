package io.portolan.sftp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portolan.sftp.client.testing.ServerFixture;
import io.portolan.sftp.client.testing.SshKeys;
import io.portolan.sftp.client.testing.SshdFixture;
import io.portolan.testing.Peer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Policies about host keys, end to end. */
final class TrustTest {

    @TempDir
    private Path folder;

    private static void connects(SftpClient.Builder settings) throws Exception {
        try (SftpClient client = settings.build();
                BlockingSftpSession session = client.connectBlocking()) {
            assertThat(session.isOpen()).isTrue();
        }
    }

    private static HostKeyException refused(SftpClient.Builder settings) {
        try (SftpClient client = settings.build()) {
            return catchThrowableOfType(HostKeyException.class, client::connectBlocking);
        }
    }

    @Test
    void aNewServerIsAcceptedOnceAndAnotherKeyNeverAgain() throws Exception {
        Path file = folder.resolve("known_hosts");
        HostKeys accepting = HostKeys.inFiles(file).acceptingNew();
        try (ServerFixture server = ServerFixture.start()) {
            connects(server.client().hostKeys(accepting));
            assertThat(Files.readString(file)).startsWith("|1|");
            connects(server.client().hostKeys(HostKeys.inFiles(file)));
            connects(server.client().hostKeys(accepting));
            assertThat(Files.readAllLines(file)).hasSize(1);
            Path other = new SshKeys(folder).key("other", "ed25519");
            Files.writeString(file, "[127.0.0.1]:" + server.port() + " " + SshKeys.publicHalf(other));
            HostKeyException changed = refused(server.client().hostKeys(accepting));
            assertThat(changed.reason()).isEqualTo(HostKeyException.Reason.CHANGED);
            assertThat(changed)
                    .hasMessageContaining("ssh-keygen -R \"[127.0.0.1]:" + server.port() + "\" -f \"" + file + "\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "/dev/null"})
    void whatIsNotToBeKeptIsAcceptedAndWrittenNowhere(String userFile) throws Exception {
        Path global = Files.writeString(folder.resolve("global"), "# nobody\n");
        Path config = folder.resolve("config");
        try (ServerFixture server = ServerFixture.start()) {
            Files.writeString(
                    config,
                    "HostName 127.0.0.1\nUser " + ServerFixture.USER + "\nPort " + server.port()
                            + "\nUserKnownHostsFile " + userFile + "\nGlobalKnownHostsFile " + global
                            + "\nStrictHostKeyChecking accept-new\nUpdateHostKeys yes\nIdentityAgent none\n");
            SshConfig settings = SshConfig.read(config, folder);
            connects(settings.client("server", prompt -> ServerFixture.PASSWORD.toCharArray()));
            assertThat(Files.readString(global)).isEqualTo("# nobody\n");
            Path other = new SshKeys(folder).key("other", "ed25519");
            Files.writeString(global, "[127.0.0.1]:" + server.port() + " " + SshKeys.publicHalf(other));
            assertThat(refused(settings.client("server", prompt -> null)).reason())
                    .isEqualTo(HostKeyException.Reason.CHANGED);
        }
    }

    @Test
    void somebodyIsAskedAboutANewServer() throws Exception {
        Path file = folder.resolve("known_hosts");
        List<HostKeyQuestion> asked = new ArrayList<>();
        try (ServerFixture server = ServerFixture.start()) {
            HostKeyException no =
                    refused(server.client().hostKeys(HostKeys.inFiles(file).asking(question -> {
                        asked.add(question);
                        return false;
                    })));
            assertThat(no.reason()).isEqualTo(HostKeyException.Reason.UNKNOWN);
            assertThat(asked)
                    .containsExactly(
                            new HostKeyQuestion("127.0.0.1", server.port(), "ssh-ed25519", no.presentedFingerprint()));
            assertThat(file).doesNotExist();
            connects(server.client()
                    .hostKeys(HostKeys.inFiles(file).withReadableNames().asking(question -> true)));
            assertThat(Files.readString(file)).startsWith("[127.0.0.1]:" + server.port() + " ssh-ed25519 ");
        }
    }

    @Test
    void whatFailsInsteadOfDecidingTrustsNobody() throws Exception {
        RuntimeException fault = new IllegalStateException("nobody at home");
        try (ServerFixture server = ServerFixture.start()) {
            HostKeyException no = refused(server.client()
                    .hostKeys(HostKeys.inFiles(folder.resolve("known_hosts")).asking(question -> {
                        throw fault;
                    })));
            assertThat(no.reason()).isEqualTo(HostKeyException.Reason.UNKNOWN);
            assertThat(no).hasMessageContaining("nobody at home").hasCause(fault);
        }
    }

    @Test
    void aServerWithSeveralKeysIsAskedForTheOneThatIsKnown() throws Exception {
        SshKeys keys = new SshKeys(folder);
        Path rsa = keys.key("rsa", "rsa");
        Path ed25519 = keys.key("ed25519", "ed25519");
        Path user = keys.key("user", "ed25519");
        try (SshdFixture server = SshdFixture.start(folder, List.of(ed25519, rsa), List.of(SshKeys.publicHalf(user)))) {
            connects(ServerFixture.client(server.port())
                    .user(SshdFixture.user(), user)
                    .hostKeys(HostKeys.of("[127.0.0.1]:" + server.port() + " " + SshKeys.publicHalf(rsa))));
        }
    }

    @Test
    void otherKeysOfATrustedServerAreLearntWhenItHasProvedThem() throws Exception {
        SshKeys keys = new SshKeys(folder);
        Path known = keys.key("known", "ecdsa");
        Path ed25519 = keys.key("ed25519", "ed25519");
        Path rsa = keys.key("rsa", "rsa");
        Path user = keys.key("user", "ed25519");
        Path file = folder.resolve("known_hosts");
        try (SshdFixture server =
                SshdFixture.start(folder, List.of(known, ed25519, rsa), List.of(SshKeys.publicHalf(user)))) {
            String line = "[127.0.0.1]:" + server.port() + " " + SshKeys.publicHalf(known);
            Files.writeString(file, line);
            SftpClient.Builder settings = ServerFixture.client(server.port()).user(SshdFixture.user(), user);
            connects(settings.hostKeys(HostKeys.inFiles(file)));
            assertThat(Files.readString(file)).isEqualTo(line);
            try (SftpClient client = settings.hostKeys(
                                    HostKeys.inFiles(file).withReadableNames().learningNewKeys())
                            .build();
                    BlockingSftpSession session = client.connectBlocking()) {
                Awaitility.await().until(() -> Files.readAllLines(file).size() == 3);
                assertThat(session.isOpen()).isTrue();
            }
            assertThat(Files.readString(file))
                    .contains(SshKeys.publicHalf(rsa).split(" ")[1])
                    .contains(SshKeys.publicHalf(ed25519).split(" ")[1]);
        }
    }

    @Test
    void aServerIsTrustedByTheCertificateOfItsCa() throws Exception {
        SshKeys keys = new SshKeys(folder);
        Path authority = keys.key("ca", "ed25519");
        Path host = keys.key("host", "ed25519");
        Path certificate = keys.certify(host, authority, "-h", "-n", "127.0.0.1");
        Path user = keys.key("user", "ed25519");
        HostKeys byAuthority = HostKeys.of("@cert-authority 127.0.0.1 " + SshKeys.publicHalf(authority));
        try (SshdFixture server = certified(host, user, certificate)) {
            connects(ServerFixture.client(server.port())
                    .user(SshdFixture.user(), user)
                    .hostKeys(byAuthority));
        }
        keys.certify(host, authority, "-h", "-n", "elsewhere");
        try (SshdFixture server = certified(host, user, certificate)) {
            assertThat(refused(ServerFixture.client(server.port())
                                    .user(SshdFixture.user(), user)
                                    .hostKeys(byAuthority))
                            .reason())
                    .isEqualTo(HostKeyException.Reason.CERTIFICATE);
        }
    }

    @Test
    void aServerWithAnAliasIsKnownAndItsOtherKeysAreLearntByThat() throws Exception {
        SshKeys keys = new SshKeys(folder);
        Path first = keys.key("first", "ed25519");
        Path second = keys.key("second", "ecdsa");
        Path user = keys.key("user", "ed25519");
        Path file = folder.resolve("known_hosts");
        try (SshdFixture server =
                SshdFixture.start(folder, List.of(first, second), List.of(SshKeys.publicHalf(user)))) {
            String settings = "Host server\n HostName 127.0.0.1\n HostKeyAlias Moved\n User " + SshdFixture.user()
                    + "\n Port " + server.port() + "\n UserKnownHostsFile " + file + "\n IdentityFile " + user
                    + "\n IdentityAgent none\n UpdateHostKeys yes\n StrictHostKeyChecking ";
            Path config = Files.writeString(folder.resolve("config"), settings + "accept-new\n");
            try (SftpClient client = SshConfig.read(config, folder)
                            .client("server", prompt -> null)
                            .build();
                    BlockingSftpSession session = client.connectBlocking()) {
                Awaitility.await().until(() -> Files.readAllLines(file).size() == 2);
                assertThat(session.isOpen()).isTrue();
            }
            assertThat(Files.readAllLines(file))
                    .allSatisfy(line -> assertThat(line).startsWith("moved "));
            Files.writeString(config, settings + "yes\n");
            connects(SshConfig.read(config, folder).client("server", prompt -> null));
            // and what was learnt is what ssh knows the server by
            Peer.find("ssh", Files.createDirectory(folder.resolve("ssh")))
                    .run("-F" + config, "-oGlobalKnownHostsFile=none", "-oBatchMode=yes", "server", "true")
                    .succeeded();
        }
    }

    @Test
    void aServerWithAnAliasIsTrustedByACertificateForThat() throws Exception {
        SshKeys keys = new SshKeys(folder);
        Path authority = keys.key("ca", "ed25519");
        Path host = keys.key("host", "ed25519");
        Path certificate = keys.certify(host, authority, "-h", "-n", "moved");
        Path user = keys.key("user", "ed25519");
        HostKeys known = HostKeys.of("@cert-authority moved " + SshKeys.publicHalf(authority));
        try (SshdFixture server = certified(host, user, certificate)) {
            SftpClient.Builder client = ServerFixture.client(server.port()).user(SshdFixture.user(), user);
            connects(client.hostKeys(known.withAlias("moved")));
            assertThat(refused(client.hostKeys(known)).reason()).isEqualTo(HostKeyException.Reason.UNKNOWN);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a,b", "*", "a?", "!a", "|1|a", "@a", "#a", "a\n"})
    void anAliasThatWouldBeMoreThanOneNameInAFileIsRefused(String alias) {
        assertThatThrownBy(() -> HostKeys.of("").withAlias(alias)).isInstanceOf(IllegalArgumentException.class);
    }

    private SshdFixture certified(Path host, Path user, Path certificate) throws Exception {
        return SshdFixture.start(
                folder, List.of(host), List.of(SshKeys.publicHalf(user)), "HostCertificate " + certificate);
    }
}
