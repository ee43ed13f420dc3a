package io.portolan.ftp.server.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.portolan.fs.InMemoryFileSystem;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.nio.PathFileSystem;
import io.portolan.ftp.server.FtpServerConfig;
import io.portolan.ftp.server.testing.ServerFixture;
import io.portolan.testing.PeerTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;

/** A server for one client program. After each test nothing may be left of the client in the server. */
abstract class ServerPeerTest extends PeerTest {

    static final String USER = ServerFixture.USER;
    static final String PASSWORD = ServerFixture.PASSWORD;

    /** Large enough for many reads and writes, and for what the sockets hold to be a small part of it. */
    static final int BIG = 64 << 20;

    /** Names that clients quote, escape or take for options, each in its own way. */
    static final List<String> AWKWARD_NAMES =
            List.of("with space.txt", "Ünï-日本.txt", "quote\"and'.txt", "-dash.txt", "100% & #1;.txt");

    /** Where the server keeps its files. */
    enum Storage {
        MEMORY,
        DISK
    }

    Path stored;
    ServerFixture server;

    @BeforeEach
    final void makeStoredFolder() throws IOException {
        stored = Files.createDirectory(folder.resolve("stored"));
    }

    final void serve(Storage storage) throws IOException {
        serve(storage, settings -> settings);
    }

    final void serve(Storage storage, UnaryOperator<FtpServerConfig.Builder> settings) throws IOException {
        server = ServerFixture.serving(files(storage), settings);
    }

    final VirtualFileSystem files(Storage storage) throws IOException {
        return storage == Storage.MEMORY ? InMemoryFileSystem.create() : PathFileSystem.of(stored);
    }

    /** Serves on the IPv6 loopback address; skipped where there is none. */
    final void serveOnIpv6(Storage storage) throws IOException {
        byte[] one = new byte[16];
        one[15] = 1;
        InetAddress loopback = InetAddress.getByAddress(one);
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(loopback, 0));
        } catch (IOException e) {
            Assumptions.abort("this machine has no IPv6 loopback address");
        }
        serve(storage, settings -> settings.bind(loopback));
    }

    final String host() {
        String address = server.address().getAddress().getHostAddress();
        return address.contains(":") ? "[" + address.replace("0:0:0:0:0:0:0:1", "::1") + "]" : address;
    }

    final String port() {
        return Integer.toString(server.address().getPort());
    }

    final String url(String path) {
        return "ftp://" + host() + ":" + port() + path;
    }

    @AfterEach
    final void nothingIsLeftOfTheClient() throws IOException {
        if (server == null) {
            return;
        }
        await("the sessions' end").until(() -> server.server().sessions().isEmpty());
        assertThat(server.server().passivePortStatistics().leased()).isZero();
        server.close();
        server.files().close();
    }
}
