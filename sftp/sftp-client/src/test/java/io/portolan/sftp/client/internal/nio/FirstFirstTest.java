package io.portolan.sftp.client.internal.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.core.internal.nio.RemoteFiles.Entries;
import io.portolan.core.internal.nio.RemoteFiles.Entry;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Directories that fail when they are opened. */
final class FirstFirstTest {

    private boolean closed;

    private Entries failing(Exception failure) {
        return new Entries() {
            @Override
            public @Nullable Entry next() throws IOException {
                if (failure instanceof IOException io) {
                    throw io;
                }
                throw (RuntimeException) failure;
            }

            @Override
            public void close() {
                closed = true;
            }
        };
    }

    @Test
    void whatFailsAtItsFirstEntryIsClosed() {
        IOException failure = new IOException("gone");
        assertThatThrownBy(() -> FirstFirst.of(failing(failure))).isSameAs(failure);
        assertThat(closed).isTrue();
    }

    @Test
    void whatIsTakenAlreadyIsClosed() {
        IllegalStateException failure = new IllegalStateException("taken already");
        assertThatThrownBy(() -> FirstFirst.of(failing(failure))).isSameAs(failure);
        assertThat(closed).isTrue();
    }
}
