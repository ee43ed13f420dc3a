package io.portolan.sftp.client.servers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.apache.sshd.common.compression.BuiltinCompressions;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.FileHostKeyCertificateProvider;
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
        return start(ServerFiles.create(), server -> {});
    }

    /** With certificates, and compression. */
    static ForeignServer certified() throws Exception {
        ServerFiles files = ServerFiles.create();
        List<Path> certificates = files.certify();
        return start(files, server -> {
            server.setHostKeyCertificateProvider(new FileHostKeyCertificateProvider(certificates));
            server.setCompressionFactories(List.of(BuiltinCompressions.none, BuiltinCompressions.delayedZlib));
        });
    }

    private static ForeignServer start(ServerFiles files, Consumer<SshServer> more) throws Exception {
        SshServer server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        server.setFileSystemFactory(new VirtualFileSystemFactory(files.root()));
        server.setKeyPairProvider(new FileKeyPairProvider(files.hostKeys()));
        server.setPublickeyAuthenticator(
                new AuthorizedKeysAuthenticator(files.write("authorized_keys", files.publicUserKey() + "\n")));
        server.setPasswordAuthenticator((user, password, session) -> user.equals(USER) && password.equals(PASSWORD));
        server.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
        more.accept(server);
        server.start();
        return new Mina(files, server);
    }

    @Override
    void stop() throws IOException {
        server.stop(true);
    }
}
