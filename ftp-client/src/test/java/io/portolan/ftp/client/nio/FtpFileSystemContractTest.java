package io.portolan.ftp.client.nio;

import io.portolan.fs.InMemoryFileSystem;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.nio.PathFileSystem;
import io.portolan.ftp.client.FtpClient;
import io.portolan.ftp.server.testing.ServerFixture;
import io.portolan.testing.RemoteFileSystemContract;
import io.portolan.transport.TransportOptions;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What Java wants of a file system, over our own server. */
final class FtpFileSystemContractTest {

    static FtpClient client(ServerFixture server) {
        return FtpClient.builder()
                .host("127.0.0.1")
                .port(server.address().getPort())
                .user(ServerFixture.USER, ServerFixture.PASSWORD)
                .transport(TransportOptions.builder()
                        .eventLoopThreads(1)
                        .workerThreads(12)
                        .build())
                .build();
    }

    /** One server and one client for all tests. */
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    abstract static class OneServer extends RemoteFileSystemContract {
        private ServerFixture server;
        private FtpClient client;

        final void start(VirtualFileSystem files) {
            server = ServerFixture.serving(files);
            client = client(server);
        }

        @AfterAll
        final void stop() throws IOException {
            client.close();
            server.close();
        }

        @Override
        protected FileSystem open() throws Exception {
            return FtpFileSystem.over(client);
        }

        @Override
        protected Set<Can> can() {
            return EnumSet.of(Can.PERMISSIONS, Can.TIMES);
        }
    }

    @Nested
    final class InMemory extends OneServer {
        @BeforeAll
        void start() {
            start(InMemoryFileSystem.create());
        }
    }

    @Nested
    final class OnDisk extends OneServer {
        @BeforeAll
        void start(@TempDir Path folder) throws IOException {
            start(PathFileSystem.of(folder));
        }
    }
}
