package io.portolan.examples.embedding;

import io.portolan.fs.VirtualFileSystem;
import io.portolan.ftp.server.FtpServer;
import io.portolan.ftp.server.FtpServerConfig;
import io.portolan.ftp.server.PassivePorts;
import io.portolan.ftp.server.PublicAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;

/** A server behind a router that translates addresses, with ports that its firewall knows. */
final class BehindNat {

    private BehindNat() {}

    static FtpServerConfig config(VirtualFileSystem files) throws UnknownHostException {
        // tag::nat[]
        FtpServerConfig config = FtpServer.builder()
                .bind(InetAddress.getByName("0.0.0.0"))
                .port(2121)
                .passivePorts(PassivePorts.range(20000, 20999))
                .publicAddress(PublicAddress.dnsName("ftp.example.com", Duration.ofMinutes(5)))
                .allowPlainLogin(true)
                .user("alice", "secret")
                .files(files)
                .build();
        System.out.print(config.portPlan());
        // end::nat[]
        return config;
    }
}
