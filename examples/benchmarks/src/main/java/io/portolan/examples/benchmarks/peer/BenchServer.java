package io.portolan.examples.benchmarks.peer;

import io.portolan.fs.nio.PathFileSystem;
import io.portolan.ftp.server.FtpServer;
import io.portolan.guard.ConnectionLimits;
import io.portolan.guard.LoginGuard;
import io.portolan.transport.TransportKind;
import io.portolan.transport.TransportOptions;
import java.nio.file.Path;

/** Portolan for a measurement: {@code BenchServer PORT FOLDER USER PASSWORD [TRANSPORT]}. */
public final class BenchServer {

    /** More than any workload opens: the limits are tested elsewhere. */
    private static final int SESSIONS = 50_000;

    private BenchServer() {}

    public static void main(String[] args) throws Exception {
        TransportOptions.Builder transport = TransportOptions.builder();
        if (args.length > 4) {
            transport.kind(TransportKind.valueOf(args[4]));
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
                .transport(transport.build())
                .start();
        ServerMain.untilInputEnds(server);
    }
}
