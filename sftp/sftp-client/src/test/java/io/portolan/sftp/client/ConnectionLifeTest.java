package io.portolan.sftp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portolan.sftp.client.testing.NastyServer;
import io.portolan.sftp.client.testing.NastyServer.Peer;
import io.portolan.sftp.client.testing.PoliteScript;
import io.portolan.sftp.client.testing.RawServer;
import io.portolan.sftp.client.testing.ServerFixture;
import io.portolan.sftp.client.testing.SshKeys;
import io.portolan.sftp.client.testing.SshdFixture;
import io.portolan.ssh.SshAlgorithms;
import io.portolan.ssh.internal.wire.SshReader;
import io.portolan.testing.Patience;
import io.portolan.testing.Payload;
import io.portolan.transfer.ByteSink;
import io.portolan.transfer.TransferSink;
import io.portolan.transfer.TransferSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to connections while they last, and how they end. */
final class ConnectionLifeTest {

    /** Many times what keys are renewed after. */
    private static final int LARGE = 16 * 1024 * 1024;

    private static final long OFTEN = 1024 * 1024;

    /** The quickest, as it is done dozens of times. */
    private static final SshAlgorithms QUICK = SshAlgorithms.modern().withKeyExchanges(List.of("curve25519-sha256"));

    @TempDir
    private Path folder;

    private static void movesAFile(BlockingSftpSession session, String path) throws Exception {
        byte[] content = Payload.bytes(LARGE);
        session.upload(TransferSource.fromBytes(content), path, UploadOptions.defaults());
        ByteSink back = TransferSink.toBytes(LARGE);
        session.download(path, back, DownloadOptions.defaults());
        assertThat(back.bytes()).isEqualTo(content);
    }

    @Test
    void keysAreRenewedByBothEndsWhileFilesMove() throws Exception {
        try (ServerFixture server =
                        ServerFixture.with(settings -> settings.user(ServerFixture.USER, ServerFixture.PASSWORD)
                                .rekeyAfter(OFTEN, Duration.ofHours(1)));
                SftpClient client = server.client()
                        .algorithms(QUICK)
                        .renewKeysAfter(OFTEN, Duration.ofHours(1))
                        .build();
                BlockingSftpSession session = client.connectBlocking()) {
            movesAFile(session, "/file");
        }
    }

    @Test
    void keysAreRenewedWithOpenSshWhileFilesMove() throws Exception {
        SshKeys keys = new SshKeys(folder);
        Path host = keys.key("host", "ed25519");
        Path user = keys.key("user", "ed25519");
        try (SshdFixture server =
                        SshdFixture.start(folder, List.of(host), List.of(SshKeys.publicHalf(user)), "RekeyLimit 1M");
                SftpClient client = ServerFixture.client(server.port())
                        .user(SshdFixture.user(), user)
                        .hostKeys(HostKeys.of("[127.0.0.1]:" + server.port() + " " + SshKeys.publicHalf(host)))
                        .algorithms(QUICK)
                        .renewKeysAfter(OFTEN, Duration.ofHours(1))
                        .build();
                BlockingSftpSession session = client.connectBlocking()) {
            movesAFile(session, folder.resolve("file").toString());
            assertThat(Files.size(folder.resolve("file"))).isEqualTo(LARGE);
        }
    }

    private static SftpConnectionException endsWith(SftpClient client, CompletableFuture<SftpSession> connecting) {
        client.close();
        ExecutionException failed = catchThrowableOfType(
                ExecutionException.class, () -> connecting.get(Patience.MILLIS, TimeUnit.MILLISECONDS));
        assertThat(failed).hasCauseInstanceOf(SftpConnectionException.class);
        return (SftpConnectionException) failed.getCause();
    }

    @Test
    void aClientThatIsClosedGivesUpWhatItHasBegun() throws Exception {
        CountDownLatch connected = new CountDownLatch(1);
        try (RawServer server = new RawServer(socket -> {
                    connected.countDown();
                    RawServer.drain(socket);
                });
                SftpClient client = ServerFixture.client(server.port()).build()) {
            CompletableFuture<SftpSession> connecting = client.connect();
            assertThat(connected.await(Patience.MILLIS, TimeUnit.MILLISECONDS)).isTrue();
            endsWith(client, connecting);
        }
    }

    @Test
    void aClientThatIsClosedGivesUpALogin() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        try (NastyServer server = new NastyServer(() -> new PoliteScript() {
                    @Override
                    protected void service(Peer peer) {
                        asked.countDown();
                    }

                    @Override
                    protected void request(Peer peer, String method, SshReader reader) {
                        // nothing
                    }
                });
                SftpClient client = server.client().build()) {
            CompletableFuture<SftpSession> connecting = client.connect();
            assertThat(asked.await(Patience.MILLIS, TimeUnit.MILLISECONDS)).isTrue();
            assertThat(endsWith(client, connecting)).hasMessageContaining("the client has been closed");
        }
    }

    @Test
    void aConnectionThatNobodyWaitsForIsClosed() throws Exception {
        CountDownLatch connected = new CountDownLatch(1);
        CompletableFuture<Void> cancelled = new CompletableFuture<>();
        CountDownLatch gone = new CountDownLatch(1);
        try (NastyServer server = new NastyServer(() -> new PoliteScript() {
                    @Override
                    protected void service(Peer peer) {
                        connected.countDown();
                        peer.whenClosed(gone::countDown);
                        // The login must not be through before it is cancelled.
                        cancelled.join();
                        super.service(peer);
                    }
                });
                SftpClient client = server.client().build()) {
            CompletableFuture<SftpSession> connecting = client.connect();
            assertThat(connected.await(Patience.MILLIS, TimeUnit.MILLISECONDS)).isTrue();
            connecting.cancel(true);
            cancelled.complete(null);
            assertThat(gone.await(Patience.MILLIS, TimeUnit.MILLISECONDS)).isTrue();
        }
    }

    @Test
    void theServersGoodbyeIsTold() throws Exception {
        try (ServerFixture server = ServerFixture.start();
                SftpClient client = server.client().build();
                SftpSession session = client.connectBlocking().async()) {
            server.stop();
            SftpException end = session.closed().get(Patience.MILLIS, TimeUnit.MILLISECONDS);
            assertThat(end)
                    .isInstanceOf(SftpConnectionException.class)
                    .hasMessageContaining("has ended the connection");
            assertThat(end.isRetryable()).isTrue();
        }
    }
}
