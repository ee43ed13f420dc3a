package io.portolan.examples.benchmarks.peer;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.config.keys.AuthorizedKeysAuthenticator;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/** Apache MINA SSHD for a measurement: {@code MinaServer PORT FOLDER USER HOST-KEY AUTHORIZED-KEYS}. */
public final class MinaServer {

    private static final Duration IDLE = Duration.ofHours(1);

    private MinaServer() {}

    public static void main(String[] args) throws Exception {
        SshServer server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        server.setPort(Integer.parseInt(args[0]));
        server.setFileSystemFactory(new VirtualFileSystemFactory(Path.of(args[1])));
        server.setKeyPairProvider(new FileKeyPairProvider(Path.of(args[3])));
        server.setPublickeyAuthenticator(new AuthorizedKeysAuthenticator(Path.of(args[4])));
        server.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
        CoreModuleProperties.IDLE_TIMEOUT.set(server, IDLE);
        server.start();
        ServerMain.untilInputEnds(server);
    }
}
