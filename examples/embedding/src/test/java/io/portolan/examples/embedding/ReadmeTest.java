package io.portolan.examples.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.fs.InMemoryFileSystem;
import io.portolan.ftp.server.FtpServer;
import io.portolan.ftp.server.internal.command.StandardCommands;
import io.portolan.guard.ConnectionLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README says what is so: its code is compiled and run here, its tables are the server's. */
class ReadmeTest {

    private static final Path MODULE = Path.of(System.getProperty("basedir", "."));

    private static final Path README = MODULE.resolve("../../README.md");

    /** Writes the table of commands anew instead of comparing it. */
    private static final boolean UPDATE = Boolean.getBoolean("portolan.readme.update");

    private static final Pattern CODE = Pattern.compile("^```java\n(.*?)^```\n", Pattern.MULTILINE | Pattern.DOTALL);

    private static final Pattern COMMANDS =
            Pattern.compile("(?<=<!-- commands -->\n).*?(?=<!-- /commands -->)", Pattern.DOTALL);

    @Test
    void itsCodeIsThatOfTheExamples() throws IOException {
        Map<String, String> regions = Regions.below(MODULE.resolve("src"));
        List<String> shown = new ArrayList<>();
        Matcher matcher = CODE.matcher(Files.readString(README));
        while (matcher.find()) {
            shown.add(matcher.group(1));
        }

        assertThat(shown).containsExactlyInAnyOrderElementsOf(regions.values());
    }

    @Test
    void theFirstServerHasEightLinesAndTheFileSystemThirty() throws IOException {
        Map<String, String> regions = Regions.below(MODULE.resolve("src"));

        assertThat(regions.get("server").lines().count()).isLessThanOrEqualTo(8);
        assertThat(regions.get("files").lines().count()).isLessThanOrEqualTo(30);
    }

    /** If this fails since there is a new command, run it with {@code -Dportolan.readme.update=true}. */
    @Test
    void itsTableOfCommandsIsTheServers() throws IOException {
        String readme = Files.readString(README);
        if (UPDATE) {
            Files.writeString(README, COMMANDS.matcher(readme).replaceFirst(Matcher.quoteReplacement(table())));
        } else {
            Matcher matcher = COMMANDS.matcher(readme);
            assertThat(matcher.find()).isTrue();
            assertThat(matcher.group()).isEqualTo(table());
        }
    }

    @Test
    void itsLimitsAreTheDefaults() throws IOException {
        String readme = Files.readString(README);
        ConnectionLimits limits = ConnectionLimits.defaults();

        assertThat(readme)
                .contains(String.format(
                        "%,d in all, %d from one address (IPv6: from one /64), %,d of one user",
                        limits.total(), limits.perAddress(), limits.perUser()));
    }

    private static String table() {
        return CommandTableText.of(StandardCommands.table(
                        FtpServer.builder().files(InMemoryFileSystem.create()).build())
                .all());
    }
}
