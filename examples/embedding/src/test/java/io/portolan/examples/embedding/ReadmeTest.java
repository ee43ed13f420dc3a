package io.portolan.examples.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.core.internal.codec.FtpRequestDecoder;
import io.portolan.fs.InMemoryFileSystem;
import io.portolan.ftp.server.FtpServer;
import io.portolan.ftp.server.FtpTimeouts;
import io.portolan.ftp.server.PassivePorts;
import io.portolan.ftp.server.internal.command.StandardCommands;
import io.portolan.guard.ConnectionLimits;
import io.portolan.guard.StandardLoginGuard;
import io.portolan.ssh.SshAlgorithms;
import io.portolan.transport.TransportOptions;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
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

    private static final Pattern SSH = Pattern.compile("(?<=<!-- ssh -->\n).*?(?=<!-- /ssh -->)", Pattern.DOTALL);

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
    void theFirstServersHaveEightLinesTheFileSystemThirtyAndTlsThree() throws IOException {
        Map<String, String> regions = Regions.below(MODULE.resolve("src"));

        assertThat(regions.get("server").lines().count()).isLessThanOrEqualTo(8);
        assertThat(regions.get("sftp").lines().count()).isLessThanOrEqualTo(8);
        assertThat(regions.get("files").lines().count()).isLessThanOrEqualTo(30);
        assertThat(regions.get("tls").lines().count()).isEqualTo(3);
        assertThat(regions.get("client").lines().count()).isLessThanOrEqualTo(6);
        assertThat(regions.get("sftpclient").lines().count()).isLessThanOrEqualTo(6);
    }

    /** If this fails since there is a new command, run it with {@code -Dportolan.readme.update=true}. */
    @Test
    void itsTableOfCommandsIsTheServers() throws IOException {
        assertTable(COMMANDS, table());
    }

    /** Likewise, if there is a new algorithm or extension. */
    @Test
    void itsTableOfSshIsTheServers() throws Exception {
        assertTable(SSH, sshTable());
    }

    private static void assertTable(Pattern place, String table) throws IOException {
        String readme = Files.readString(README);
        if (UPDATE) {
            Files.writeString(README, place.matcher(readme).replaceFirst(Matcher.quoteReplacement(table)));
        } else {
            Matcher matcher = place.matcher(readme);
            assertThat(matcher.find()).isTrue();
            assertThat(matcher.group()).isEqualTo(table);
        }
    }

    private static String sshTable() throws Exception {
        SshAlgorithms modern = SshAlgorithms.modern();
        List<String> older = new ArrayList<>(SshAlgorithms.compatible().keyExchanges());
        older.removeAll(modern.keyExchanges());
        return """
                | of SSH and SFTP | what there is, the best first |
                |---|---|
                | key exchange | %s; strict key exchange, and required by `withStrictKeyExchangeRequired()` |
                | with `compatible()` | %s |
                | host keys | %s |
                | ciphers | %s |
                | MACs | %s; none with GCM and ChaCha20, which are their own |
                | compression | none; zlib@openssh.com by `withCompression()`, after the login |
                | SFTP extensions | %s |
                """.formatted(
                        words(modern.keyExchanges()),
                        words(older),
                        words(modern.hostKeys()),
                        words(modern.ciphers()),
                        words(modern.macs()),
                        words(extensions()));
    }

    private static String words(Collection<String> names) {
        return String.join(", ", names);
    }

    /** Nobody's business but the module's and the reader's either. */
    private static Collection<String> extensions() throws ReflectiveOperationException {
        Class<?> type = Class.forName("io.portolan.sftp.server.internal.request.Extensions");
        Field standard = type.getDeclaredField("STANDARD");
        standard.setAccessible(true);
        Field byName = type.getDeclaredField("byName");
        byName.setAccessible(true);
        return ((Map<?, ?>) byName.get(standard.get(null)))
                .keySet().stream().map(String::valueOf).toList();
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

    @Test
    void itsTimeOutsAreTheDefaults() throws IOException {
        FtpTimeouts timeouts = FtpTimeouts.DEFAULT;

        assertThat(limit("FtpTimeouts.login")).isEqualTo(inWords(timeouts.login()));
        assertThat(limit("FtpTimeouts.idle")).isEqualTo(inWords(timeouts.idle()));
        assertThat(limit("FtpTimeouts.dataConnect")).isEqualTo(inWords(timeouts.dataConnect()));
        assertThat(limit("FtpTimeouts.stall")).isEqualTo(inWords(timeouts.stall()));
        assertThat(limit("FtpTimeouts.files")).isEqualTo(inWords(timeouts.files()));
        assertThat(limit("FtpTimeouts.publish")).isEqualTo(inWords(timeouts.publish()));
        assertThat(limit("FtpTimeouts.control")).isEqualTo(inWords(timeouts.control()));
    }

    @Test
    void itsOtherLimitsAreTheConstants() throws IOException {
        assertThat(Files.readString(README))
                .contains(String.format(
                        "after %d in %s the address is locked out, %s to %d hour",
                        StandardLoginGuard.DEFAULT_FAILURES,
                        inWords(StandardLoginGuard.DEFAULT_WINDOW),
                        inWords(StandardLoginGuard.DEFAULT_FIRST_BAN),
                        StandardLoginGuard.DEFAULT_LONGEST_BAN.toHours()))
                .contains(String.format("are remembered | %,d |", StandardLoginGuard.DEFAULT_SOURCES))
                .contains(String.format(
                        "| %d, each for %s, then 425 |",
                        PassivePorts.DEFAULT_MAX_WAITING, inWords(PassivePorts.DEFAULT_MAX_WAIT)))
                .contains("next client | " + PassivePorts.DEFAULT_IDLE_LISTENERS + " |")
                .contains("worker threads | " + TransportOptions.DEFAULT_WORKER_THREADS + " |")
                .contains("command line | " + FtpRequestDecoder.DEFAULT_MAX_LINE / 1024 + " KiB |");
    }

    @Test
    void itsLimitsOfTlsAreTheConstants() throws Exception {
        assertThat(Files.readString(README))
                .contains("a TLS handshake | " + inWords(ofTls(Duration.class, "TlsSession.HANDSHAKE_TIMEOUT")) + " |")
                .contains("end of TLS | " + inWords(ofTls(Duration.class, "TlsSession.CLOSE_TIMEOUT")) + " |")
                .contains(String.format(
                        "TLS handshakes at a time | %,d in all, %d from one address |",
                        ofTls(Integer.class, "TlsServer.MAX_HANDSHAKES"),
                        ofTls(Integer.class, "TlsServer.MAX_HANDSHAKES_PER_ADDRESS")));
    }

    /** They are nobody's business but the module's and the reader's. */
    private static <T> T ofTls(Class<T> kind, String name) throws ReflectiveOperationException {
        String[] parts = name.split("\\.", -1);
        Field field = Class.forName("io.portolan.ftps.internal." + parts[0]).getDeclaredField(parts[1]);
        field.setAccessible(true);
        return kind.cast(field.get(null));
    }

    private static String limit(String setting) throws IOException {
        return Files.readString(README)
                .lines()
                .filter(line -> line.endsWith("| `" + setting + "` |"))
                .map(line -> line.split(" \\| ", -1)[1])
                .findFirst()
                .orElseThrow(() -> new AssertionError(setting + " is missing"));
    }

    private static String inWords(Duration time) {
        if (time.toSeconds() % 60 != 0) {
            return time.toSeconds() + " seconds";
        }
        return time.toMinutes() == 1 ? "1 minute" : time.toMinutes() + " minutes";
    }

    private static String table() {
        return CommandTableText.of(StandardCommands.table(
                        FtpServer.builder().files(InMemoryFileSystem.create()).build())
                .all());
    }
}
