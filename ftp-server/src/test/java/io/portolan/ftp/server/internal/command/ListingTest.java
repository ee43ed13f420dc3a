package io.portolan.ftp.server.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.core.internal.codec.ControlCharset;
import io.portolan.core.internal.listing.NameListFormat;
import io.portolan.fs.DirectoryEntry;
import io.portolan.fs.EntryStream;
import io.portolan.fs.FileInfo;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How much of a directory is asked for at a time. */
class ListingTest {

    private static final Duration SLOWER_THAN_ANY = Duration.ofHours(1);

    private final List<Integer> asked = new ArrayList<>();
    private long now;
    private Duration perBatch = Duration.ZERO;

    private final EntryStream endless = new EntryStream() {
        @Override
        public List<DirectoryEntry> next(int max) {
            asked.add(max);
            now += perBatch.toNanos();
            return List.of(new DirectoryEntry("file", FileInfo.file(1, Instant.EPOCH)));
        }

        @Override
        public void close() {}
    };

    private void read(Listing listing, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            assertThat(listing.read(ByteBuffer.allocate(1024))).isPositive();
        }
    }

    @Test
    void aFastStoreIsAskedForMoreEachTimeUpToALimitAndASlowOneForLess() throws Exception {
        Listing listing = new Listing(
                endless,
                new EntryHelper(Runnable::run),
                new NameListFormat("", ControlCharset.UTF_8),
                Listing.all(true),
                () -> now);
        read(listing, 6);
        assertThat(asked).containsExactly(128, 256, 512, 1024, 1024, 1024);
        asked.clear();
        perBatch = SLOWER_THAN_ANY;
        read(listing, 13);
        assertThat(asked).containsExactly(1024, 512, 256, 128, 64, 32, 16, 8, 4, 2, 1, 1, 1);
    }
}
