package io.portolan.sftp.server.internal.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.portolan.fs.ReadableFile;
import io.portolan.sftp.internal.SftpStatus;
import io.portolan.sftp.server.internal.engine.RequestFailure;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ContentRangeTest {

    /** A file without an end, which costs nothing to make. */
    private static ReadableFile endless() {
        return new ReadableFile() {
            @Override
            public int read(ByteBuffer target) {
                int count = target.remaining();
                target.position(target.limit());
                return count;
            }

            @Override
            public Optional<FileChannel> fileChannel() {
                return Optional.empty();
            }

            @Override
            public void close() {}
        };
    }

    @Test
    void oneRequestReadsOnlySoMuch() throws Exception {
        try (ContentRange range = ContentRange.of(endless(), 0, 0, () -> {})) {
            assertThatExceptionOfType(RequestFailure.class)
                    .isThrownBy(() -> {
                        while (true) {
                            range.next(Long.MAX_VALUE);
                        }
                    })
                    .satisfies(failure -> assertThat(failure.status()).isEqualTo(SftpStatus.FAILURE));
            assertThat(range.octets())
                    .isBetween(ContentRange.MAX_OCTETS, ContentRange.MAX_OCTETS + ContentRange.BUFFER);
        }
    }

    @Test
    void nothingIsReadForThoseWhoDoNotWaitAnyMore() throws Exception {
        int[] asked = new int[1];
        try (ContentRange range = ContentRange.of(endless(), 0, 0, () -> {
            if (++asked[0] > 3) {
                throw new RequestFailure(SftpStatus.FAILURE, "gone");
            }
        })) {
            assertThatExceptionOfType(RequestFailure.class).isThrownBy(() -> {
                while (true) {
                    range.next(Long.MAX_VALUE);
                }
            });
            assertThat(range.octets()).isEqualTo(3 * ContentRange.BUFFER);
        }
    }
}
