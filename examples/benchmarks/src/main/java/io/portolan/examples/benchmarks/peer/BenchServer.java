package io.portolan.examples.benchmarks.peer;

import io.portolan.fs.nio.PathFileSystem;
import io.portolan.ftp.server.FtpServer;
import io.portolan.ftps.ServerTls;
import io.portolan.ftps.SessionResumption;
import io.portolan.ftps.TlsKeys;
import io.portolan.guard.ConnectionLimits;
import io.portolan.guard.LoginGuard;
import io.portolan.transport.TransportKind;
import io.portolan.transport.TransportOptions;
import java.nio.file.Path;

/** Portolan for a measurement: {@code BenchServer PORT FOLDER USER PASSWORD CHAIN KEY KEYSTORE [TRANSPORT]}. */
public final class BenchServer {

    /** More than any workload opens: the limits are tested elsewhere. */
    private static final int SESSIONS = 50_000;

    private static final int TRANSPORT = 7;

    private BenchServer() {}

    public static void main(String[] args) throws Exception {
        TransportOptions.Builder transport = TransportOptions.builder();
        if (args.length > TRANSPORT) {
            transport.kind(TransportKind.valueOf(args[TRANSPORT]));
        }
        FtpServer server = FtpServer.builder()
                .port(Integer.parseInt(args[0]))
                .files(PathFileSystem.of(Path.of(args[1])))
                .user(args[2], args[3])
                .limits(ConnectionLimits.builder()
                        .total(SESSIONS)
                        .perAddress(SESSIONS)
                        .perUser(SESSIONS)
                        .build())
                .loginGuard(LoginGuard.none())
                .securityMechanism(ServerTls.builder()
                        .keys(TlsKeys.pem(Path.of(args[4]), Path.of(args[5])))
                        .requiredForLogin(false)
                        .requiredForData(false)
                        // Commons Net resumes none
                        .dataSessionResumption(SessionResumption.PREFER)
                        .build())
                .transport(transport.build())
                .start();
        ServerMain.untilInputEnds(server);
    }
}
