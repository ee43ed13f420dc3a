package com.example.reports;

import io.portolan.ftp.server.FtpServer;

/** Serves the reports. */
final class ReportServer {

    private ReportServer() {}

    static FtpServer start() {
        return FtpServer.builder()
                .port(0)
                .user("alice", "secret")
                .files(new Reports())
                .start();
    }
}
