package io.portolan.sftp.client;

import io.portolan.fs.InMemoryFileSystem;
import io.portolan.fs.nio.PathFileSystem;
import io.portolan.sftp.client.internal.protocol.ProtocolSettings;
import io.portolan.sftp.client.testing.ProcessPeer;
import io.portolan.sftp.client.testing.TestServer;
import io.portolan.sftp.client.testing.TestThreads;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sessions with servers of several kinds, without SSH in between. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
abstract class SessionCase {

    /** Servers, and versions that they speak. */
    enum Server {
        VERSION_3(3),
        VERSION_4(4),
        VERSION_5(5),
        VERSION_6(6),
        ON_DISK(3),
        OPENSSH(3);

        private final int version;

        Server(int version) {
            this.version = version;
        }
    }

    @TempDir
    Path folder;

    final TestThreads threads = new TestThreads();
    private final List<TestServer> servers = new ArrayList<>();

    static List<Server> servers() {
        List<Server> all = new ArrayList<>(List.of(Server.values()));
        if (ProcessPeer.openSsh().isEmpty()) {
            all.remove(Server.OPENSSH);
        }
        return all;
    }

    SftpSession connect(Server server) throws Exception {
        ProtocolSettings settings = new ProtocolSettings(server.version, Duration.ofSeconds(30));
        return session(
                switch (server) {
                    case OPENSSH ->
                        TestServer.of(
                                threads,
                                settings,
                                ProcessPeer.start(ProcessPeer.openSsh().orElseThrow(), folder));
                    case ON_DISK -> TestServer.serving(threads, settings, PathFileSystem.of(folder));
                    default -> TestServer.serving(threads, settings, InMemoryFileSystem.create());
                });
    }

    SftpSession session(TestServer server) throws Exception {
        servers.add(server);
        return new SftpSession(server.session(), threads.workers());
    }

    TestServer server() {
        return servers.get(0);
    }

    static byte[] content(int octets) {
        byte[] content = new byte[octets];
        new Random(octets).nextBytes(content);
        return content;
    }

    @AfterEach
    void end() throws Exception {
        for (TestServer server : servers) {
            server.close();
        }
        threads.close();
    }
}
