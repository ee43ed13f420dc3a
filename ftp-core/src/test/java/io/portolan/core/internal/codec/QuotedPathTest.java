package io.portolan.core.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class QuotedPathTest {

    @Test
    void quotesWithinAreDoubled() {
        assertThat(QuotedPath.quote("/a\"b")).isEqualTo("\"/a\"\"b\"");
        assertThat(QuotedPath.unquote("\"/a\"\"b\" is the \"current\" directory"))
                .contains("/a\"b");
    }

    @Test
    void withoutBothQuotesThereIsNoPath() {
        assertThat(QuotedPath.unquote("")).isEmpty();
        assertThat(QuotedPath.unquote("/a")).isEmpty();
        assertThat(QuotedPath.unquote("\"/a")).isEmpty();
        assertThat(QuotedPath.unquote("\"/a\"\"")).isEmpty();
    }

    @Property
    void whatIsQuotedIsUnquoted(@ForAll String path) {
        assertThat(QuotedPath.unquote(QuotedPath.quote(path) + " created")).contains(path);
    }
}
