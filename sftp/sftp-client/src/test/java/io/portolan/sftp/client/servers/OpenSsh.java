package io.portolan.sftp.client.servers;

import io.portolan.sftp.client.SftpClient;
import io.portolan.sftp.client.testing.SshdFixture;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** OpenSSH's sshd. Passwords are the system's, of which a test knows none. */
final class OpenSsh extends ForeignServer {

    private final SshdFixture server;

    private OpenSsh(ServerFiles files, SshdFixture server) {
        super(files, server.port(), SshdFixture.user(), files.root().toString());
        this.server = server;
    }

    static ForeignServer start() throws Exception {
        return start(ServerFiles.create());
    }

    private static OpenSsh start(ServerFiles files, String... settings) throws Exception {
        return new OpenSsh(
                files, SshdFixture.start(files.scratch(), files.hostKeys(), List.of(files.publicUserKey()), settings));
    }

    /** With certificates. */
    static ForeignServer certified() throws Exception {
        ServerFiles files = ServerFiles.create();
        return start(
                files,
                files.certify().stream().map(path -> "HostCertificate " + path).toArray(String[]::new));
    }

    @Override
    SftpClient.@Nullable Builder clientWithPassword() {
        return null;
    }

    @Override
    void stop() {
        server.kill();
    }
}
