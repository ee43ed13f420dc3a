package io.portolan.sftp.client.servers;

import java.io.IOException;
import java.util.List;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.config.keys.AuthorizedKeysAuthenticator;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/** Apache MINA SSHD's server, in this JVM. */
final class Mina extends ForeignServer {

    private static final String USER = "alice";

    private final SshServer server;

    private Mina(ServerFiles files, SshServer server) {
        super(files, server.getPort(), USER, "");
        this.server = server;
    }

    static ForeignServer start() throws Exception {
        ServerFiles files = ServerFiles.create();
        SshServer server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        server.setFileSystemFactory(new VirtualFileSystemFactory(files.root()));
        server.setKeyPairProvider(new FileKeyPairProvider(files.hostKeys()));
        server.setPublickeyAuthenticator(
                new AuthorizedKeysAuthenticator(files.write("authorized_keys", files.publicUserKey() + "\n")));
        server.setPasswordAuthenticator((user, password, session) -> user.equals(USER) && password.equals(PASSWORD));
        server.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
        server.start();
        return new Mina(files, server);
    }

    @Override
    void stop() throws IOException {
        server.stop(true);
    }
}
