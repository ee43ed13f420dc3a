package com.example.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.portolan.ftp.server.FtpServer;
import io.portolan.ftps.TlsKeys;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
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
    void theServerShowsItsCertificateAndGreetsOverTls() throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry("server", ReportServer.KEYS.certificates().get(0));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        try (FtpServer server = ReportServer.start();
                Socket socket = context.getSocketFactory()
                        .createSocket("127.0.0.1", server.addresses().get(1).getPort())) {
            byte[] greeting = socket.getInputStream().readNBytes(3);
            assertEquals("220", new String(greeting, StandardCharsets.US_ASCII));
        }
    }

    @Test
    void everythingIsWhereItWasMeantToBe() {
        boolean named = Boolean.getBoolean("named");

        assertEquals(named, ReportServer.class.getModule().isNamed());
        assertEquals(named, FtpServer.class.getModule().isNamed());
        assertEquals(named, TlsKeys.class.getModule().isNamed());
    }
}
