package com.example.reports;

import io.portolan.ftp.server.FtpServer;
import io.portolan.ftps.ServerTls;
import io.portolan.ftps.TlsKeys;

/** Serves the reports. */
final class ReportServer {

    static final TlsKeys KEYS = TlsKeys.selfSigned();

    private ReportServer() {}

    /** On this machine with and without TLS. */
    static FtpServer start() {
        return FtpServer.builder()
                .port(0)
                .user("alice", "secret")
                .files(new Reports())
                .securityMechanism(ServerTls.builder()
                        .keys(KEYS)
                        .requiredForLogin(false)
                        .requiredForData(false)
                        .build())
                .implicitPort(0)
                .start();
    }
}
