package io.portolan.ftp.server.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.fs.DelegatingFileSystem;
import io.portolan.fs.ReadableFile;
import io.portolan.fs.VirtualPath;
import io.portolan.fs.nio.PathFileSystem;
import io.portolan.ftp.server.testing.FtpTestClient;
import io.portolan.ftp.server.testing.ServerFixture;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who reads a file that goes from the disk to the socket as it is: we on the lane, or the kernel on the event loop where that was asked for. */
class SendfileTest {

    @TempDir
    Path folder;

    private final byte[] content = new byte[2_000_000];
    private final AtomicInteger reads = new AtomicInteger();
    private PathFileSystem disk;

    @BeforeEach
    void fill() throws IOException {
        new Random(11).nextBytes(content);
        Files.write(folder.resolve("big"), content);
        disk = PathFileSystem.of(folder);
    }

    /** The disk's files, with the reads counted. */
    private final class CountedReads extends DelegatingFileSystem {
        @Override
        public ReadableFile openRead(VirtualPath path, long offset) throws IOException {
            ReadableFile file = disk.openRead(path, offset);
            return new ReadableFile() {
                @Override
                public int read(ByteBuffer target) throws IOException {
                    reads.incrementAndGet();
                    return file.read(target);
                }

                @Override
                public Optional<FileChannel> fileChannel() {
                    return file.fileChannel();
                }

                @Override
                public void close() throws IOException {
                    file.close();
                }
            };
        }
    }

    private void assertDownloads(boolean sendfile, String restart, int from) throws Exception {
        CountedReads files = new CountedReads();
        try (ServerFixture server = ServerFixture.serving(files, settings -> settings.allowSendfile(sendfile));
                FtpTestClient client = server.login()) {
            server.write("/big", content);
            client.expect(350, restart);
            byte[] got = client.download("RETR big");
            assertThat(got).hasSize(content.length - from);
            assertThat(got).isEqualTo(Arrays.copyOfRange(content, from, content.length));
        }
    }

    @Test
    void aFileIsReadOnTheLaneUnlessToldOtherwise() throws Exception {
        assertDownloads(false, "REST 100000", 100_000);
        assertThat(reads).hasPositiveValue();
    }

    @Test
    void theKernelSendsItWhereThatIsAllowed() throws Exception {
        assertDownloads(true, "REST 100000", 100_000);
        assertThat(reads).hasValue(0);
    }
}
