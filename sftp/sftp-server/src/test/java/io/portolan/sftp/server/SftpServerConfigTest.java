package io.portolan.sftp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.portolan.fs.InMemoryFileSystem;
import io.portolan.ssh.SshAlgorithms;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SftpServerConfigTest {

    @TempDir
    private Path folder;

    private SftpServerConfig.Builder complete() {
        return SftpServer.builder().port(0).files(InMemoryFileSystem.create()).hostKeyFile(folder.resolve("key"));
    }

    @Test
    void itListensOnThisMachineOnlyUnlessToldOtherwise() {
        assertThat(complete().build().bindAddress().getAddress().isLoopbackAddress())
                .isTrue();
        assertThat(SftpServerConfig.STANDARD_PORT).isEqualTo(22);
    }

    @Test
    void whatIsMissingOrWrongIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SftpServer.builder().hostKeyFile(folder).build())
                .withMessageStartingWith("files:");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        SftpServer.builder().files(InMemoryFileSystem.create()).build())
                .withMessageStartingWith("hostKeyFile:");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> complete().port(70_000))
                .withMessageStartingWith("port:");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> complete().user("", ""))
                .withMessageStartingWith("user:");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> complete().softwareVersion("with space"))
                .withMessageStartingWith("softwareVersion:");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> complete().rekeyAfter(0, Duration.ofHours(1)))
                .withMessageStartingWith("rekeyAfter:");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> complete().progressInterval(Duration.ZERO))
                .withMessageStartingWith("progressInterval:");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> complete().banner("x".repeat(8_193)))
                .withMessageStartingWith("banner:");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SftpTimeouts.DEFAULT.withStall(Duration.ZERO))
                .withMessageStartingWith("timeouts.stall:");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SftpSessionLimits.DEFAULT.withChannels(0))
                .withMessageStartingWith("sessionLimits.channels:");
    }

    @Test
    void anotherServerCanBeMadeOfOnesSettings() {
        SftpServerConfig one = complete().banner("hello").build();
        SftpServerConfig other = one.toBuilder().banner("bye").build();

        assertThat(one.banner()).isEqualTo("hello");
        assertThat(other.banner()).isEqualTo("bye");
        SftpServerConfig silent = one.toBuilder().tellsSpace(false).tellsNames(false).build().toBuilder()
                .build();
        assertThat(one.tellsSpace() && one.tellsNames()).isTrue();
        assertThat(silent.tellsSpace() || silent.tellsNames()).isFalse();
        assertThat(other.loginGuard()).isSameAs(one.loginGuard());
        assertThat(other.hostKeyFiles()).isEqualTo(one.hostKeyFiles());
    }

    @Test
    void theHostKeyIsMadeOnceAndKept() throws Exception {
        List<PublicHostKey> first;
        try (SftpServer server = complete().start()) {
            first = server.hostKeys();
            assertThat(first).singleElement().satisfies(key -> {
                assertThat(key.type()).isEqualTo("ssh-ed25519");
                assertThat(key.fingerprint()).startsWith("SHA256:");
                assertThat(key.openSsh()).startsWith("ssh-ed25519 AAAA");
            });
        }
        try (SftpServer server = complete().start()) {
            assertThat(server.hostKeys()).isEqualTo(first);
        }
    }

    @Test
    void aHostKeyThatOthersCanReadKeepsItFromStarting() throws Exception {
        complete().start().close();
        Files.setPosixFilePermissions(folder.resolve("key"), PosixFilePermissions.fromString("rw-r--r--"));

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> complete().start())
                .withMessageContaining("hostKeyFile:")
                .withMessageContaining("chmod 600");
    }

    @Test
    void aKeyOfTheJdkIsTakenIfSshHasItsKind() throws Exception {
        KeyPair ed25519 = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        KeyPair x25519 = KeyPairGenerator.getInstance("X25519").generateKeyPair();
        SftpServerConfig.Builder settings = SftpServer.builder().port(0).files(InMemoryFileSystem.create());

        settings.hostKey(ed25519).start().close();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.hostKey(x25519).start())
                .withMessageStartingWith("hostKey:");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.hostKey(new KeyPair(x25519.getPublic(), ed25519.getPrivate()))
                        .start())
                .withMessageStartingWith("hostKey:");
    }

    @Test
    void aHostKeyMustFitTheAlgorithms() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> complete()
                        .algorithms(SshAlgorithms.modern().withHostKeys(List.of("rsa-sha2-512")))
                        .start())
                .withMessageContaining("rsa-sha2-512");
    }

    @Test
    void aPortThatIsTakenIsTold() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatExceptionOfType(UncheckedIOException.class)
                    .isThrownBy(() -> complete().port(taken.getLocalPort()).start())
                    .withMessageContaining("SFTP (whose standard port is 22)");
        }
    }

    @Test
    void thePortIsInThePlan() {
        try (SftpServer server = complete().start()) {
            assertThat(server.portPlan().toTable()).contains("SFTP sessions", Integer.toString(server.port()));
        }
    }
}
