package io.portolan.sftp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portolan.sftp.client.testing.SshKeys;
import io.portolan.sftp.client.testing.SshdFixture;
import io.portolan.testing.Patience;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Logs in to OpenSSH's sshd. */
final class OpenSshServerTest {

    @TempDir
    private Path folder;

    private SshKeys keys;
    private Path hostKey;

    @BeforeEach
    void makeKeys() throws Exception {
        keys = new SshKeys(folder);
        hostKey = keys.key("host", "ed25519");
    }

    private SftpClient.Builder client(SshdFixture server) throws Exception {
        return SftpClient.builder()
                .host("127.0.0.1")
                .port(server.port())
                .hostKeys(HostKeys.inFiles(Files.writeString(folder.resolve("known_hosts"), known(server, hostKey))));
    }

    private static String known(SshdFixture server, Path key) throws Exception {
        return "[127.0.0.1]:" + server.port() + " " + SshKeys.publicHalf(key) + "\n";
    }

    @ParameterizedTest
    @CsvSource({"ed25519,", "ecdsa,", "rsa,", "ed25519,secret", "rsa,secret"})
    void logsInByAKeyAndOpensTheSubsystem(String type, String passphrase) throws Exception {
        String secret = passphrase == null ? "" : passphrase;
        Path key = keys.key("user", type, secret);
        try (SshdFixture server = SshdFixture.start(folder, List.of(hostKey), List.of(SshKeys.publicHalf(key)));
                SftpClient client = client(server)
                        .user(
                                SshdFixture.user(),
                                SshLogin.builder()
                                        .identity(key, prompt -> secret.toCharArray())
                                        .build())
                        .build();
                SftpSession session = client.connectBlocking().async()) {
            assertThat(session.serverIdentification()).startsWith("SSH-2.0-OpenSSH");
            assertThat(version(session)).succeedsWithin(Patience.LONG_ENOUGH).isEqualTo(3);
        }
    }

    static CompletableFuture<Integer> version(SftpSession session) {
        return session.workingDirectory().thenApply(there -> session.features().version());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ed25519", "rsa"})
    void isLetInWithACertificate(String type) throws Exception {
        Path authority = keys.key("ca", "ed25519");
        Path key = keys.key("user", type);
        keys.certify(key, authority, "-n", SshdFixture.user());
        try (SshdFixture server = SshdFixture.start(
                        folder, List.of(hostKey), List.of(), "TrustedUserCAKeys " + authority + ".pub");
                SftpClient client = client(server).user(SshdFixture.user(), key).build();
                SftpSession session = client.connectBlocking().async()) {
            assertThat(session.isOpen()).isTrue();
        }
    }

    @Test
    void isLetInWithTheRightOneOfSeveralKeys() throws Exception {
        Path wrong = keys.key("wrong", "ed25519");
        Path right = keys.key("right", "ecdsa");
        try (SshdFixture server = SshdFixture.start(folder, List.of(hostKey), List.of(SshKeys.publicHalf(right)));
                SftpClient client = client(server)
                        .user(
                                SshdFixture.user(),
                                SshLogin.builder()
                                        .identity(wrong)
                                        .identity(right)
                                        .build())
                        .build();
                SftpSession session = client.connectBlocking().async()) {
            assertThat(session.isOpen()).isTrue();
        }
    }

    @Test
    void tellsWhichKeysWereRefused() throws Exception {
        Path wrong = keys.key("wrong", "ed25519");
        try (SshdFixture server = SshdFixture.start(folder, List.of(hostKey), List.of());
                SftpClient client =
                        client(server).user(SshdFixture.user(), wrong).build()) {
            SftpAuthenticationException refused =
                    catchThrowableOfType(SftpAuthenticationException.class, client::connectBlocking);
            assertThat(refused.attempts()).singleElement().asString().contains(wrong.toString(), "SHA256:", "refused");
            assertThat(refused.acceptedMethods()).contains("publickey");
        }
    }

    @Test
    void leavesAServerThatNobodyKnows() throws Exception {
        Path other = keys.key("other", "ed25519");
        try (SshdFixture server = SshdFixture.start(folder, List.of(other), List.of());
                SftpClient client = client(server)
                        .hostKeys(HostKeys.of(""))
                        .user(SshdFixture.user(), "secret")
                        .build()) {
            HostKeyException refused = catchThrowableOfType(HostKeyException.class, client::connectBlocking);
            assertThat(refused.reason()).isEqualTo(HostKeyException.Reason.UNKNOWN);
            assertThat(refused).hasMessageContaining(refused.presentedFingerprint());
        }
    }

    @Test
    void leavesAServerWithAnotherKeyThanIsKnown() throws Exception {
        Path other = keys.key("other", "ed25519");
        try (SshdFixture server = SshdFixture.start(folder, List.of(other), List.of());
                SftpClient client =
                        client(server).user(SshdFixture.user(), "secret").build()) {
            HostKeyException refused = catchThrowableOfType(HostKeyException.class, client::connectBlocking);
            assertThat(refused.reason()).isEqualTo(HostKeyException.Reason.CHANGED);
            assertThat(refused.knownFingerprints()).hasSize(1);
            assertThat(refused)
                    .hasMessageContaining(refused.presentedFingerprint())
                    .hasMessageContaining(refused.knownFingerprints().get(0));
        }
    }
}
