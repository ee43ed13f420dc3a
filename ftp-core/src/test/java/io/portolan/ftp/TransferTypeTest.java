package io.portolan.ftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TransferTypeTest {

    @ParameterizedTest
    @ValueSource(strings = {"A", "a", "A N", "a n"})
    void textIsAscii(String argument) {
        assertThat(TransferType.parse(argument)).isSameAs(TransferType.ASCII);
    }

    @ParameterizedTest
    @ValueSource(strings = {"I", "i", "L 8", "l 8"})
    void binaryIsImage(String argument) {
        assertThat(TransferType.parse(argument)).isSameAs(TransferType.IMAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "E", "A T", "A C", "L", "L 7", "L 16", "IX", "I N", "A  N", "L 08"})
    void otherTypesAreRefused(String argument) {
        assertThatExceptionOfType(FtpSyntaxException.class).isThrownBy(() -> TransferType.parse(argument));
    }
}
