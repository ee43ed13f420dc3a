package io.portolan.ftp.server.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.fs.FileSystems;
import io.portolan.fs.PartialUploads;
import io.portolan.fs.QuotaLimits;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.nio.PathFileSystem;
import io.portolan.ftp.server.testing.FtpTestClient;
import io.portolan.ftp.server.testing.ServerFixture;
import io.portolan.ftp.server.testing.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No room for an upload: 552, the old file stays, and nothing takes room that nobody can see. */
class FullDiskTest {

    private static final int ROOM = 1 << 20;

    @TempDir
    Path folder;

    private boolean mounted;

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            assertThat(run("umount", folder.toString())).isZero();
        }
    }

    @Test
    void anUploadThatFillsTheDiskIsRefused() throws Exception {
        mounted = isRoot() && run("mount", "-t", "tmpfs", "-o", "size=" + ROOM, "tmpfs", folder.toString()) == 0;
        Assumptions.assumeTrue(mounted, "a small disk can be mounted by the super-user only");
        try (VirtualFileSystem disk = dropping(folder)) {
            refusesWhatDoesNotFit(disk);
        }
    }

    @Test
    void anUploadBeyondTheQuotaIsRefused() throws Exception {
        try (VirtualFileSystem limited = FileSystems.quota(dropping(folder), QuotaLimits.ofBytes(ROOM))) {
            refusesWhatDoesNotFit(limited);
        }
    }

    private static VirtualFileSystem dropping(Path root) throws IOException {
        return PathFileSystem.builder(root).partialUploads(PartialUploads.DROP).build();
    }

    private void refusesWhatDoesNotFit(VirtualFileSystem files) throws Exception {
        try (ServerFixture server = ServerFixture.serving(files)) {
            server.write("/file", "old");
            FtpTestClient client = server.login();
            for (String command : List.of("STOR file", "STOR new", "STOU")) {
                try (TestData data = client.extendedPassive()) {
                    client.expect(150, command);
                    sendTooMuch(data);
                    client.expect(552);
                }
            }
            assertThat(server.text("/file")).isEqualTo("old");
            assertThat(client.list("NLST").lines()).containsExactly("file");
            try (Stream<Path> all = Files.walk(folder)) {
                assertThat(all.filter(Files::isRegularFile)).containsExactly(folder.resolve("file"));
            }
            client.upload("STOR file", new byte[ROOM / 2]);
            assertThat(server.read("/file")).hasSize(ROOM / 2);
        }
    }

    private static void sendTooMuch(TestData data) {
        try {
            for (int i = 0; i < 4; i++) {
                data.write(new byte[ROOM]);
            }
            data.end();
        } catch (IOException e) {
            // refused before all of it was sent
        }
    }

    private static boolean isRoot() throws IOException {
        return Files.isDirectory(Path.of("/proc/self"))
                && Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    }

    private static int run(String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
