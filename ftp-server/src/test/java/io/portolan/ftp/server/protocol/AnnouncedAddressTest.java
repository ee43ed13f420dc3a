package io.portolan.ftp.server.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.ftp.server.PassivePorts;
import io.portolan.ftp.server.PublicAddress;
import io.portolan.ftp.server.testing.FtpTestClient;
import io.portolan.ftp.server.testing.ServerFixture;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which addresses and ports are told to clients, and which are taken from them (RFC 959 §4.1.2, RFC 2577 §3). */
class AnnouncedAddressTest {

    @Test
    void thePublicAddressIsToldWhereAReplyHasRoomForOne() throws Exception {
        try (ServerFixture server =
                ServerFixture.inMemory(builder -> builder.publicAddress(PublicAddress.fixed("203.0.113.7")))) {
            FtpTestClient client = server.login();
            assertThat(client.expect(227, "PASV").text()).contains("(203,0,113,7,");
            assertThat(client.expect(228, "LPSV").text()).contains("(4,4,203,0,113,7,2,");
            // and the connection comes to where the client has reached us
            assertThat(client.download("NLST")).isEmpty();
        }
    }

    @Test
    void withoutAnAddressToTellTheClientIsLedToEpsv() throws Exception {
        PublicAddress unknown = (reached, client) -> Optional.empty();
        try (ServerFixture server = ServerFixture.inMemory(builder -> builder.publicAddress(unknown))) {
            FtpTestClient client = server.login();
            assertThat(client.expect(425, "PASV").text()).contains("EPSV");
            client.expect(425, "LPSV");
            assertThat(client.download("NLST")).isEmpty();
        }
    }

    @Test
    void passivePortsAreOfTheRange() throws Exception {
        PassivePorts range = PassivePorts.range(60_000, 65_535);
        try (ServerFixture server = ServerFixture.inMemory(builder -> builder.passivePorts(range))) {
            FtpTestClient client = server.login();
            for (int i = 0; i < 20; i++) {
                assertThat(client.extendedPassivePort()).isBetween(60_000, 65_535);
                assertThat(client.passivePort()).isBetween(60_000, 65_535);
            }
        }
    }

    @Test
    void serversInANetworkThatIsNamedMayBeConnectedTo() throws Exception {
        try (ServerFixture server = ServerFixture.inMemory(
                builder -> builder.allowFxpInto("192.0.2.0/24").allowFxpInto("127.0.0.8/30"))) {
            FtpTestClient client = server.login();
            client.expect(200, "PORT 192,0,2,1,8,1");
            client.expect(200, "EPRT |1|192.0.2.1|5000|");
            client.expect(504, "PORT 192,0,2,1,0,25");
            client.expect(504, "PORT 192,0,3,1,8,1");
            // this machine is no other server
            client.expect(504, "PORT 127,0,0,9,8,1");
        }
    }
}
