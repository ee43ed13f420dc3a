package io.portolan.ftp.server.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.ftp.server.testing.FtpTestClient;
import io.portolan.ftp.server.testing.TestData;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmallHeapTest {

    @ParameterizedTest
    @ValueSource(strings = {"LIST", "NLST", "MLSD"})
    void aMillionEntriesAreListedByAServerWithThirtyTwoMebibytesOfHeapInAll(String verb) throws Exception {
        Process server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx32m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SmallHeapServer.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.US_ASCII))) {
            InetSocketAddress address =
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(out.readLine()));
            try (FtpTestClient client = FtpTestClient.connect(address)) {
                client.login("alice", "secret");
                TestData data = client.passive();
                client.expect(150, verb);
                assertThat(lines(data.socket().getInputStream())).isGreaterThanOrEqualTo(SmallHeapServer.ENTRIES);
                client.expect(226);
            }
            server.getOutputStream().close();
            assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(server.exitValue()).isZero();
        } finally {
            server.destroyForcibly();
        }
    }

    private static long lines(InputStream in) throws java.io.IOException {
        byte[] buffer = new byte[64 * 1024];
        long count = 0;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            for (int i = 0; i < read; i++) {
                if (buffer[i] == '\n') {
                    count++;
                }
            }
        }
        return count;
    }
}
