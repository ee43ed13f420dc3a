package io.portolan.sftp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portolan.fs.nio.PathFileSystem;
import io.portolan.sftp.client.testing.NastyServer;
import io.portolan.sftp.client.testing.NastyServer.Peer;
import io.portolan.sftp.client.testing.PoliteScript;
import io.portolan.sftp.client.testing.RawServer;
import io.portolan.sftp.client.testing.ServerFixture;
import io.portolan.sftp.client.testing.SshKeys;
import io.portolan.sftp.client.testing.SshdFixture;
import io.portolan.ssh.SshAlgorithms;
import io.portolan.ssh.internal.kex.Negotiation;
import io.portolan.ssh.internal.wire.SshReader;
import io.portolan.testing.Patience;
import io.portolan.testing.Payload;
import io.portolan.transfer.ByteSink;
import io.portolan.transfer.TransferSink;
import io.portolan.transfer.TransferSource;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What happens to connections while they last, and how they end. */
final class ConnectionLifeTest {

    /** Many times what keys are renewed after. */
    private static final int LARGE = 8 * 1024 * 1024;

    private static final int HUGE = 256 * 1024 * 1024;

    private static final long OFTEN = 1024 * 1024;

    /** The quickest, as it is done dozens of times. */
    private static final SshAlgorithms QUICK = SshAlgorithms.modern().withKeyExchanges(List.of("curve25519-sha256"));

    @TempDir
    private Path folder;

    /** Who renews keys. */
    enum Side {
        CLIENT,
        SERVER,
        /** Often at the same time, so that their proposals cross. */
        BOTH
    }

    /** Files move both ways at a time over one connection. */
    private static void movesFiles(SftpClient client, String path, int octets) throws Exception {
        byte[] content = Payload.bytes(octets);
        try (SftpSession session = client.connect().get(Patience.MILLIS, TimeUnit.MILLISECONDS)) {
            session.upload(TransferSource.fromBytes(content), path).completion().get();
            Upload up = session.upload(TransferSource.fromBytes(content), path + 2);
            ByteSink first = TransferSink.toBytes(octets);
            Download down = session.download(path, first);
            up.completion().get();
            down.completion().get();
            ByteSink second = TransferSink.toBytes(octets);
            session.download(path + 2, second).completion().get();
            assertThat(first.bytes()).isEqualTo(content);
            assertThat(second.bytes()).isEqualTo(content);
        }
    }

    /** Of four files, each side counts what it has sent and received. */
    private static void areRenewed(KeyWatch watch, int octets) {
        assertThat(watch.renewed()).hasSizeGreaterThan((int) (octets / OFTEN));
        assertThat(watch.first()).hasSize(1);
        // the first time is none of them
        assertThat(watch.verified())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(2, watch.renewed().size() + 1)
                                .boxed()
                                .toList());
        Negotiation agreed = watch.first().get(0);
        assertThat(watch.renewed()).allSatisfy(again -> {
            assertThat(again.keyExchange()).isEqualTo(agreed.keyExchange());
            assertThat(again.toServer()).isEqualTo(agreed.toServer());
            assertThat(again.toClient()).isEqualTo(agreed.toClient());
        });
    }

    private static SftpClient.Builder renewing(SftpClient.Builder settings, Side side) {
        settings.algorithms(QUICK);
        return side == Side.SERVER ? settings : settings.renewKeysAfter(OFTEN, Duration.ofHours(1));
    }

    private void keysAreRenewed(Side side, int octets) throws Exception {
        // memory has no room for the largest
        PathFileSystem files = PathFileSystem.of(folder);
        try (ServerFixture server = ServerFixture.with(settings -> {
            settings.user(ServerFixture.USER, ServerFixture.PASSWORD).files(files);
            return side == Side.CLIENT ? settings : settings.rekeyAfter(OFTEN, Duration.ofHours(1));
        })) {
            SftpClient.Builder settings = renewing(server.client(), side);
            KeyWatch watch = KeyWatch.of(settings);
            try (SftpClient client = settings.build()) {
                movesFiles(client, "/file", octets);
            }
            areRenewed(watch, octets);
        }
    }

    @ParameterizedTest
    @EnumSource
    void keysAreRenewedWhileFilesMove(Side side) throws Exception {
        keysAreRenewed(side, LARGE);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("long")
    void keysAreRenewedHundredsOfTimesWhileFilesMove(Side side) throws Exception {
        keysAreRenewed(side, HUGE);
    }

    private void keysAreRenewedWithOpenSsh(Side side, int octets) throws Exception {
        SshKeys keys = new SshKeys(folder);
        Path host = keys.key("host", "ed25519");
        Path user = keys.key("user", "ed25519");
        String limit = side == Side.CLIENT ? "RekeyLimit default none" : "RekeyLimit 1M";
        try (SshdFixture server = SshdFixture.start(folder, List.of(host), List.of(SshKeys.publicHalf(user)), limit)) {
            SftpClient.Builder settings = renewing(
                    ServerFixture.client(server.port())
                            .user(SshdFixture.user(), user)
                            .hostKeys(HostKeys.of("[127.0.0.1]:" + server.port() + " " + SshKeys.publicHalf(host))),
                    side);
            KeyWatch watch = KeyWatch.of(settings);
            try (SftpClient client = settings.build()) {
                movesFiles(client, folder.resolve("file").toString(), octets);
            }
            areRenewed(watch, octets);
        }
    }

    @ParameterizedTest
    @EnumSource
    void keysAreRenewedWithOpenSshWhileFilesMove(Side side) throws Exception {
        keysAreRenewedWithOpenSsh(side, LARGE);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("long")
    void keysAreRenewedHundredsOfTimesWithOpenSshWhileFilesMove(Side side) throws Exception {
        keysAreRenewedWithOpenSsh(side, HUGE);
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

    @Test
    void aPortWhereNothingListensIsToldInPlainWords() throws Exception {
        try (Socket bound = new Socket()) {
            bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            try (SftpClient client = ServerFixture.client(bound.getLocalPort()).build()) {
                SftpConnectionException refused =
                        catchThrowableOfType(SftpConnectionException.class, client::connectBlocking);
                assertThat(refused)
                        .hasMessage("no connection to 127.0.0.1:" + bound.getLocalPort()
                                + ": refused; nothing listens there, or a firewall says so");
            }
        }
    }
}
