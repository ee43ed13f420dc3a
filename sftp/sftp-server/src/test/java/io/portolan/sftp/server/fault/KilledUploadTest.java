package io.portolan.sftp.server.fault;

import static io.portolan.sftp.server.testing.SftpFixture.PASSWORD;
import static io.portolan.sftp.server.testing.SftpFixture.USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.portolan.fs.nio.PathFileSystem;
import io.portolan.sftp.server.testing.RawClient;
import io.portolan.sftp.server.testing.SftpFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that vanish while they upload: what was there stays, and nothing is left of what came. */
final class KilledUploadTest {

    /** WRITE, CREATE, TRUNCATE. */
    private static final int REPLACE = 0x1a;

    @TempDir
    Path stored;

    @Test
    void uploadsOfClientsThatVanishAreNotPublished() throws Exception {
        kill(40);
    }

    @ParameterizedTest
    @ValueSource(ints = 500)
    @Tag("long")
    void fiveHundredUploadsThatBreakLeaveNothing(int times) throws Exception {
        kill(times);
    }

    private void kill(int times) throws Exception {
        try (SftpFixture server = SftpFixture.serving(PathFileSystem.of(stored), settings -> settings)) {
            server.write("/file", "old");
            Random random = new Random(times);
            for (int i = 0; i < times; i++) {
                RawClient client = RawClient.sftp(server.port(), USER, PASSWORD);
                byte[] handle = client.open("/file", REPLACE);
                // no more than a window, as this client does not look at it
                int writes = 1 + random.nextInt(20);
                for (int w = 0; w < writes; w++) {
                    client.write(handle, w * 15_000L, new byte[15_000]);
                }
                if (random.nextBoolean()) {
                    // at least one of them was carried out
                    client.packet();
                }
                if (random.nextBoolean()) {
                    client.cut();
                } else {
                    client.close();
                }
            }
            await().until(() -> server.server().sessions().isEmpty());
            assertThat(server.text("/file")).isEqualTo("old");
        }
        try (Stream<Path> all = Files.walk(stored)) {
            assertThat(all.filter(Files::isRegularFile).filter(path -> !path.endsWith("file")))
                    .hasSizeLessThanOrEqualTo(1);
        }
    }
}
