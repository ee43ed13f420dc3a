package io.portolan.examples.benchmarks.peer;

import io.portolan.auth.AuthenticationRequest;
import io.portolan.auth.AuthenticationResult;
import io.portolan.auth.Credentials;
import io.portolan.auth.Identity;
import io.portolan.fs.nio.PathFileSystem;
import io.portolan.guard.ConnectionLimits;
import io.portolan.guard.LoginGuard;
import io.portolan.sftp.server.SftpServer;
import io.portolan.transport.TransportKind;
import io.portolan.transport.TransportOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;

/** Portolan for a measurement: {@code BenchSftpServer PORT FOLDER USER HOST-KEY AUTHORIZED-KEYS [TRANSPORT]}. */
public final class BenchSftpServer {

    /** More than any workload opens: the limits are tested elsewhere. */
    private static final int SESSIONS = 50_000;

    private static final int TRANSPORT = 5;

    private BenchSftpServer() {}

    public static void main(String[] args) throws Exception {
        TransportOptions.Builder transport = TransportOptions.builder();
        if (args.length > TRANSPORT) {
            transport.kind(TransportKind.valueOf(args[TRANSPORT]));
        }
        String user = args[2];
        // the one key of the user: its type, its octets, a comment
        byte[] key =
                Base64.getDecoder().decode(Files.readString(Path.of(args[4])).split(" ")[1]);
        SftpServer server = SftpServer.builder()
                .port(Integer.parseInt(args[0]))
                .files(PathFileSystem.of(Path.of(args[1])))
                .hostKeyFile(Path.of(args[3]))
                .authenticator(request -> decide(request, user, key))
                .limits(ConnectionLimits.builder()
                        .total(SESSIONS)
                        .perAddress(SESSIONS)
                        .perUser(SESSIONS)
                        .build())
                .loginGuard(LoginGuard.none())
                .transport(transport.build())
                .start();
        ServerMain.untilInputEnds(server);
    }

    private static AuthenticationResult decide(AuthenticationRequest request, String user, byte[] key) {
        return request.user().equals(user)
                        && request.credentials() instanceof Credentials.PublicKey shown
                        && Arrays.equals(shown.blob(), key)
                ? AuthenticationResult.accepted(Identity.of(user))
                : AuthenticationResult.rejected("not the key of the benchmark");
    }
}
