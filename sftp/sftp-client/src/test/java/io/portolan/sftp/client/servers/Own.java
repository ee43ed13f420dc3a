package io.portolan.sftp.client.servers;

import io.portolan.auth.AuthenticationResult;
import io.portolan.auth.Credentials;
import io.portolan.auth.Identity;
import io.portolan.fs.nio.PathFileSystem;
import io.portolan.sftp.client.testing.ServerFixture;
import io.portolan.sftp.server.SftpServerConfig;
import io.portolan.ssh.SshAlgorithms;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;

/** Ours, for comparison. */
final class Own extends ForeignServer {

    private final ServerFixture server;

    private Own(ServerFiles files, ServerFixture server) {
        super(files, server.port(), ServerFixture.USER, "");
        this.server = server;
    }

    static ForeignServer start() throws Exception {
        return start(ServerFiles.create(), settings -> settings);
    }

    /** With certificates, and all algorithms. */
    static ForeignServer certified() throws Exception {
        ServerFiles files = ServerFiles.create();
        List<Path> certificates = files.certify();
        return start(files, settings -> {
            certificates.forEach(settings::hostCertificateFile);
            return settings.algorithms(SshAlgorithms.compatible().withCompression());
        });
    }

    private static ForeignServer start(ServerFiles files, UnaryOperator<SftpServerConfig.Builder> more)
            throws Exception {
        PathFileSystem shown = PathFileSystem.of(files.root());
        byte[] key = Base64.getDecoder().decode(files.publicUserKey().split(" ")[1]);
        return new Own(files, ServerFixture.withoutKey(settings -> {
            files.hostKeys().forEach(settings::hostKeyFile);
            return more.apply(settings.files(shown)
                    .authenticator(request -> isIn(request.credentials(), key)
                            ? AuthenticationResult.accepted(Identity.of(request.user()))
                            : AuthenticationResult.rejected("neither the key nor the password")));
        }));
    }

    private static boolean isIn(Credentials credentials, byte[] key) {
        if (credentials instanceof Credentials.PublicKey shown) {
            return Arrays.equals(shown.blob(), key);
        }
        return credentials instanceof Credentials.Password said
                && PASSWORD.contentEquals(new String(said.characters()));
    }

    @Override
    void stop() {
        server.stop();
    }
}
