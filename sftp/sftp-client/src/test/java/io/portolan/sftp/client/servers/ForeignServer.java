package io.portolan.sftp.client.servers;

import io.portolan.sftp.client.HostKeys;
import io.portolan.sftp.client.SftpClient;
import io.portolan.sftp.client.SshLogin;
import io.portolan.sftp.client.testing.ServerFixture;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A server that runs, with one user. */
abstract class ForeignServer implements AutoCloseable {

    static final String PASSWORD = "open sesame";

    private final ServerFiles files;
    private final int port;
    private final String user;
    private final String home;

    /**
     * @param home what clients call the folder that they write to; empty for the root
     */
    ForeignServer(ServerFiles files, int port, String user, String home) {
        this.files = files;
        this.port = port;
        this.user = user;
        this.home = home;
    }

    int port() {
        return port;
    }

    ServerFiles files() {
        return files;
    }

    /** What clients call a file. */
    String remote(String name) {
        return home + "/" + name;
    }

    /** The same file here. */
    Path local(String name) {
        return files.root().resolve(name);
    }

    /** The lines of known_hosts. */
    String known() throws Exception {
        return ServerFiles.known(port, files.hostKeys());
    }

    /** A client that trusts its certificates too. */
    SftpClient.Builder clientByCertificates() throws Exception {
        return client().hostKeys(HostKeys.of(files.knownAuthority(port) + known()));
    }

    /** A client that trusts it and has its user's key. */
    SftpClient.Builder client() throws Exception {
        return ServerFixture.client(port).hostKeys(HostKeys.of(known())).user(user, SshLogin.identity(files.userKey()));
    }

    /** A client with the password; null if the server has none. */
    SftpClient.@Nullable Builder clientWithPassword() throws Exception {
        return client().user(user, PASSWORD);
    }

    abstract void stop() throws IOException;

    @Override
    public final void close() throws IOException {
        stop();
        files.close();
    }
}
