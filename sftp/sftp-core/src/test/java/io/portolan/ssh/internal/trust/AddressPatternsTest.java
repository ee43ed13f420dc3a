package io.portolan.ssh.internal.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressPatternsTest {

    private static InetAddress address(String text) throws Exception {
        return InetAddress.getByName(text);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, 192.0.2.10, false",
        "192.0.2.0/24, 192.0.2.255, true",
        "192.0.2.0/24, 192.0.3.0, false",
        "192.0.2.128/25, 192.0.2.127, false",
        "0.0.0.0/0, 8.8.8.8, true",
        "0.0.0.0/0, ::1, false",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/32, 2001:db9::1, false",
        "::1, ::1, true"
    })
    void networksAreComparedByTheirBits(String list, String from, boolean allowed) throws Exception {
        assertThat(AddressPatterns.networks(list).allows(address(from))).isEqualTo(allowed);
        assertThat(AddressPatterns.patterns(list).allows(address(from))).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "192.0.2.*; 192.0.2.77; true",
                "192.0.2.?; 192.0.2.77; false",
                "*; 2001:db8::1; true",
                "*,!192.0.2.1; 192.0.2.1; false",
                "!192.0.2.1,*; 192.0.2.1; false",
                "*,!192.0.2.1; 192.0.2.2; true",
                "!192.0.2.0/24; 203.0.113.1; false",
                "2001:DB8::*; 2001:db8::1; true",
                "*.example.org; 192.0.2.1; false",
                "bastion.example.org,192.0.2.1; 192.0.2.1; true"
            })
    void patternsAreComparedWithTheAddressAndWhatIsKeptOutStaysOut(String list, String from, boolean allowed)
            throws Exception {
        assertThat(AddressPatterns.patterns(list).allows(address(from))).isEqualTo(allowed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "192.0.2.0/33",
                "192.0.2.1/24",
                "192.0.2.0/",
                "192.0.2.0/-1",
                "example.org",
                "*",
                "192.0.2.1,,",
                "!192.0.2.1",
                "::/129"
            })
    void aCertificateHasAddressesAndNetworksOnly(String list) {
        assertThatThrownBy(() -> AddressPatterns.networks(list)).isInstanceOf(TrustException.class);
    }

    @Test
    void aNameThatIsToBeKeptOutMakesTheListUnusable() {
        assertThatThrownBy(() -> AddressPatterns.patterns("*,!evil.example.org"))
                .isInstanceOf(TrustException.class);
    }

    @Test
    void listsAndPatternsAreLimited() {
        assertThatThrownBy(() -> AddressPatterns.patterns("1.1.1.1,".repeat(AddressPatterns.MAX_ENTRIES) + "1.1.1.1"))
                .isInstanceOf(TrustException.class);
        assertThatThrownBy(() -> AddressPatterns.patterns("*".repeat(AddressPatterns.MAX_PATTERN + 1)))
                .isInstanceOf(TrustException.class);
    }
}
