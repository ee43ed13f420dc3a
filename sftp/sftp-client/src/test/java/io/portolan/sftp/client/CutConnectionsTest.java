package io.portolan.sftp.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.fs.nio.PathFileSystem;
import io.portolan.sftp.client.testing.CuttingProxy;
import io.portolan.sftp.client.testing.ServerFixture;
import io.portolan.sftp.client.testing.SshKeys;
import io.portolan.sftp.client.testing.SshdFixture;
import io.portolan.transfer.ByteSink;
import io.portolan.transfer.RetryPolicy;
import io.portolan.transfer.TransferSink;
import io.portolan.transfer.TransferSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How much moves again when connections are cut, with our own server and with OpenSSH's. */
class CutConnectionsTest {

    private static final int SIZE = 6_000_000;
    private static final int AHEAD = 512 * 1024;

    /** What a key exchange and a login take, and much more. */
    private static final int HANDSHAKE = 30_000;

    /** Of what is moved by connections that are cut at random. */
    private static final int SMALL = 1_500_000;

    private static final RetryPolicy PATIENT = RetryPolicy.builder()
            .attempts(12)
            .firstWait(Duration.ofMillis(1))
            .longestWait(Duration.ofMillis(1))
            .build();

    @TempDir
    private Path folder;

    private final Random random = new Random(7);

    /** Whose server it is. */
    enum Peer {
        OWN,
        OPENSSH
    }

    /** What is done with a server behind a proxy. */
    private interface Body {
        void run(ResilientSftp sftp, CuttingProxy proxy, String file) throws Exception;
    }

    private void with(Peer peer, LongSupplier lives, Body body) throws Exception {
        Path served = Files.createDirectory(folder.resolve("served"));
        if (peer == Peer.OWN) {
            PathFileSystem files = PathFileSystem.builder(served).build();
            try (ServerFixture server =
                            ServerFixture.with(settings -> settings.user(ServerFixture.USER, ServerFixture.PASSWORD)
                                    .files(files));
                    CuttingProxy proxy = new CuttingProxy(server.port(), lives);
                    SftpClient client = ServerFixture.client(proxy.port())
                            .transferMemory(AHEAD)
                            .hostKeys(HostKeys.of(server.known().replace(":" + server.port(), ":" + proxy.port())))
                            .build();
                    ResilientSftp sftp = client.resilient(PATIENT)) {
                body.run(sftp, proxy, "/file");
            }
            return;
        }
        SshKeys keys = new SshKeys(folder);
        Path host = keys.key("host", "ed25519");
        Path user = keys.key("user", "ed25519");
        try (SshdFixture server = SshdFixture.start(folder, List.of(host), List.of(SshKeys.publicHalf(user)));
                CuttingProxy proxy = new CuttingProxy(server.port(), lives);
                SftpClient client = ServerFixture.client(proxy.port())
                        .transferMemory(AHEAD)
                        .user(SshdFixture.user(), user)
                        .hostKeys(HostKeys.of("[127.0.0.1]:" + proxy.port() + " " + SshKeys.publicHalf(host)))
                        .build();
                ResilientSftp sftp = client.resilient(PATIENT)) {
            body.run(sftp, proxy, served.resolve("file").toString());
        }
    }

    private byte[] random(int octets) {
        byte[] content = new byte[octets];
        random.nextBytes(content);
        return content;
    }

    @Test
    void anUploadThatWasCutIsNotSentAnew() throws Exception {
        assertThat(movedByAnUploadThatIsCut(Peer.OPENSSH)).isBetween((long) SIZE, SIZE + 2L * AHEAD);
    }

    /** Of what broke off our server lets nothing be seen under the name it was sent to, so there is nothing to go on behind. */
    @Test
    void anUploadThatWasCutIsSentAnewToOurServer() throws Exception {
        assertThat(movedByAnUploadThatIsCut(Peer.OWN)).isBetween(SIZE * 5L / 3, SIZE * 5L / 3 + 2L * AHEAD);
    }

    private long movedByAnUploadThatIsCut(Peer peer) throws Exception {
        AtomicLong moved = new AtomicLong();
        byte[] content = random(SIZE);
        AtomicInteger connections = new AtomicInteger();
        LongSupplier once = () -> connections.getAndIncrement() == 0 ? HANDSHAKE + SIZE * 2L / 3 : Long.MAX_VALUE;
        with(peer, once, (sftp, proxy, file) -> {
            TransferResult result = sftp.upload(TransferSource.fromBytes(content), file, ResilientSftp.UPLOADS);
            assertThat(result.octets()).isEqualTo(SIZE);
            assertThat(folder.resolve("served/file")).hasBinaryContent(content);
            assertThat(folder.resolve("served")).isDirectoryNotContaining(path -> !path.endsWith("file"));
            assertThat(proxy.cuts()).isEqualTo(1);
            moved.set(proxy.moved());
        });
        return moved.get();
    }

    private void movesBothWays(Peer peer, int cuts) throws Exception {
        with(peer, () -> HANDSHAKE + random.nextInt(SMALL), (sftp, proxy, file) -> {
            while (proxy.cuts() < cuts) {
                byte[] content = random(SMALL);
                TransferResult up = sftp.upload(TransferSource.fromBytes(content), file, ResilientSftp.UPLOADS);
                assertThat(folder.resolve("served/file")).hasBinaryContent(content);
                ByteSink sink = TransferSink.toBytes(SMALL);
                TransferResult down = sftp.download(file, sink, DownloadOptions.defaults());
                assertThat(sink.bytes()).isEqualTo(content);
                assertThat(up.octets()).isEqualTo(down.octets()).isEqualTo(SMALL);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void isWholeHoweverOftenTheConnectionIsCut(Peer peer) throws Exception {
        movesBothWays(peer, 15);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("long")
    @Timeout(value = 4, unit = TimeUnit.MINUTES)
    void isWholeThoughTheConnectionIsCutFiveHundredTimes(Peer peer) throws Exception {
        movesBothWays(peer, 500);
    }
}
