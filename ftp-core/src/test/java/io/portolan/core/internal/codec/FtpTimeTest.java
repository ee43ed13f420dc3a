package io.portolan.core.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.portolan.ftp.FtpSyntaxException;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FtpTimeTest {

    @Test
    void aTimeIsFourteenDigitsOfUtc() {
        assertThat(FtpTime.parse("20240229235901")).isEqualTo(Instant.parse("2024-02-29T23:59:01Z"));
        assertThat(FtpTime.format(Instant.parse("2024-02-29T23:59:01Z"))).isEqualTo("20240229235901");
    }

    @Test
    void aFractionMayFollow() {
        assertThat(FtpTime.parse("20240229235901.5")).isEqualTo(Instant.parse("2024-02-29T23:59:01.5Z"));
        assertThat(FtpTime.parse("20240229235901.000000001"))
                .isEqualTo(Instant.parse("2024-02-29T23:59:01.000000001Z"));
        assertThat(FtpTime.format(Instant.parse("2024-02-29T23:59:01.007Z"))).isEqualTo("20240229235901.007");
    }

    @Test
    void aLeapSecondIsTheNextSecond() {
        assertThat(FtpTime.parse("20161231235960")).isEqualTo(Instant.parse("2017-01-01T00:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2024022923590",
                "202402292359011",
                "20230229000000",
                "20241301000000",
                "20240001000000",
                "20240100000000",
                "20240101240000",
                "20240101006000",
                "20240101000061",
                "20240101000000.",
                "20240101000000.x",
                "20240101000000.0000000001",
                "20240101000000Z",
                "2024010100000+",
                "-0240101000000",
                "1910401010000 0",
                "\u0662\u06600240101000000"
            })
    void anythingElseIsRefused(String text) {
        assertThatExceptionOfType(FtpSyntaxException.class).isThrownBy(() -> FtpTime.parse(text));
    }

    @Test
    void aYearWithoutFourDigitsBecomesTheNearestThatHasThem() {
        assertThat(FtpTime.format(Instant.MAX)).isEqualTo("99991231235959");
        assertThat(FtpTime.format(Instant.MIN)).isEqualTo("00000101000000");
    }

    @Property
    void whatIsFormattedIsParsed(
            @ForAll @LongRange(min = -62_167_219_200_000L, max = 253_402_300_799_000L) long millis) {
        Instant time = Instant.ofEpochMilli(millis);
        assertThat(FtpTime.parse(FtpTime.format(time))).isEqualTo(time);
    }

    @Property
    void whateverComesIsATimeOrASyntaxError(@ForAll String text) {
        try {
            assertThat(FtpTime.parse(text)).isNotNull();
        } catch (FtpSyntaxException expected) {
            assertThat(expected).isNotNull();
        }
    }
}
