package io.portolan.ftp.client.heap;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.ftp.client.testing.NastyData;
import io.portolan.ftp.client.testing.NastyServer;
import io.portolan.ftp.client.testing.NastySession;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmallHeapTest {

    private static final int PARTS = 1000;
    private static final int LINES = 1000;

    private static void send(NastySession session, NastyData data, String part, int left) {
        if (left == 0) {
            data.end().then(() -> session.reply("226 That is all."));
        } else {
            data.send(part).then(() -> send(session, data, part, left - 1));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "MLSD, 'type=file;size=12345;modify=20260102030405;unix.mode=0644; a-file-with-a-name-of-some-length'",
        "LIST, '-rw-r--r--   1 ftp      ftp         12345 Jan 02  2026 a-file-with-a-name-of-some-length'"
    })
    void aMillionEntriesAreListedByAClientWithThirtyTwoMebibytesOfHeapInAll(String verb, String line) throws Exception {
        String part = (line + "\r\n").repeat(LINES);
        try (NastyServer server = NastyServer.start().on(verb, (session, argument) -> {
            session.reply("150 Here it comes.");
            session.withData(data -> send(session, data, part, PARTS));
        })) {
            server.features(verb.equals("MLSD") ? "MLST type*;size*;modify*;" : "SIZE");
            Process client = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx32m",
                            "-XX:+ExitOnOutOfMemoryError",
                            "-cp",
                            System.getProperty("java.class.path"),
                            SmallHeapClient.class.getName(),
                            Integer.toString(server.port()))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (BufferedReader out =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII))) {
                assertThat(out.lines()).last().isEqualTo(Integer.toString(PARTS * LINES));
                assertThat(client.waitFor(60, TimeUnit.SECONDS)).isTrue();
                assertThat(client.exitValue()).isZero();
            } finally {
                client.destroyForcibly();
            }
        }
    }
}
