package io.portolan.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordHashTest {

    private static final String SALT = "AAAAAAAAAAAAAAAAAAAAAA";

    private static final String HASH = "A".repeat(43);

    @Test
    void aHashIsWrittenInTheFormThatOtherToolsRead() {
        PasswordHash hash = PasswordHash.of("secret".toCharArray(), 1_000);
        assertThat(hash.encoded()).matches("\\$pbkdf2-sha256\\$1000\\$[A-Za-z0-9./]{22}\\$[A-Za-z0-9./]{43}");
    }

    @Test
    void aHashOfAnotherToolIsRead() {
        // Made with Python's hashlib.pbkdf2_hmac("sha256", b"password", b"saltsaltsaltsalt", 1000).
        PasswordHash hash = PasswordHash.parse(
                "$pbkdf2-sha256$1000$c2FsdHNhbHRzYWx0c2FsdA$8nX7hwFEzIB8aPajJTYK8weHQc5Ngz0pFVAKvSu4jQA");
        assertThat(hash.matches("password".toCharArray())).isTrue();
        assertThat(hash.matches("passwore".toCharArray())).isFalse();
    }

    @Test
    void twoHashesOfOnePasswordDiffer() {
        char[] password = "secret".toCharArray();
        assertThat(PasswordHash.of(password, 1_000).encoded())
                .isNotEqualTo(PasswordHash.of(password, 1_000).encoded());
    }

    @Test
    void theDefaultIsWhatIsRecommended() {
        PasswordHash hash = PasswordHash.of("secret".toCharArray());
        assertThat(hash.iterations()).isEqualTo(PasswordHash.DEFAULT_ITERATIONS);
        assertThat(hash.matches("secret".toCharArray())).isTrue();
    }

    @Test
    void anEmptyPasswordIsNoPassword() {
        assertThatThrownBy(() -> PasswordHash.of(new char[0])).isInstanceOf(IllegalArgumentException.class);
        assertThat(PasswordHash.of("\0".toCharArray(), 1_000).matches(new char[0]))
                .isFalse();
    }

    @Test
    void iterationsAreBoundedAlsoInWhatIsRead() {
        assertThatThrownBy(() -> PasswordHash.of("x".toCharArray(), PasswordHash.MIN_ITERATIONS - 1))
                .hasMessageStartingWith("iterations:");
        assertThatThrownBy(() -> PasswordHash.parse(
                        "$pbkdf2-sha256$" + (PasswordHash.MAX_ITERATIONS + 1) + "$" + SALT + "$" + HASH))
                .hasMessageStartingWith("iterations:");
        assertThat(PasswordHash.parse("$pbkdf2-sha256$" + PasswordHash.MAX_ITERATIONS + "$" + SALT + "$" + HASH)
                        .iterations())
                .isEqualTo(PasswordHash.MAX_ITERATIONS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret",
                "$pbkdf2-sha256$1000$AAAAAAAAAAAAAAAAAAAAAA",
                "$pbkdf2-sha512$1000$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
                "$pbkdf2-sha256$-1000$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
                "$pbkdf2-sha256$99999999999$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
                "$pbkdf2-sha256$1000$AAAA$AAAAAAAAAAAAAAAAAAAAAA",
                "$pbkdf2-sha256$1000$AAAAAAAAAAAAAAAAAAAAAA$AAAA",
                "$pbkdf2-sha256$1000$AAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAA",
                "$pbkdf2-sha256$1000$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA$"
            })
    void whatIsNotAHashIsRefused(String text) {
        assertThatThrownBy(() -> PasswordHash.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nothingSecretIsInItsDescription() {
        PasswordHash hash = PasswordHash.of("secret".toCharArray(), 1_000);
        assertThat(hash).hasToString("PasswordHash[1000 iterations]");
    }

    @Property(tries = 50)
    void whatWasHashedMatchesAfterWritingAndReading(@ForAll @StringLength(min = 1, max = 50) String password) {
        PasswordHash hash = PasswordHash.parse(
                PasswordHash.of(password.toCharArray(), 1_000).encoded());
        assertThat(hash.matches(password.toCharArray())).isTrue();
        assertThat(hash.matches((password + "x").toCharArray())).isFalse();
    }

    @Property
    void readingThrowsNothingButItsOwnException(@ForAll String text) {
        try {
            PasswordHash.parse(text);
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
    }
}
