package io.portolan.fs.nio;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.fs.QuotaExceededException;
import io.portolan.fs.VirtualPath;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FailuresTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "No space left on device",
                "Disk quota exceeded",
                "File too large",
                "There is not enough space on the disk"
            })
    void whatHasNoRoomIsBeyondAQuota(String reason) {
        IOException failure = new IOException(reason);
        assertThat(Failures.of(VirtualPath.of("/f"), failure))
                .isInstanceOf(QuotaExceededException.class)
                .hasCause(failure);
    }
}
