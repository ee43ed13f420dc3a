package io.portolan.sftp.client;

import static io.portolan.sftp.client.testing.ServerFixture.USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portolan.sftp.client.testing.ServerFixture;
import io.portolan.sftp.client.testing.SshKeys;
import io.portolan.sftp.client.testing.SshdFixture;
import io.portolan.testing.Patience;
import io.portolan.testing.Payload;
import io.portolan.testing.TestProxy;
import io.portolan.transfer.ByteSink;
import io.portolan.transfer.TransferSink;
import io.portolan.transfer.TransferSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers that are reached through others. */
final class WayTest {

    /** More than any window on the way. */
    private static final int LARGE = 8 * 1024 * 1024;

    @TempDir
    private Path folder;

    private static void movesFiles(SftpClient client, int octets) throws Exception {
        byte[] content = Payload.bytes(octets);
        try (BlockingSftpSession session = client.connectBlocking()) {
            session.upload(
                    TransferSource.fromBytes(content),
                    "/file",
                    UploadOptions.builder().build());
            ByteSink back = TransferSink.toBytes(octets);
            session.download("/file", back, DownloadOptions.builder().build());
            assertThat(back.bytes()).isEqualTo(content);
        }
    }

    // jump hosts

    private SshdFixture jump(SshKeys keys, Path user, String... settings) throws Exception {
        Path host = folder.resolve("jump");
        if (!Files.exists(host)) {
            keys.key("jump", "ed25519");
        }
        return SshdFixture.start(folder, List.of(host), List.of(SshKeys.publicHalf(user)), settings);
    }

    private JumpHost through(SshdFixture server, Path user) throws Exception {
        return new JumpHost(
                "127.0.0.1",
                server.port(),
                SshdFixture.user(),
                SshLogin.identity(user),
                HostKeys.of("[127.0.0.1]:" + server.port() + " " + SshKeys.publicHalf(folder.resolve("jump"))));
    }

    @Test
    void filesMoveThroughTwoJumpHosts() throws Exception {
        SshKeys keys = new SshKeys(folder);
        Path user = keys.key("user", "ed25519");
        try (SshdFixture first = jump(keys, user);
                SshdFixture second = jump(keys, user);
                ServerFixture server = ServerFixture.start();
                SftpClient client = server.client()
                        .jumpThrough(through(first, user), through(second, user))
                        .build()) {
            movesFiles(client, LARGE);
        }
    }

    @Test
    void aJumpHostThatIsNotTrustedOrDoesNotLetUsInIsTold() throws Exception {
        SshKeys keys = new SshKeys(folder);
        Path user = keys.key("user", "ed25519");
        Path stranger = keys.key("stranger", "ed25519");
        try (SshdFixture first = jump(keys, user);
                ServerFixture server = ServerFixture.start()) {
            JumpHost trusted = through(first, user);
            JumpHost unknown =
                    new JumpHost(trusted.host(), trusted.port(), trusted.user(), trusted.login(), HostKeys.of(""));
            try (SftpClient client = server.client().jumpThrough(unknown).build()) {
                assertThat(catchThrowableOfType(HostKeyException.class, client::connectBlocking))
                        .hasMessageContaining(":" + first.port());
            }
            try (SftpClient client =
                    server.client().jumpThrough(through(first, stranger)).build()) {
                assertThat(catchThrowableOfType(SftpAuthenticationException.class, client::connectBlocking))
                        .hasMessageContaining(stranger.toString());
            }
        }
    }

    @Test
    void theServerBehindIsVerifiedLikeAnyOther() throws Exception {
        SshKeys keys = new SshKeys(folder);
        Path user = keys.key("user", "ed25519");
        try (SshdFixture first = jump(keys, user);
                ServerFixture server = ServerFixture.start();
                SftpClient client = server.client()
                        .hostKeys(HostKeys.of(""))
                        .jumpThrough(through(first, user))
                        .build()) {
            assertThat(catchThrowableOfType(HostKeyException.class, client::connectBlocking))
                    .hasMessageContaining(":" + server.port());
        }
    }

    @Test
    void aJumpHostThatDoesNotForwardOrFindsNobodyIsTold() throws Exception {
        SshKeys keys = new SshKeys(folder);
        Path user = keys.key("user", "ed25519");
        try (SshdFixture shut = jump(keys, user, "AllowTcpForwarding no");
                SshdFixture open = jump(keys, user);
                ServerFixture server = ServerFixture.start()) {
            try (SftpClient client =
                    server.client().jumpThrough(through(shut, user)).build()) {
                assertThat(catchThrowableOfType(SftpException.class, client::connectBlocking))
                        .hasMessageContaining("does not open a connection to 127.0.0.1:" + server.port());
            }
            try (SftpClient client =
                    server.client().port(1).jumpThrough(through(open, user)).build()) {
                assertThat(catchThrowableOfType(SftpException.class, client::connectBlocking))
                        .hasMessageContaining("does not open a connection to 127.0.0.1:1");
            }
        }
    }

    @Test
    void aJumpHostThatDiesEndsTheSession() throws Exception {
        SshKeys keys = new SshKeys(folder);
        Path user = keys.key("user", "ed25519");
        try (SshdFixture first = jump(keys, user);
                ServerFixture server = ServerFixture.start();
                SftpClient client =
                        server.client().jumpThrough(through(first, user)).build();
                SftpSession session = client.connectBlocking().async()) {
            first.kill();
            assertThat(session.closed()).succeedsWithin(Patience.LONG_ENOUGH);
        }
    }

    // proxies

    @ParameterizedTest
    @EnumSource(ProxyType.class)
    void filesMoveThroughAProxy(ProxyType type) throws Exception {
        try (ServerFixture server = ServerFixture.start();
                TestProxy proxy = new TestProxy(false);
                SftpClient client = server.client()
                        .proxy(type, "127.0.0.1", proxy.port(), "user", "secret")
                        .build()) {
            movesFiles(client, 100_000);
            assertThat(proxy.targets()).containsExactly("127.0.0.1:" + server.port());
        }
    }

    @ParameterizedTest
    @EnumSource(ProxyType.class)
    void aProxyThatRefusesIsTold(ProxyType type) throws Exception {
        try (TestProxy proxy = new TestProxy(true);
                SftpClient client = ServerFixture.client(1)
                        .proxy(type, "127.0.0.1", proxy.port(), "user", "secret")
                        .build()) {
            assertThat(catchThrowableOfType(SftpConnectionException.class, client::connectBlocking))
                    .hasMessageContaining("proxy");
        }
    }

    @Test
    void nobodyThereIsTold() {
        try (SftpClient client = ServerFixture.client(1).user(USER, "x").build()) {
            assertThat(catchThrowableOfType(SftpConnectionException.class, client::connectBlocking))
                    .hasMessageContaining("127.0.0.1:1");
        }
    }
}
