package io.portolan.ftp.server.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.ftp.server.testing.FtpTestClient;
import io.portolan.ftp.server.testing.ServerFixture;
import io.portolan.ftp.server.testing.TestData;
import io.portolan.guard.RateLimit;
import io.portolan.testing.Payload;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A limit to the bandwidth that all transfers share. */
@SuppressWarnings("try") // data connections that nobody reads
class BandwidthTest {

    private static ServerFixture limitedTo(int bytesPerSecond) {
        return ServerFixture.inMemory(builder -> builder.rateLimit(RateLimit.bytesPerSecond(bytesPerSecond))
                .timeouts(ServerFixture.TIMEOUTS.withStall(ServerFixture.SOON)));
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    @Test
    void transfersAreNoFasterThanTheLimitAndWhole() throws Exception {
        try (ServerFixture server = limitedTo(1_000_000)) {
            byte[] content = Payload.bytes(1_000_000);
            server.write("/file", content);
            FtpTestClient client = server.login();
            long begin = System.nanoTime();
            assertThat(client.download("RETR file")).isEqualTo(content);
            // but for a quarter of a second that may have been saved up
            assertThat(since(begin)).isGreaterThan(Duration.ofMillis(700));
            client.upload("STOR copy", content);
            // and for the last reads, behind which nobody waits
            assertThat(since(begin)).isGreaterThan(Duration.ofMillis(1_200));
            assertThat(server.read("/copy")).isEqualTo(content);
        }
    }

    @Test
    void whoWaitsForBandwidthDoesNotStall() throws Exception {
        try (ServerFixture server = limitedTo(4_000)) {
            byte[] content = Payload.bytes(20_000);
            server.write("/file", content);
            FtpTestClient client = server.login();
            long begin = System.nanoTime();
            assertThat(client.download("RETR file")).isEqualTo(content);
            client.upload("STOR copy", content);
            assertThat(since(begin)).isGreaterThan(ServerFixture.SOON.multipliedBy(2));
            assertThat(server.read("/copy")).isEqualTo(content);
        }
    }

    @Test
    void whoWaitsForBandwidthCanAbort() throws Exception {
        try (ServerFixture server = limitedTo(1)) {
            server.write("/file", Payload.bytes(20_000));
            FtpTestClient client = server.login();
            try (TestData data = client.extendedPassive()) {
                client.expect(150, "RETR file");
                client.expect(426, "ABOR");
                client.expect(226);
            }
        }
    }
}
