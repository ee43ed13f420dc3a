package io.portolan.core.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FtpRequestTest {

    @ParameterizedTest
    @ValueSource(strings = {"PASS", "ACCT", "ADAT"})
    void secretsAreMaskedInText(String verb) {
        assertThat(new FtpRequest(verb, "geheim")).hasToString(verb + " ****");
    }

    @Test
    void controlCharactersAreEscapedInText() {
        assertThat(new FtpRequest("MKD", "a\r\nforged line\u001b[2J\u2028\u0085\u202e"))
                .hasToString("MKD a\\u000d\\u000aforged line\\u001b[2J\\u2028\\u0085\\u202e");
    }

    @Test
    void lettersOfAllScriptsStayReadableInText() {
        assertThat(new FtpRequest("STOR", "na\u00efve \u6587")).hasToString("STOR na\u00efve \u6587");
    }

    @Test
    void longArgumentsAreCutInText() {
        assertThat(new FtpRequest("STOR", "x".repeat(100_000)).toString()).hasSizeLessThan(300);
    }
}
