package io.portolan.core.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ControlCharsetTest {

    private static String decode(ControlCharset charset, int... octets) {
        byte[] bytes = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            bytes[i] = (byte) octets[i];
        }
        return charset.decode(bytes, 0, bytes.length);
    }

    @Test
    void validUtf8IsUtf8() {
        assertThat(decode(ControlCharset.UTF_8, 0xc3, 0xa9)).isEqualTo("\u00e9");
    }

    @Test
    void overlongFormsAndSurrogatesAreNotUtf8() {
        assertThat(decode(ControlCharset.UTF_8, 0xc0, 0xaf)).isEqualTo("\u00c0\u00af");
        assertThat(decode(ControlCharset.UTF_8, 0xed, 0xa0, 0x80)).isEqualTo("\u00ed\u00a0\u0080");
    }

    @Test
    void theFallbackCanBeChosen() {
        ControlCharset charset = ControlCharset.utf8(Charset.forName("windows-1252"));
        assertThat(decode(charset, 0x80)).isEqualTo("\u20ac");
        assertThat(charset.encode("\u20ac")).containsExactly(0xe2, 0x82, 0xac);
    }

    @Test
    void oneCharsetAloneReadsAndWritesByIt() {
        ControlCharset charset = ControlCharset.only(StandardCharsets.ISO_8859_1);
        assertThat(decode(charset, 0xc3, 0xa9)).isEqualTo("\u00c3\u00a9");
        assertThat(charset.encode("\u00e9")).containsExactly(0xe9);
        assertThat(charset.isUtf8()).isFalse();
        assertThat(ControlCharset.only(StandardCharsets.UTF_8).isUtf8()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-32", "IBM037", "ISO-2022-JP"})
    void charsetsThatCouldSplitALineAreRefused(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> ControlCharset.only(Charset.forName(name)));
        assertThatIllegalArgumentException().isThrownBy(() -> ControlCharset.utf8(Charset.forName(name)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"windows-1252", "ISO-8859-15", "GB18030", "EUC-JP", "Big5", "KOI8-R"})
    void supersetsOfAsciiAreTaken(String name) {
        assertThat(ControlCharset.only(Charset.forName(name)).encoding()).isEqualTo(Charset.forName(name));
    }

    @Property
    void anyOctetsAreReadAndNeverFail(@ForAll byte[] octets) {
        String text = ControlCharset.UTF_8.decode(octets, 0, octets.length);
        boolean utf8 = Arrays.equals(text.getBytes(StandardCharsets.UTF_8), octets);
        boolean fallback = Arrays.equals(text.getBytes(StandardCharsets.ISO_8859_1), octets);
        assertThat(utf8 || fallback).isTrue();
    }
}
