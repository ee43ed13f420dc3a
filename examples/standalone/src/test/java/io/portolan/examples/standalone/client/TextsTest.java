package io.portolan.examples.standalone.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.fs.FileType;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is read from the command line and what is shown of a server's words. */
class TextsTest {

    @Test
    void patternsAreThoseOfShells() {
        assertThat(Glob.parse("*.txt").matches("a.txt")).isTrue();
        assertThat(Glob.parse("*.txt").matches(".txt")).isFalse();
        assertThat(Glob.parse(".*").matches(".txt")).isTrue();
        assertThat(Glob.parse("a?c").matches("abc")).isTrue();
        assertThat(Glob.parse("a?c").matches("ac")).isFalse();
        assertThat(Glob.parse("[a-c]x").matches("bx")).isTrue();
        assertThat(Glob.parse("[!a-c]x").matches("bx")).isFalse();
        assertThat(Glob.parse("[]]").matches("]")).isTrue();
        assertThat(Glob.parse("%2A*").matches("*b")).isTrue();
        assertThat(Glob.parse("%2A*").matches("ab")).isFalse();
        assertThat(Glob.parse("*a*a*a*a*a*a*a*b").matches("a".repeat(10_000))).isFalse();
    }

    @Test
    void pathsBeginAtTheLoginOrWithTwoSlashesAtTheRoot() {
        assertThat(RemoteUrl.parse("ftp://h/a/b").path()).isEqualTo("a/b");
        assertThat(RemoteUrl.parse("ftp://h//a/b").path()).isEqualTo("/a/b");
        assertThat(RemoteUrl.parse("ftp://h/%2Fa//./b/").path()).isEqualTo("/a/b");
        assertThat(RemoteUrl.parse("FTPES://al%40x@[::1]:2121/a%20b%25 #;c").path())
                .isEqualTo("a b% #;c");
        RemoteUrl.Server server = RemoteUrl.parse("FTPES://al%40x@[::1]:2121/").server();
        assertThat(server)
                .isEqualTo(
                        new RemoteUrl.Server(RemoteUrl.Scheme.FTPES, "::1", OptionalInt.of(2121), Optional.of("al@x")));
    }

    @Test
    void whatATerminalWouldObeyIsShownAsItsNumber() {
        assertThat(TerminalText.harmless("a\u001b[31m\u009b\r\u202egnp.exe\u2028\ud800é"))
                .isEqualTo("a\\x1b[31m\\x9b\\x0d\\u202egnp.exe\\u2028\\ud800é");
    }

    @Test
    void hostileNamesOwnersAndLinksStayInTheirLine() throws Exception {
        RemoteFile file = new RemoteFile(
                "a\u202eb",
                FileType.SYMBOLIC_LINK,
                OptionalLong.of(3),
                Optional.empty(),
                OptionalInt.of(0750),
                Optional.of("ro\not"),
                Optional.empty(),
                Optional.of("x\u001b]0;owned\u0007"));
        StringWriter out = new StringWriter();

        new ListingPrinter(new PrintWriter(out), false, true).print("", file);
        new ListingPrinter(new PrintWriter(out), true, false).print("", file);

        assertThat(out.toString().lines()).hasSize(2);
        assertThat(out.toString())
                .startsWith("lrwxr-x---  ro\\x0aot")
                .contains("a\\u202eb -> x\\x1b]0;owned\\x07", "\"path\":\"a\\u202eb\"", "\"permissions\":\"0750\"")
                .doesNotContain("\u001b");
    }

    @Test
    void theBarSaysHowFarAndHowFastAndHowLongYet() {
        StringWriter terminal = new StringWriter();
        long[] now = {0};
        ProgressBar bar = new ProgressBar(new PrintWriter(terminal), () -> now[0]);

        now[0] = Duration.ofSeconds(2).toNanos();
        bar.moved("dir/file\u001b", 1 << 20, OptionalLong.of(4 << 20), 1 << 20);
        bar.moved("dir/file\u001b", 2 << 20, OptionalLong.of(4 << 20), 1 << 20);
        bar.clear();

        assertThat(terminal.toString())
                .isEqualTo("\r\u001b[Kdir/file\\x1b [#####               ]  25%  1.0 MiB  512 KiB/s  0:06\r\u001b[K");
    }

    @Test
    void severalFailuresAreOneCodeIfTheyAreOfOneKindAndNothingIsDone() {
        assertThat(ExitCode.of(true, Set.of())).isEqualTo(ExitCode.DONE);
        assertThat(ExitCode.of(false, Set.of(ExitCode.NOT_FOUND))).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(ExitCode.of(false, Set.of(ExitCode.NOT_FOUND, ExitCode.CUT))).isEqualTo(ExitCode.FAILED);
        assertThat(ExitCode.of(true, Set.of(ExitCode.NOT_FOUND))).isEqualTo(ExitCode.PARTIAL);
    }

    @Test
    void theExitCodesAreThoseOfTheReadme() throws Exception {
        String readme = Files.readString(Path.of("../../README.md"));
        for (String row : ExitCode.table()) {
            String[] cells = row.trim().split("  ", 2);
            assertThat(readme).contains("| " + cells[0] + " | " + cells[1] + " |");
        }
    }
}
