package io.portolan.examples.embedding;

import io.portolan.fs.VirtualFileSystem;
import io.portolan.ftp.server.FtpServer;
import io.portolan.ftps.ServerTls;
import io.portolan.ftps.TlsKeys;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;

/** A server for other machines, which nobody on the way can read along with. */
final class WithTls {

    private WithTls() {}

    static FtpServer start(VirtualFileSystem files, int port, int implicitPort, Path chain, Path key)
            throws IOException {
        return FtpServer.builder()
                .port(port)
                .user("alice", "secret")
                .files(files)
                // tag::tls[]
                .bind(InetAddress.getByName("0.0.0.0"))
                .securityMechanism(ServerTls.with(TlsKeys.pem(chain, key)))
                .implicitPort(implicitPort)
                // end::tls[]
                .start();
    }
}
