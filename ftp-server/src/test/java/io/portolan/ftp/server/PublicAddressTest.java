package io.portolan.ftp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressTest {

    @Test
    void asReachedAnnouncesTheLocalAddressIfItIsIpv4() throws Exception {
        assertThat(announced(PublicAddress.asReached(), "10.1.2.3", "10.9.9.9")).contains("10.1.2.3");
        assertThat(announced(PublicAddress.asReached(), "2001:db8::1", "2001:db8::2"))
                .isEmpty();
    }

    @Test
    void aFixedAddressIsAnnouncedToEveryone() throws Exception {
        assertThat(announced(PublicAddress.fixed("203.0.113.7"), "10.1.2.3", "10.9.9.9"))
                .contains("203.0.113.7");
        assertThat(announced(PublicAddress.fixed(InetAddress.getByName("203.0.113.8")), "10.1.2.3", "10.9.9.9"))
                .contains("203.0.113.8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "example.org", "1.2.3", "1.2.3.256", "::1", "0.0.0.0", "224.0.0.1", "1.2.3.4 "})
    void whatNobodyCanConnectToIsNoPublicAddress(String literal) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PublicAddress.fixed(literal))
                .withMessageStartingWith("public address ");
    }

    @Test
    void theLongestMatchingNetworkDecides() throws Exception {
        PublicAddress address = PublicAddress.byClientNetwork(
                Map.of(
                        "10.0.0.0/8", PublicAddress.asReached(),
                        "10.7.0.0/16", PublicAddress.fixed("10.7.0.1"),
                        "::/0", PublicAddress.fixed("203.0.113.6")),
                PublicAddress.fixed("203.0.113.7"));

        assertThat(announced(address, "10.0.0.1", "10.1.1.1")).contains("10.0.0.1");
        assertThat(announced(address, "10.0.0.1", "10.7.1.1")).contains("10.7.0.1");
        assertThat(announced(address, "10.0.0.1", "198.51.100.1")).contains("203.0.113.7");
        assertThat(announced(address, "10.0.0.1", "2001:db8::1")).contains("203.0.113.6");
    }

    @Test
    void aChoiceByNetworkIsRefreshedAsOftenAsItsPartsWant() {
        PublicAddress plain = PublicAddress.byClientNetwork(Map.of(), PublicAddress.asReached());
        PublicAddress named = PublicAddress.byClientNetwork(
                Map.of("10.0.0.0/8", PublicAddress.dnsName("inside.invalid", Duration.ofSeconds(9))),
                PublicAddress.dnsName("outside.invalid", Duration.ofSeconds(7)));

        assertThat(plain.refreshInterval()).isEmpty();
        assertThat(named.refreshInterval()).contains(Duration.ofSeconds(7));
    }

    private static Optional<String> announced(PublicAddress address, String reached, String client)
            throws UnknownHostException {
        return address.announce(InetAddress.getByName(reached), InetAddress.getByName(client))
                .map(InetAddress::getHostAddress);
    }
}
