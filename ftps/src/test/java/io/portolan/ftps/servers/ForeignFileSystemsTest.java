package io.portolan.ftps.servers;

import io.portolan.ftp.client.FtpClient;
import io.portolan.ftp.client.FtpScheme;
import io.portolan.ftp.client.nio.FtpFileSystem;
import io.portolan.ftps.ClientTls;
import io.portolan.ftps.ServerTrust;
import io.portolan.ftps.testing.TestAuthority;
import io.portolan.testing.RemoteFileSystemContract;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What Java wants of a file system, over servers of others, and over ours with TLS. */
final class ForeignFileSystemsTest {

    /** One server and one client for all tests. */
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    abstract static class OneServer extends RemoteFileSystemContract {
        private final ForeignProgram program;
        private final boolean isProtected;
        private final Set<Can> can;
        private ForeignServer server;
        private FtpClient client;

        OneServer(ForeignProgram program, boolean isProtected, Set<Can> can) {
            this.program = program;
            this.isProtected = isProtected;
            this.can = can;
        }

        @BeforeAll
        final void start(@TempDir Path folder) throws Exception {
            if (isProtected) {
                TestAuthority authority = new TestAuthority("The authority");
                PemFiles keys = PemFiles.write(authority.issue("The server", "127.0.0.1"), folder);
                server = ForeignServer.start(program, "127.0.0.1", keys, true);
                client = client().scheme(FtpScheme.EXPLICIT_TLS)
                        .securityMechanism(
                                ClientTls.trusting(ServerTrust.authorities(List.of(authority.certificate()))))
                        .build();
            } else {
                server = ForeignServer.start(program);
                client = client().build();
            }
        }

        private FtpClient.Builder client() {
            return FtpClient.builder()
                    .host(server.address())
                    .port(server.port())
                    .user(server.user(), server.password());
        }

        @AfterAll
        final void stop() throws Exception {
            if (client != null) {
                client.close();
            }
            if (server != null) {
                server.close();
            }
        }

        @Override
        protected final FileSystem open() throws Exception {
            return FtpFileSystem.over(client);
        }

        @Override
        protected final String base() {
            return "/" + ForeignServer.FOLDER;
        }

        @Override
        protected final Set<Can> can() {
            return can;
        }
    }

    @Nested
    final class Vsftpd extends OneServer {
        Vsftpd() {
            super(ForeignProgram.VSFTPD, false, EnumSet.noneOf(Can.class));
        }

        @Override
        protected List<String> names() {
            // it lists no hidden ones
            return super.names().stream().filter(name -> !name.startsWith(".")).toList();
        }
    }

    @Nested
    final class Proftpd extends OneServer {
        Proftpd() {
            super(ForeignProgram.PROFTPD, false, EnumSet.of(Can.PERMISSIONS, Can.TIMES));
        }
    }

    @Nested
    final class PureFtpd extends OneServer {
        PureFtpd() {
            super(ForeignProgram.PURE_FTPD, false, EnumSet.of(Can.PERMISSIONS, Can.TIMES));
        }

        @Override
        protected List<String> names() {
            // it takes none with a backslash
            return super.names().stream().filter(name -> !name.contains("\\")).toList();
        }
    }

    @Nested
    final class OursWithTls extends OneServer {
        OursWithTls() {
            super(ForeignProgram.OWN, true, EnumSet.of(Can.PERMISSIONS, Can.TIMES));
        }
    }
}
