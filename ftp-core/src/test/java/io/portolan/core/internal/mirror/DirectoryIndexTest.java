package io.portolan.core.internal.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.fs.FileType;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class DirectoryIndexTest {

    @Property(tries = 200)
    void whatIsAddedIsFoundAndNothingElse(@ForAll Map<String, Long> entries, @ForAll String other) {
        DirectoryIndex index = new DirectoryIndex();
        entries.forEach((name, size) -> index.add(new TreeEntry(
                name,
                size % 2 == 0 ? FileType.FILE : FileType.SYMBOLIC_LINK,
                size,
                size % 3 == 0 ? null : Instant.ofEpochSecond(size >> 24),
                Duration.ofSeconds(60))));
        assertThat(index.match(other) != null).isEqualTo(entries.containsKey(other));
        entries.forEach((name, size) -> assertThat(index.match(name))
                .isEqualTo(new TreeEntry(
                        name,
                        size % 2 == 0 ? FileType.FILE : FileType.SYMBOLIC_LINK,
                        size,
                        size % 3 == 0 ? null : Instant.ofEpochSecond(size >> 24),
                        Duration.ofSeconds(60))));
        assertThat(index.hasUnmatched()).isFalse();
    }

    @Test
    void aMillionNamesAreKeptApart() {
        DirectoryIndex index = new DirectoryIndex();
        for (int i = 0; i < 1_000_000; i++) {
            index.add(new TreeEntry("file-" + i + ".txt", FileType.FILE, i, null, Duration.ZERO));
        }
        for (int i = 0; i < 1_000_000; i += 7) {
            TreeEntry entry = index.match("file-" + i + ".txt");
            assertThat(entry == null ? -1 : entry.size()).isEqualTo(i);
        }
        assertThat(index.match("file-1000000.txt")).isNull();
        assertThat(index.hasUnmatched()).isTrue();
        assertThat(index.isMatched("file-7.txt")).isTrue();
        assertThat(index.isMatched("file-8.txt")).isFalse();
    }
}
