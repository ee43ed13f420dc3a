package io.portolan.ftp.client.internal.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EntryPipeTest {

    @Test
    void aWorkerDoesNotWaitForEverForThoseWhoTakeNothing() throws Exception {
        EntryPipe pipe = new EntryPipe(TimeUnit.MILLISECONDS.toNanos(10));
        for (int i = 0; i < EntryPipe.MAX_BATCHES; i++) {
            pipe.put(List.of());
        }
        assertThatThrownBy(() -> pipe.put(List.of()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("have not been taken");
    }

    @Test
    void aPipeWithRoomIsNotWaitedFor() {
        EntryPipe pipe = new EntryPipe(0);
        assertThatCode(() -> pipe.put(List.of())).doesNotThrowAnyException();
    }

    @Test
    void whoeverDoesSomethingWithEachEntryHasTime() {
        assertThat(EntryPipe.MAX_WAIT_NANOS)
                .isGreaterThanOrEqualTo(Duration.ofMinutes(1).toNanos());
    }
}
