package io.portolan.ftps.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.ftp.client.BlockingFtpSession;
import io.portolan.ftp.client.ChecksumAlgorithm;
import io.portolan.ftp.client.Download;
import io.portolan.ftp.client.FtpBatch;
import io.portolan.ftp.client.FtpClient;
import io.portolan.ftp.client.FtpEndpointCheck;
import io.portolan.ftp.client.FtpException;
import io.portolan.ftp.client.FtpLease;
import io.portolan.ftp.client.FtpMirror;
import io.portolan.ftp.client.FtpPool;
import io.portolan.ftp.client.FtpReplyException;
import io.portolan.ftp.client.FtpScheme;
import io.portolan.ftp.client.ResilientFtp;
import io.portolan.ftp.client.SegmentedDownload;
import io.portolan.ftp.client.UploadOptions;
import io.portolan.ftp.client.Verification;
import io.portolan.ftps.ClientTls;
import io.portolan.ftps.ServerTrust;
import io.portolan.ftps.testing.TestAuthority;
import io.portolan.mirror.MirrorOptions;
import io.portolan.mirror.MirrorResult;
import io.portolan.testing.Payload;
import io.portolan.transfer.TransferSource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is built out of sessions, with servers of others and with ours: verified and atomic uploads, mirrors, batches, parts, pools, what tries again, what is cancelled, and the check of an endpoint. */
class ForeignServersInFullTest {

    private static final byte[] BYTES = Payload.bytes(300_001);
    private static final String BASE = "/" + ForeignServer.FOLDER;

    /** Two parts of the size that is worth a connection. */
    private static final int BIG = 8 << 20;

    @TempDir
    private Path folder;

    private TestAuthority authority;
    private PemFiles keys;

    @BeforeEach
    void issue() throws Exception {
        authority = new TestAuthority("The authority");
        keys = PemFiles.write(authority.issue("The server", "127.0.0.1", "::1"), folder);
    }

    private FtpClient client(ForeignServer server, boolean isProtected) {
        FtpClient.Builder builder =
                FtpClient.builder().host(server.address()).port(server.port()).user(server.user(), server.password());
        if (isProtected) {
            builder.scheme(FtpScheme.EXPLICIT_TLS)
                    .securityMechanism(ClientTls.trusting(ServerTrust.authorities(List.of(authority.certificate()))));
        }
        return builder.build();
    }

    @ParameterizedTest
    @CsvSource({
        "VSFTPD, 127.0.0.1, false",
        "VSFTPD, ::1, true",
        "PROFTPD, ::1, false",
        "PROFTPD, 127.0.0.1, true",
        "PURE_FTPD, 127.0.0.1, false",
        "PURE_FTPD, ::1, true",
        "PYFTPDLIB, ::1, false",
        "PYFTPDLIB, 127.0.0.1, true",
        "APACHE, ::1, false",
        "APACHE, 127.0.0.1, true",
        "OWN, 127.0.0.1, false",
        "OWN, ::1, true"
    })
    void serveWhatIsBuiltOutOfSessions(ForeignProgram program, String address, boolean isProtected) throws Exception {
        try (ForeignServer server = ForeignServer.start(program, address, isProtected ? keys : null, true);
                FtpClient client = client(server, isProtected)) {
            try (BlockingFtpSession session = client.connectBlocking()) {
                uploadsAppearWhenTheyAreWhole(server, session);
                factsAreTold(session);
                cancelledTransfersLeaveTheSession(server, session);
            }
            mirrorsGoBothWays(server, client);
            manyFilesGoAtATime(server, client);
            bigFilesGoInParts(server, client);
            poolsShareTheirSessions(client);
            whatTriesAgainWorks(client);
            theCheckFindsNothing(server, isProtected);
        }
    }

    private static void uploadsAppearWhenTheyAreWhole(ForeignServer server, BlockingFtpSession session)
            throws IOException {
        UploadOptions options = UploadOptions.builder()
                .atomic(true)
                .verification(Verification.BEST)
                .build();
        for (int i = 0; i < 2; i++) {
            session.upload(TransferSource.fromBytes(BYTES), BASE + "/atomic", options);
        }
        assertThat(server.files()).isDirectoryContaining(file -> file.endsWith("atomic"));
        assertThat(session.list(BASE))
                .singleElement()
                .satisfies(entry -> assertThat(entry.size()).hasValue(BYTES.length));
        assertThatThrownBy(() -> session.upload(TransferSource.fromBytes(BYTES), BASE + "/none/atomic", options))
                .isInstanceOf(FtpReplyException.class);
    }

    private static void factsAreTold(BlockingFtpSession session) throws Exception {
        String path = BASE + "/atomic";
        assertThat(session.stat(path)).get().satisfies(entry -> {
            assertThat(entry.isFile()).isTrue();
            assertThat(entry.size()).hasValue(BYTES.length);
        });
        assertThat(session.stat(BASE + "/none")).isEmpty();
        if (session.async().features().has("MFMT")) {
            Instant time = Instant.parse("2025-06-07T08:09:10Z");
            session.setModified(path, time);
            assertThat(session.stat(path).orElseThrow().modified()).hasValue(time);
        }
        try {
            assertThat(session.checksum(path, ChecksumAlgorithm.SHA256).value())
                    .isEqualToIgnoringCase(HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(BYTES)));
        } catch (FtpException e) {
            // most tell none
            assertThat(session.workingDirectory()).startsWith("/");
        }
        session.changeDirectory(BASE);
        assertThat(session.workingDirectory()).isEqualTo(BASE);
        assertThat(session.stat("atomic")).isPresent();
        session.changeDirectory("/");
    }

    private static void cancelledTransfersLeaveTheSession(ForeignServer server, BlockingFtpSession session)
            throws Exception {
        Files.write(server.files().resolve("big"), Payload.bytes(BIG));
        for (int i = 0; i < 3; i++) {
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            Download download = session.async().download(BASE + "/big", offset -> new StuckFile(begun, goOn));
            begun.await();
            download.cancel();
            goOn.countDown();
            assertThatThrownBy(() -> download.completion().get(60, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class);
            assertThat(session.workingDirectory()).isEqualTo("/");
        }
    }

    private void mirrorsGoBothWays(ForeignServer server, FtpClient client) throws Exception {
        Path here = Files.createDirectories(folder.resolve("here"));
        Files.createDirectories(here.resolve("a/b b"));
        for (int i = 0; i < 12; i++) {
            Files.write(here.resolve(i % 2 == 0 ? "f" + i : "a/b b/f " + i), Payload.bytes(1000 * i));
        }
        MirrorOptions options =
                MirrorOptions.builder().parallel(2).deleteExtra(true).build();
        FtpMirror up = FtpMirror.between(client, BASE + "/mirror", here).withOptions(options);
        try (BlockingFtpSession session = client.connectBlocking()) {
            session.createDirectories(BASE + "/mirror");
        }
        MirrorResult first = up.upload();
        assertThat(first.failures()).isEmpty();
        assertThat(first.copied()).isEqualTo(12);
        Files.delete(here.resolve("f0"));
        Files.write(here.resolve("f2"), Payload.bytes(77));
        MirrorResult second = up.upload();
        assertThat(second.failures()).isEmpty();
        assertThat(server.files().resolve("mirror/f0")).doesNotExist();
        assertThat(server.files().resolve("mirror/f2")).hasBinaryContent(Payload.bytes(77));
        Path there = Files.createDirectories(folder.resolve("there"));
        MirrorResult down = FtpMirror.between(client, BASE + "/mirror", there)
                .withOptions(options)
                .download();
        assertThat(down.failures()).isEmpty();
        assertThat(down.copied()).isEqualTo(11);
        assertThat(there.resolve("a/b b/f 11")).hasBinaryContent(Payload.bytes(11_000));
    }

    private void manyFilesGoAtATime(ForeignServer server, FtpClient client) throws Exception {
        List<FtpBatch.Job> uploads = IntStream.range(0, 40)
                .mapToObj(i -> FtpBatch.Job.upload(TransferSource.fromBytes(Payload.bytes(i * 50)), BASE + "/b" + i))
                .toList();
        assertThat(FtpBatch.over(client).withConnections(3).run(uploads).failures())
                .isEmpty();
        Path target = Files.createDirectories(folder.resolve("batch"));
        List<FtpBatch.Job> downloads = IntStream.range(0, 40)
                .mapToObj(i -> FtpBatch.Job.download(BASE + "/b" + i, target.resolve("b" + i)))
                .toList();
        assertThat(FtpBatch.over(client).withConnections(3).run(downloads).failures())
                .isEmpty();
        for (int i = 0; i < 40; i++) {
            assertThat(target.resolve("b" + i)).hasBinaryContent(Payload.bytes(i * 50));
        }
        assertThat(server.files().resolve("b39")).hasBinaryContent(Payload.bytes(39 * 50));
    }

    private void bigFilesGoInParts(ForeignServer server, FtpClient client) throws Exception {
        Path target = folder.resolve("in parts");
        assertThat(SegmentedDownload.of(client, BASE + "/big", target)
                        .withConnections(2)
                        .run()
                        .octets())
                .isEqualTo(BIG);
        assertThat(Files.mismatch(target, server.files().resolve("big"))).isEqualTo(-1);
    }

    private static void poolsShareTheirSessions(FtpClient client) throws IOException {
        try (FtpPool pool = client.pool()) {
            for (int i = 0; i < 3; i++) {
                try (FtpLease one = pool.leaseBlocking();
                        FtpLease two = pool.leaseBlocking()) {
                    one.blocking().changeDirectory(BASE);
                    one.blocking().delete("b" + i);
                    assertThat(two.blocking().workingDirectory()).isEqualTo("/");
                    assertThat(two.blocking().stat(BASE + "/b" + i)).isEmpty();
                }
            }
            assertThat(pool.state().open()).isLessThanOrEqualTo(2);
        }
    }

    private void whatTriesAgainWorks(FtpClient client) throws IOException {
        try (ResilientFtp resilient = client.resilient()) {
            resilient.upload(
                    TransferSource.fromBytes(BYTES),
                    BASE + "/resilient",
                    UploadOptions.builder().atomic(true).resume(true).build());
            Path target = folder.resolve("resilient");
            resilient.download(BASE + "/resilient", target);
            assertThat(target).hasBinaryContent(BYTES);
            assertThat(resilient.stat(BASE + "/resilient")).isPresent();
        }
    }

    private static void theCheckFindsNothing(ForeignServer server, boolean isProtected) {
        String host = server.address().contains(":") ? "[" + server.address() + "]" : server.address();
        var report = FtpEndpointCheck.of(URI.create((isProtected ? "ftpes://" : "ftp://") + host + ":" + server.port()))
                .login(server.user(), server.password())
                .insecure(true)
                .upload(BASE + "/check")
                .build()
                .run();
        assertThat(report.isHealthy()).as(report.toText()).isTrue();
        assertThat(server.files().resolve("check")).doesNotExist();
    }
}
