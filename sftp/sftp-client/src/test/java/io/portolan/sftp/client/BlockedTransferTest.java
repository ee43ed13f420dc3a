package io.portolan.sftp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portolan.fs.ReadableFile;
import io.portolan.fs.WritableFile;
import io.portolan.sftp.client.testing.ServerFixture;
import io.portolan.testing.Patience;
import io.portolan.transfer.TransferSink;
import io.portolan.transfer.TransferSource;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sources and sinks that keep a worker for good, while their client is closed. Each takes as long as the client has patience. */
final class BlockedTransferTest {

    /** Takes whoever comes, until he is interrupted. */
    private static final class Trap {
        private final CountDownLatch caught = new CountDownLatch(1);
        private final CountDownLatch never = new CountDownLatch(1);
        private final CountDownLatch closed = new CountDownLatch(1);

        private void enter() throws IOException {
            caught.countDown();
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            }
        }

        private void waitUntilCaught() throws InterruptedException {
            assertThat(caught.await(Patience.MILLIS, TimeUnit.MILLISECONDS)).isTrue();
        }
    }

    private record Source(Trap trap) implements TransferSource, ReadableFile {
        @Override
        public OptionalLong size() {
            return OptionalLong.empty();
        }

        @Override
        public boolean isRepeatable() {
            return false;
        }

        @Override
        public ReadableFile open(long offset) {
            return this;
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            trap.enter();
            return -1;
        }

        @Override
        public void close() {
            trap.closed.countDown();
        }
    }

    private record Sink(Trap trap) implements TransferSink, WritableFile {
        @Override
        public WritableFile open(long offset) {
            return this;
        }

        @Override
        public long resumeOffset() {
            return 0;
        }

        @Override
        public void write(ByteBuffer source) throws IOException {
            trap.enter();
        }

        @Override
        public void commit() {
            throw new AssertionError("nothing was written");
        }

        @Override
        public void close() {
            trap.closed.countDown();
        }
    }

    private static void fails(CompletableFuture<?> transfer) {
        ExecutionException failed = catchThrowableOfType(
                ExecutionException.class, () -> transfer.get(Patience.MILLIS, TimeUnit.MILLISECONDS));
        assertThat(failed).hasCauseInstanceOf(SftpException.class);
    }

    @Test
    @Tag("long")
    void transfersThatHoldTheirWorkersFailWhenTheClientIsClosedAndLetGoOfAll() throws Exception {
        Trap up = new Trap();
        Trap down = new Trap();
        try (ServerFixture server = ServerFixture.start()) {
            CompletableFuture<?> uploading;
            CompletableFuture<?> downloading;
            try (SftpClient client = server.client().build();
                    SftpSession session = client.connectBlocking().async()) {
                session.blocking().upload(TransferSource.fromBytes(new byte[1000]), "/there", UploadOptions.defaults());
                uploading = session.upload(new Source(up), "/blocked", UploadOptions.defaults())
                        .completion();
                downloading = session.download("/there", new Sink(down), DownloadOptions.defaults())
                        .completion();
                up.waitUntilCaught();
                down.waitUntilCaught();
            }
            fails(uploading);
            fails(downloading);
            assertThat(up.closed.getCount()).isZero();
            assertThat(down.closed.getCount()).isZero();
        }
    }
}
