package io.portolan.ftps.servers;

import io.portolan.fs.nio.PathFileSystem;
import io.portolan.ftp.server.FtpServer;
import io.portolan.ftp.server.FtpServerConfig;
import io.portolan.ftps.ServerTls;
import io.portolan.ftps.TlsKeys;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** Our own server in a process of its own: {@code ADDRESS PORT FOLDER USER PASSWORD [CHAIN KEY]}. Ends when it is killed. */
final class OwnServer {

    private OwnServer() {}

    public static void main(String[] args) throws Exception {
        FtpServerConfig.Builder settings = FtpServer.builder()
                .bind(InetAddress.getByName(args[0]))
                .port(Integer.parseInt(args[1]))
                .files(PathFileSystem.of(Path.of(args[2])))
                .user(args[3], args[4]);
        if (args.length > 5) {
            settings.securityMechanism(ServerTls.with(TlsKeys.pem(Path.of(args[5]), Path.of(args[6]))));
        }
        try (FtpServer server = settings.start()) {
            System.out.println("listening on " + server.port());
            new CountDownLatch(1).await();
        }
    }
}
