package com.example.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.portolan.ftp.server.FtpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ReportServerTest {

    @Test
    void aReportIsDownloaded() throws IOException {
        try (FtpServer server = ReportServer.start();
                InputStream report = URI.create("ftp://alice:secret@127.0.0.1:" + server.port() + "/2.txt;type=i")
                        .toURL()
                        .openStream()) {
            assertEquals("report 2\n", new String(report.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void everythingIsWhereItWasMeantToBe() {
        boolean named = Boolean.getBoolean("named");

        assertEquals(named, ReportServer.class.getModule().isNamed());
        assertEquals(named, FtpServer.class.getModule().isNamed());
    }
}
