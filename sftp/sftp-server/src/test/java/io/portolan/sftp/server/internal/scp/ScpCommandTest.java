package io.portolan.sftp.server.internal.scp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which command lines are read, and how. */
class ScpCommandTest {

    @Test
    void optionsMayStandAloneOrTogether() {
        ScpCommand expected = new ScpCommand(true, true, true, true, "/up");
        assertThat(ScpCommand.parse("scp -r -p -d -t /up")).contains(expected);
        assertThat(ScpCommand.parse("scp -rpdt /up")).contains(expected);
        assertThat(ScpCommand.parse("scp -v -r -p -d -t -- /up")).contains(expected);
        assertThat(ScpCommand.parse("scp -f a")).contains(new ScpCommand(false, false, false, false, "a"));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "scp -t 'a b',a b",
                "scp -t \"a b\",a b",
                "scp -t a\\ b,a b",
                "scp -t 'a'\\''b',a'b",
                "scp -t \"a\\\"b\",a\"b",
                "scp -t '$(rm) * ? ;',$(rm) * ? ;",
                "scp -t \\*,*",
                "scp -t -- -x,-x",
                "scp -t ~/x,x",
                "scp -t '~/x',~/x",
                "scp -t \\~/x,~/x",
                "scp -t a~b,a~b",
                "scp   -t   x  ,x",
            })
    void aQuotedPathIsTakenLiterally(String line, String path) {
        assertThat(ScpCommand.parse(line).orElseThrow().path()).isEqualTo(path);
    }

    @Test
    void theHomeDirectoryHasSeveralNames() {
        assertThat(ScpCommand.parse("scp -t ~").orElseThrow().path()).isEmpty();
        assertThat(ScpCommand.parse("scp -t ''").orElseThrow().path()).isEmpty();
        assertThat(ScpCommand.parse("scp -t .").orElseThrow().path()).isEqualTo(".");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "scp",
                "scp -t",
                "scp -t -f x",
                "scp x",
                "scp -r x",
                "scp -t a b",
                "scp -t -x a",
                "scp -S /bin/sh -t a",
                "scp -t -oProxyCommand=x a",
                "/usr/bin/scp -t a",
                "sh -c 'scp -t a'",
                "scp -t a; rm -rf /",
                "scp -t a && ls",
                "scp -t a | sh",
                "scp -t $(id)",
                "scp -t `id`",
                "scp -t \"$(id)\"",
                "scp -t \"`id`\"",
                "scp -t $HOME",
                "scp -t *",
                "scp -t a?",
                "scp -t [a]",
                "scp -t {a,b}",
                "scp -t a > /etc/passwd",
                "scp -t a # b",
                "scp -t a\nid",
                "scp -t 'a",
                "scp -t \"a",
                "scp -t a\\",
                "internal-sftp",
            })
    void whatAShellWouldUnderstandIsRefused(String line) {
        assertThat(ScpCommand.parse(line)).isEmpty();
    }
}
