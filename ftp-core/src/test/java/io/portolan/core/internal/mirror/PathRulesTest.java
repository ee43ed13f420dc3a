package io.portolan.core.internal.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.fs.VirtualPath;
import io.portolan.mirror.MirrorOptions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PathRulesTest {

    @ParameterizedTest
    @CsvSource({
        "*.tmp, /a.tmp, true",
        "*.tmp, /d/e/a.tmp, true",
        "*.tmp, /a.tmpx, false",
        "*, /.hidden, true",
        "?hidden, /.hidden, true",
        ".*, /.hidden, true",
        "a[0-9], /d/a7, true",
        "/a, /a, true",
        "/a, /d/a, false",
        "d/a, /d/a, true",
        "d/*, /d/a, true",
        "d/*, /d/a/b, false",
        "d/**, /d/a/b, true",
        "**/b, /b, true",
        "**/b, /d/a/b, true",
        "/d/**/b, /d/b, true",
        "/d/**/b, /d/x/y/b, true",
        "/d/**/b, /e/b, false",
        "**, /anything/at/all, true",
        "node/, /node, false",
        "Case, /case, false"
    })
    void patternsMeanWhatTheyMeanInShells(String pattern, String path, boolean matches) {
        assertThat(new PathRules(List.of(), List.of(pattern)).takesFile(VirtualPath.of(path)))
                .isEqualTo(!matches);
        assertThat(new PathRules(List.of(pattern), List.of()).takesFile(VirtualPath.of(path)))
                .isEqualTo(matches);
    }

    @Test
    void aSlashAtTheEndIsForDirectories() {
        PathRules rules = new PathRules(List.of(), List.of("node/", "/a/b/"));
        assertThat(rules.takesDirectory(VirtualPath.of("/x/node"))).isFalse();
        assertThat(rules.takesFile(VirtualPath.of("/x/node"))).isTrue();
        assertThat(rules.takesDirectory(VirtualPath.of("/a/b"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "a//b", "//", "a//"})
    void emptyNamesAreNoPattern(String pattern) {
        assertThatThrownBy(() -> MirrorOptions.builder().exclude(pattern)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void patternsHaveLimits() {
        MirrorOptions.Builder builder = MirrorOptions.builder();
        new PathRules(List.of("x".repeat(254)), List.of("x/".repeat(63) + "x"));
        builder.include("x".repeat(254)).exclude("x/".repeat(63) + "x");
        assertThatThrownBy(() -> builder.include("x".repeat(255))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.exclude("x/".repeat(64) + "x")).isInstanceOf(IllegalArgumentException.class);
        for (int i = 1; i < 1000; i++) {
            builder.exclude("x");
        }
        assertThatThrownBy(() -> builder.exclude("x")).hasMessageContaining("1000");
        assertThatThrownBy(() -> builder.parallel(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.parallel(65)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.maxDepth(1001)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.maxEntries(10_000_001)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.attempts(101)).isInstanceOf(IllegalArgumentException.class);
    }
}
