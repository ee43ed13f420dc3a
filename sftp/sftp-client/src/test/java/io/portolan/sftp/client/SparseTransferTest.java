package io.portolan.sftp.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.fs.nio.PathFileSystem;
import io.portolan.sftp.client.testing.CuttingProxy;
import io.portolan.sftp.client.testing.ServerFixture;
import io.portolan.transfer.TransferSink;
import io.portolan.transfer.TransferSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files with holes, both ways. */
class SparseTransferTest {

    private static final int SIZE = 24 << 20;

    @TempDir
    private Path folder;

    @Test
    void zerosTakeNoRoomAndAreNotSent() throws Exception {
        byte[] content = new byte[SIZE];
        Arrays.fill(content, SIZE / 2, SIZE / 2 + 100_000, (byte) 1);
        Path there = Files.createDirectory(folder.resolve("there"));
        Path here = Files.createDirectory(folder.resolve("here"));
        Path source = Files.write(here.resolve("source"), content);
        PathFileSystem files = PathFileSystem.of(there);
        AtomicLong told = new AtomicLong();
        try (ServerFixture server =
                        ServerFixture.with(settings -> settings.user(ServerFixture.USER, ServerFixture.PASSWORD)
                                .files(files));
                CuttingProxy proxy = new CuttingProxy(server.port(), () -> Long.MAX_VALUE);
                SftpClient client = ServerFixture.client(proxy.port())
                        .hostKeys(HostKeys.of(server.known().replace(":" + server.port(), ":" + proxy.port())))
                        .build();
                BlockingSftpSession session = client.connectBlocking()) {
            UploadOptions up = UploadOptions.builder()
                    .sparse(true)
                    .verification(Verification.HASH)
                    .progress((octets, total) -> told.set(octets))
                    .build();
            session.upload(TransferSource.fromPath(source), "/file", up);
            assertThat(told).hasValue(SIZE);
            assertThat(proxy.moved()).isLessThan(1_500_000);
            assertThat(there.resolve("file")).hasBinaryContent(content);

            Path target = here.resolve("target");
            session.download("/file", TransferSink.toPathSparse(target), DownloadOptions.defaults());
            assertThat(target).hasBinaryContent(content);

            if (blocks(source) >= SIZE / 512) {
                assertThat(blocks(there.resolve("file"))).isLessThan(SIZE / 512 / 10);
                assertThat(blocks(target)).isLessThan(SIZE / 512 / 10);
            }

            byte[] more = Arrays.copyOf(content, SIZE + 300_000);
            Files.write(source, more);
            session.upload(
                    TransferSource.fromPath(source),
                    "/file",
                    UploadOptions.builder().sparse(true).resume(true).build());
            assertThat(there.resolve("file")).hasBinaryContent(more);
        }
    }

    /** Blocks of 512 octets that a file takes on the disk; 0 if nobody tells. */
    private static long blocks(Path file) throws Exception {
        Process stat = new ProcessBuilder("stat", "-c", "%b", file.toString()).start();
        String text = new String(stat.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return stat.waitFor() == 0 ? Long.parseLong(text) : 0;
    }
}
