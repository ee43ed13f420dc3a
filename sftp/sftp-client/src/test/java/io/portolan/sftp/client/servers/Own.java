package io.portolan.sftp.client.servers;

import io.portolan.auth.AuthenticationResult;
import io.portolan.auth.Credentials;
import io.portolan.auth.Identity;
import io.portolan.fs.nio.PathFileSystem;
import io.portolan.sftp.client.testing.ServerFixture;
import java.util.Arrays;
import java.util.Base64;

/** Ours, for comparison. */
final class Own extends ForeignServer {

    private final ServerFixture server;

    private Own(ServerFiles files, ServerFixture server) {
        super(files, server.port(), ServerFixture.USER, "");
        this.server = server;
    }

    static ForeignServer start() throws Exception {
        ServerFiles files = ServerFiles.create();
        PathFileSystem shown = PathFileSystem.of(files.root());
        byte[] key = Base64.getDecoder().decode(files.publicUserKey().split(" ")[1]);
        return new Own(
                files,
                ServerFixture.with(settings -> settings.files(shown)
                        .authenticator(request -> isIn(request.credentials(), key)
                                ? AuthenticationResult.accepted(Identity.of(request.user()))
                                : AuthenticationResult.rejected("neither the key nor the password"))));
    }

    private static boolean isIn(Credentials credentials, byte[] key) {
        if (credentials instanceof Credentials.PublicKey shown) {
            return Arrays.equals(shown.blob(), key);
        }
        return credentials instanceof Credentials.Password said
                && PASSWORD.contentEquals(new String(said.characters()));
    }

    @Override
    String known() {
        return server.known();
    }

    @Override
    void stop() {
        server.stop();
    }
}
