package io.portolan.sftp.client.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.fs.InMemoryFileSystem;
import io.portolan.sftp.client.HostKeys;
import io.portolan.sftp.client.SftpAuthenticationException;
import io.portolan.sftp.client.SftpClient;
import io.portolan.sftp.client.SshLogin;
import io.portolan.sftp.client.testing.ServerFixture;
import java.net.URI;
import java.nio.CharBuffer;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.spi.FileSystemProvider;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** File systems by their addresses. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class SftpFileSystemProviderTest {

    private ServerFixture server;
    private URI address;

    @BeforeEach
    void start() {
        server = ServerFixture.start();
        address = URI.create("sftp://" + ServerFixture.USER + "@127.0.0.1:" + server.port());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HostKeys known() {
        return HostKeys.of(server.known());
    }

    private Map<String, ?> environment(Object password) {
        return Map.of(SftpFileSystem.PASSWORD, password, SftpFileSystem.HOST_KEYS, known());
    }

    @Test
    void javaFindsTheProvider() {
        assertThat(FileSystemProvider.installedProviders())
                .extracting(FileSystemProvider::getScheme)
                .contains("sftp");
    }

    @Test
    void aFileSystemIsKnownByItsAddressUntilItIsClosed() throws Exception {
        URI file = address.resolve("/a%20file");
        assertThatThrownBy(() -> Path.of(file)).isInstanceOf(FileSystemNotFoundException.class);
        try (FileSystem files = FileSystems.newFileSystem(address, environment(ServerFixture.PASSWORD))) {
            Files.writeString(files.getPath("/a file"), "content");
            assertThat(Files.readString(Path.of(file))).isEqualTo("content");
            assertThat(Path.of(file).toUri()).isEqualTo(file);
            assertThat(FileSystems.getFileSystem(address)).isSameAs(files);
            assertThatThrownBy(() -> FileSystems.newFileSystem(address, environment(ServerFixture.PASSWORD)))
                    .isInstanceOf(FileSystemAlreadyExistsException.class);
        }
        assertThatThrownBy(() -> Path.of(file)).isInstanceOf(FileSystemNotFoundException.class);
    }

    @Test
    void thePasswordIsCharactersATextOrToldWhenItIsNeeded() throws Exception {
        Supplier<CharSequence> asked = () -> CharBuffer.wrap(ServerFixture.PASSWORD);
        for (Object password : new Object[] {ServerFixture.PASSWORD, ServerFixture.PASSWORD.toCharArray(), asked}) {
            try (FileSystem files = FileSystems.newFileSystem(address, environment(password))) {
                assertThat(Files.isDirectory(files.getPath("/"))).isTrue();
            }
        }
        SshLogin login = SshLogin.password(ServerFixture.PASSWORD);
        URI nobody = URI.create("sftp://127.0.0.1:" + server.port() + "/");
        Map<String, ?> all = Map.of(
                SftpFileSystem.USER,
                ServerFixture.USER,
                SftpFileSystem.LOGIN,
                login,
                SftpFileSystem.HOST_KEYS,
                known());
        try (FileSystem files = FileSystems.newFileSystem(nobody, all)) {
            assertThat(files.toString()).isEqualTo("sftp://127.0.0.1:" + server.port());
        }
    }

    @Test
    void aPasswordInTheAddressIsRefusedAndNotRepeated() {
        URI told = URI.create("sftp://alice:secret@127.0.0.1:" + server.port());
        assertThatThrownBy(() -> FileSystems.newFileSystem(told, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> Path.of(told))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> FileSystems.newFileSystem(address, environment("wrong secret")))
                .isInstanceOf(SftpAuthenticationException.class)
                .hasMessageNotContaining("wrong secret");
    }

    @Test
    void whatIsMisspeltOrOfAWrongKindIsRefused() {
        assertThatThrownBy(() -> FileSystems.newFileSystem(address, Map.of("pasword", "x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pasword");
        assertThatThrownBy(() -> FileSystems.newFileSystem(address, Map.of(SftpFileSystem.PASSWORD, 1234567)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("password")
                .hasMessageNotContaining("1234567");
        assertThatThrownBy(() -> FileSystems.newFileSystem(URI.create("sftp:///nowhere"), Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aClientThatIsLentStaysOpenAndOneThatWasMadeDoesNot() throws Exception {
        try (SftpClient client = server.client().build()) {
            assertThat(client.address()).isEqualTo(address);
            FileSystems.newFileSystem(address, Map.of(SftpFileSystem.CLIENT, client))
                    .close();
            try (FileSystem files = SftpFileSystem.over(client)) {
                assertThat(Files.isDirectory(files.getPath("/"))).isTrue();
                assertThat(files.getPath("/x").toUri()).isEqualTo(address.resolve("/x"));
            }
        }
        try (FileSystem files = FileSystems.newFileSystem(address, Map.of(SftpFileSystem.BUILDER, server.client()))) {
            assertThat(Files.isDirectory(files.getPath("/"))).isTrue();
        }
    }

    @Test
    void filesGoFromOneServerToAnother() throws Exception {
        try (ServerFixture second =
                        ServerFixture.with(settings -> settings.user(ServerFixture.USER, ServerFixture.PASSWORD)
                                .files(InMemoryFileSystem.create()));
                SftpClient one = server.client().build();
                SftpClient two = second.client().build();
                FileSystem from = SftpFileSystem.over(one);
                FileSystem to = SftpFileSystem.over(two)) {
            Path file = Files.writeString(from.getPath("/file"), "content");
            Files.copy(file, to.getPath("/copy"), StandardCopyOption.COPY_ATTRIBUTES);
            assertThat(Files.readString(to.getPath("/copy"))).isEqualTo("content");
            Files.move(file, to.getPath("/moved"));
            assertThat(Files.exists(file)).isFalse();
            assertThat(Files.readString(to.getPath("/moved"))).isEqualTo("content");
            assertThat(Files.isSameFile(to.getPath("/moved"), from.getPath("/moved")))
                    .isFalse();
        }
    }

    @Test
    void aSessionThatBrokeIsOpenedAnew() throws Exception {
        try (SftpClient client = server.client().build();
                FileSystem files = SftpFileSystem.over(client)) {
            Path file = Files.writeString(files.getPath("/file"), "content");
            server.server().sessions().forEach(session -> server.server().disconnect(session.id(), "test"));
            Awaitility.await()
                    .ignoreExceptions()
                    .until(() -> Files.readString(file).equals("content"));
        }
    }
}
