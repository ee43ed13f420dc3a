package io.portolan.ftp.server.internal.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrBlockTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "192.168.1.0/25, 192.168.1.127, true",
        "192.168.1.0/25, 192.168.1.128, false",
        "192.168.1.7, 192.168.1.7, true",
        "192.168.1.7, 192.168.1.6, false",
        "0.0.0.0/0, 203.0.113.7, true",
        "0.0.0.0/0, ::1, false",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/32, 2001:db9::, false",
        "::ffff:10.0.0.0/104, 10.1.1.1, true",
        "::/0, 10.1.1.1, false",
    })
    void aNetworkContainsTheAddressesWithItsPrefix(String block, String address, boolean inside) throws Exception {
        assertThat(CidrBlock.parse(block).contains(InetAddress.getByName(address)))
                .isEqualTo(inside);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/8",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.1/8",
                "2001:db8::1/32",
                "::/129",
                "localhost",
                "10.0.0.0/8/8",
                "10/8"
            })
    void whatIsNoNetworkIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CidrBlock.parse(text))
                .withMessageStartingWith("network \"" + text + "\"");
    }

    @Property
    void aNetworkContainsItsOwnAddressAndReadsBackFromItsText(
            @ForAll @Size(4) byte[] bytes, @ForAll @IntRange(min = 0, max = 32) int prefix) throws Exception {
        InetAddress address = InetAddress.getByAddress(bytes);
        byte[] network = bytes.clone();
        for (int i = prefix; i < 32; i++) {
            network[i / 8] &= (byte) ~(0x80 >> i % 8);
        }

        CidrBlock block = CidrBlock.parse(InetAddress.getByAddress(network).getHostAddress() + "/" + prefix);

        assertThat(block.contains(address)).isTrue();
        assertThat(CidrBlock.parse(block.toString())).isEqualTo(block);
    }
}
