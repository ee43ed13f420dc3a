package io.portolan.core.internal.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.portolan.ftp.FtpSyntaxException;
import java.time.Duration;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GlobTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "*, anything",
                "*.txt, a.txt",
                "a*, a",
                "a?c, abc",
                "a?c, a\ud83d\ude80c",
                "[abc]x, bx",
                "[a-c]x, bx",
                "[!a-c]x, dx",
                "[^a-c]x, dx",
                "[]]x, ]x",
                "[!]]x, ax",
                "[a-]x, -x",
                "[x, [x",
                "a\\*, a*",
                "a\\, a\\",
                "**a**, bab",
                ".*, .profile",
                "\\.p, .p",
                "\u00e9*, \u00e9t\u00e9"
            })
    void aPatternMatches(String pattern, String name) {
        assertThat(Glob.compile(pattern).matches(name)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "*.txt, a.txtx",
                "a?c, ac",
                "a?c, abbc",
                "[abc]x, dx",
                "[!a-c]x, bx",
                "[c-a]x, bx",
                "a, A",
                "a\\*, ab",
                "*, .profile",
                "?profile, .profile",
                "[.]profile, .profile",
                "[!a]profile, .profile",
                "*.profile, .profile"
            })
    void aPatternDoesNotMatch(String pattern, String name) {
        assertThat(Glob.compile(pattern).matches(name)).isFalse();
    }

    @Test
    void theEmptyPatternMatchesTheEmptyNameOnly() {
        assertThat(Glob.compile("").matches("")).isTrue();
        assertThat(Glob.compile("").matches("a")).isFalse();
        assertThat(Glob.compile("*").matches("")).isTrue();
        assertThat(Glob.compile("?").matches("")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "a?", "[a]", "a\\\\*"})
    void whatHasAWildcardIsAPattern(String text) {
        assertThat(Glob.isPattern(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.txt", "a\\*", "\\?", "\\[a]", "a\\", "]"})
    void whatHasNoneIsAName(String text) {
        assertThat(Glob.isPattern(text)).isFalse();
    }

    @Test
    void aPatternIsNoLongerThanTheLimit() {
        assertThat(Glob.compile("?".repeat(Glob.MAX_LENGTH)).matches("x".repeat(Glob.MAX_LENGTH)))
                .isTrue();
        assertThatExceptionOfType(FtpSyntaxException.class)
                .isThrownBy(() -> Glob.compile("*".repeat(Glob.MAX_LENGTH + 1)));
    }

    @Test
    void thePatternsThatExplodeElsewhereTakeNoTime() {
        Glob stars = Glob.compile("*a".repeat(127) + "b");
        Glob classes = Glob.compile("*[!x]*[!x]?".repeat(20) + "b");
        String name = "a".repeat(100_000);
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            assertThat(stars.matches(name)).isFalse();
            assertThat(classes.matches(name)).isFalse();
        });
    }

    @Provide
    Arbitrary<String> patterns() {
        return Arbitraries.strings().withChars("ab.*?").ofMaxLength(90);
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings().withChars("ab.").ofMaxLength(90);
    }

    /** Stars and question marks only, so that a regular expression can tell what is right; names of one or two letters make matches likely. */
    @Property
    void itAgreesWithARegularExpression(@ForAll("patterns") String pattern, @ForAll("names") String name) {
        String squeezed = pattern.replaceAll("\\*+", "*").replaceAll("(\\*[^*]+\\*[^*]+)\\*", "$1");
        String regex = squeezed.replace(".", "[.]").replace("*", ".*").replace("?", ".");
        boolean hidden = name.startsWith(".") && !squeezed.startsWith(".");
        assertThat(Glob.compile(squeezed).matches(name)).isEqualTo(!hidden && Pattern.matches(regex, name));
    }

    @Property
    void aNameWithEscapesMatchesItself(@ForAll("names") String name) {
        StringBuilder escaped = new StringBuilder();
        name.chars().forEach(c -> escaped.append('\\').append((char) c));
        assertThat(Glob.compile(escaped.toString()).matches(name)).isTrue();
    }

    @Property
    void whateverComesCompilesAndMatchesWithoutAnException(@ForAll String pattern, @ForAll String name) {
        if (pattern.length() <= Glob.MAX_LENGTH) {
            assertThat(Glob.compile(pattern).matches(name)).isIn(true, false);
        }
    }
}
