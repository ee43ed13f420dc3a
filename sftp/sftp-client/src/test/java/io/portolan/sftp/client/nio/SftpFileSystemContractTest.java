package io.portolan.sftp.client.nio;

import io.portolan.fs.InMemoryFileSystem;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.nio.PathFileSystem;
import io.portolan.sftp.client.HostKeys;
import io.portolan.sftp.client.SftpClient;
import io.portolan.sftp.client.testing.ServerFixture;
import io.portolan.sftp.client.testing.SshKeys;
import io.portolan.sftp.client.testing.SshdFixture;
import io.portolan.testing.RemoteFileSystemContract;
import io.portolan.transport.TransportOptions;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
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

        @BeforeAll
        void start(@TempDir Path folder) throws Exception {
            SshKeys keys = new SshKeys(folder);
            Path host = keys.key("host", "ed25519");
            Path user = keys.key("user", "ed25519");
            Path start = Files.createDirectory(folder.resolve("files"));
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
    }
}
