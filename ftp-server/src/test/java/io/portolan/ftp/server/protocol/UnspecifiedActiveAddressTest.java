package io.portolan.ftp.server.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.ftp.server.testing.FtpTestClient;
import io.portolan.ftp.server.testing.ServerFixture;
import io.portolan.testing.Patience;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

/** PORT and EPRT with the unspecified address: lftp's way over IPv6. */
class UnspecifiedActiveAddressTest {

    @Test
    void standsForTheClientsOwn() throws Exception {
        try (ServerFixture server = ServerFixture.inMemory();
                ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            server.write("/file", "content");
            listener.setSoTimeout(Patience.MILLIS);
            FtpTestClient client = server.login();
            client.expect(200, "EPRT |1|0.0.0.0|" + listener.getLocalPort() + "|");
            client.expect(150, "RETR file");
            try (Socket data = listener.accept()) {
                assertThat(data.getInputStream().readAllBytes()).asString().isEqualTo("content");
            }
            client.expect(226);
        }
    }
}
