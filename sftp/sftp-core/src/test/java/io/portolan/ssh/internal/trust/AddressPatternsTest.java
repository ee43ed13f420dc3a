package io.portolan.ssh.internal.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
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
                "bastion.example.org,192.0.2.1; 192.0.2.1; true",
                "bastion.example.org,192.0.2.1; 192.0.2.2; false"
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

    @ParameterizedTest
    @ValueSource(strings = {"*,!evil.example.org", "!*.de,*", "!bad.cafe,*", "*,!beef", "*,!1\uff12.*", "*,!\u0661.*"})
    void aNameThatIsToBeKeptOutMakesTheListUnusable(String list) {
        assertThatThrownBy(() -> AddressPatterns.patterns(list)).isInstanceOf(TrustException.class);
    }

    @Test
    void lettersAreThoseOfAnAddressOnlyBesideAColon() throws Exception {
        AddressPatterns patterns = AddressPatterns.patterns("d*,*.de,192.0.2.1");
        assertThat(patterns.names()).containsExactly("d*", "*.de");
        assertThat(patterns.allows(address("dead::1"))).isFalse();
        assertThat(AddressPatterns.patterns("!dead:*,*").allows(address("dead::1")))
                .isFalse();
        assertThat(AddressPatterns.patterns("DEAD:*").allows(address("dead::1")))
                .isTrue();
    }

    @Test
    void aListOfNamesAloneIsUnusableAsNamesAreNotLookedUp() throws Exception {
        assertThatThrownBy(() -> AddressPatterns.patterns("*.example.org,host"))
                .isInstanceOf(TrustException.class)
                .hasMessageContaining("not looked up");
        assertThat(AddressPatterns.patterns("bastion.example.org,192.0.2.1").names())
                .containsExactly("bastion.example.org");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "192.0.2.0/24; true",
                "192.0.2.1; true",
                "192.0.2.*; true",
                "*,!192.0.2.0/24; false",
                "::ffff:192.0.2.0/120; true",
                "::ffff:192.0.2.1; true",
                "203.0.113.0/24; false",
                "::/0; false"
            })
    void anIpv4AddressInItsIpv6FormIsThatAddress(String list, boolean allowed) throws Exception {
        byte[] octets = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xff, (byte) 0xff, (byte) 192, 0, 2, 1};
        InetAddress mapped = Inet6Address.getByAddress(null, octets, -1);
        assertThat(mapped).isInstanceOf(Inet6Address.class);

        assertThat(AddressPatterns.patterns(list).allows(mapped)).isEqualTo(allowed);
        assertThat(AddressPatterns.patterns(list).allows(address("192.0.2.1"))).isEqualTo(allowed);
    }

    @Test
    void listsAndPatternsAreLimited() {
        assertThatThrownBy(() -> AddressPatterns.patterns("1.1.1.1,".repeat(AddressPatterns.MAX_ENTRIES) + "1.1.1.1"))
                .isInstanceOf(TrustException.class);
        assertThatThrownBy(() -> AddressPatterns.patterns("*".repeat(AddressPatterns.MAX_PATTERN + 1)))
                .isInstanceOf(TrustException.class);
    }
}
