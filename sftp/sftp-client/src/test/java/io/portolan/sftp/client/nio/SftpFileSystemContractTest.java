package io.portolan.sftp.client.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.portolan.fs.InMemoryFileSystem;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.nio.PathFileSystem;
import io.portolan.sftp.client.HostKeys;
import io.portolan.sftp.client.SftpClient;
import io.portolan.sftp.client.SftpException;
import io.portolan.sftp.client.testing.ServerFixture;
import io.portolan.sftp.client.testing.SshKeys;
import io.portolan.sftp.client.testing.SshdFixture;
import io.portolan.testing.RemoteFileSystemContract;
import io.portolan.transport.TransportOptions;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What Java wants of a file system, over servers of several kinds. */
final class SftpFileSystemContractTest {

    /** Our own server, and one client for all tests. */
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    abstract static class OurServer extends RemoteFileSystemContract {
        private ServerFixture server;
        private SftpClient client;
        private VirtualFileSystem files = InMemoryFileSystem.create();

        final void start(int version) {
            server = ServerFixture.with(settings -> settings.user(ServerFixture.USER, ServerFixture.PASSWORD)
                    .files((identity, session) -> files)
                    .tellsSpace(true));
            client = server.client().sftpVersion(version).build();
        }

        @AfterAll
        final void stop() {
            client.close();
            server.close();
        }

        final FileSystem serve(VirtualFileSystem store) throws Exception {
            files = store;
            return SftpFileSystem.over(client);
        }
    }

    @Nested
    final class OnDisk extends OurServer {
        @BeforeAll
        void start() {
            start(3);
        }

        @Override
        protected FileSystem open() throws Exception {
            return serve(PathFileSystem.of(local));
        }

        @Override
        protected Set<Can> can() {
            return EnumSet.allOf(Can.class);
        }
    }

    @Nested
    final class InMemoryByVersion6 extends OurServer {
        @BeforeAll
        void start() {
            start(6);
        }

        @Override
        protected FileSystem open() throws Exception {
            return serve(InMemoryFileSystem.create());
        }

        @Override
        protected Set<Can> can() {
            return EnumSet.allOf(Can.class);
        }
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    final class OpenSsh extends RemoteFileSystemContract {
        private SshdFixture server;
        private SftpClient client;
        private Path start;

        @BeforeAll
        void start(@TempDir Path folder) throws Exception {
            SshKeys keys = new SshKeys(folder);
            Path host = keys.key("host", "ed25519");
            Path user = keys.key("user", "ed25519");
            start = Files.createDirectory(folder.resolve("files"));
            server = SshdFixture.start(
                    folder, List.of(host), List.of(SshKeys.publicHalf(user)), "ForceCommand internal-sftp -d " + start);
            client = SftpClient.builder()
                    .host("127.0.0.1")
                    .port(server.port())
                    .hostKeys(HostKeys.of("[127.0.0.1]:" + server.port() + " " + SshKeys.publicHalf(host)))
                    .user(SshdFixture.user(), user)
                    .transport(TransportOptions.builder()
                            .eventLoopThreads(1)
                            .workerThreads(2)
                            .build())
                    .build();
        }

        @AfterAll
        void stop() {
            client.close();
            server.close();
        }

        @Override
        protected FileSystem open() throws Exception {
            return SftpFileSystem.over(client);
        }

        @Override
        protected Set<Can> can() {
            return EnumSet.allOf(Can.class);
        }

        /** The file as the server's system has it. */
        private Path own(Path file) {
            return start.resolve(folder().getFileName().toString())
                    .resolve(file.getFileName().toString());
        }

        @Test
        void ownerAndGroupAreSetEachAlone() throws Exception {
            assumeTrue(SshdFixture.user().equals("root"), "only root gives files away");
            Path file = Files.writeString(folder().resolve("file"), "x");
            var lookup = fileSystem().getUserPrincipalLookupService();
            Files.setOwner(file, lookup.lookupPrincipalByName("54321"));
            Files.setAttribute(file, "posix:group", lookup.lookupPrincipalByGroupName("65432"));
            assertThat(Files.getAttribute(own(file), "unix:uid")).isEqualTo(54321);
            assertThat(Files.getAttribute(own(file), "unix:gid")).isEqualTo(65432);
            assertThat(Files.getOwner(file)).hasToString("54321");
            assertThatThrownBy(() -> Files.setOwner(file, lookup.lookupPrincipalByName("nobody")))
                    .isInstanceOf(SftpException.class)
                    .hasMessageContaining("numbers");
            assertThatThrownBy(() -> Files.setOwner(file, Files.getOwner(own(file))))
                    .isInstanceOf(ProviderMismatchException.class);
        }

        @Test
        void theTimeOfAccessIsSetAlone() throws Exception {
            Path file = Files.writeString(folder().resolve("file"), "x");
            FileTime modified = FileTime.from(Instant.parse("2001-02-03T04:05:06Z"));
            FileTime accessed = FileTime.from(Instant.parse("2011-02-03T04:05:06Z"));
            Files.setLastModifiedTime(file, modified);
            Files.setAttribute(file, "lastAccessTime", accessed);
            assertThat(Files.getAttribute(file, "lastAccessTime")).isEqualTo(accessed);
            assertThat(Files.getLastModifiedTime(own(file))).isEqualTo(modified);
        }

        @Test
        void attributesOfALinkAreItsOwn() throws Exception {
            Path file = Files.writeString(folder().resolve("file"), "x");
            FileTime before = Files.getLastModifiedTime(file);
            Path link = Files.createSymbolicLink(
                    folder().resolve("link"), fileSystem().getPath("file"));
            FileTime then = FileTime.from(Instant.parse("2001-02-03T04:05:06Z"));
            Files.setAttribute(link, "lastModifiedTime", then, LinkOption.NOFOLLOW_LINKS);
            assertThat(Files.getLastModifiedTime(own(link), LinkOption.NOFOLLOW_LINKS))
                    .isEqualTo(then);
            assertThat(Files.getLastModifiedTime(file)).isEqualTo(before);
        }
    }
}
