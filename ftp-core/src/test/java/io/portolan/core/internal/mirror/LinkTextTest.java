package io.portolan.core.internal.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.fs.VirtualPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LinkTextTest {

    private static final VirtualPath DIRECTORY = VirtualPath.of("/a/b");

    @ParameterizedTest
    @ValueSource(strings = {"file", "./file", "deeper/file", "..", "../", "../..", "../../other/file", ".", "sub//x"})
    void whatLeadsDownOrUpToTheRootStaysInside(String text) {
        assertThat(LinkText.staysInside(DIRECTORY, text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/a/b/file",
                "../../..",
                "../../../a",
                "x/../y",
                "../../a/../../etc/passwd",
                "..\\..\\x",
                "C:",
                "C:\\x",
                "file:stream",
                "line\nfeed",
                "nul\0"
            })
    void whatLeadsOutOrMayDoesNot(String text) {
        assertThat(LinkText.staysInside(DIRECTORY, text)).isFalse();
    }

    @Test
    void whatIsLongerThanAnyPathDoesNot() {
        assertThat(LinkText.staysInside(DIRECTORY, "a".repeat(4096))).isTrue();
        assertThat(LinkText.staysInside(DIRECTORY, "a".repeat(4097))).isFalse();
    }
}
