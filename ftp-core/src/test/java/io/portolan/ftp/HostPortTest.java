package io.portolan.ftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.net.InetAddress;
import java.net.UnknownHostException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HostPortTest {

    private static final HostPort V4 = new HostPort(address(192, 0, 2, 1), 6275);
    private static final HostPort V6 =
            new HostPort(address(0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1), 6275);

    private static InetAddress address(int... octets) {
        byte[] bytes = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            bytes[i] = (byte) octets[i];
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertSyntaxError(Runnable parse) {
        assertThatExceptionOfType(FtpSyntaxException.class).isThrownBy(parse::run);
    }

    @Test
    void portIsSixNumbers() {
        assertThat(HostPort.parsePort("192,0,2,1,24,131")).isEqualTo(V4);
        assertThat(V4.toPort()).isEqualTo("192,0,2,1,24,131");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1,2,3,4,5",
                "1,2,3,4,5,6,7",
                "1,2,3,4,5,6,",
                ",1,2,3,4,5,6",
                "256,2,3,4,5,6",
                "1,2,3,4,5,256",
                "1,2,3,4,0,0",
                "-1,2,3,4,5,6",
                "+1,2,3,4,5,6",
                "1,2,3,4,5, 6",
                "1,2,3,4,5,6 ",
                "1,2,3,4,5,99999999999999999999",
                "\u0661,2,3,4,5,6",
                "localhost,21"
            })
    void portTakesNothingElse(String argument) {
        assertSyntaxError(() -> HostPort.parsePort(argument));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Entering Passive Mode (192,0,2,1,24,131).",
                "Entering Passive Mode 192,0,2,1,24,131",
                "=192,0,2,1,24,131",
                "v2, ready 1,2 at 192,0,2,1,24,131!"
            })
    void theSixNumbersOfA227ReplyAreSearchedFor(String text) {
        assertThat(HostPort.parsePasvReply(text)).isEqualTo(V4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Entering Passive Mode", "(1,2,3,4,5)", "(1,2,3,4,5,6,7)", "(1,2,3,4,5,256)"})
    void a227ReplyWithoutSixNumbersIsRefused(String text) {
        assertSyntaxError(() -> HostPort.parsePasvReply(text));
    }

    @Test
    void eprtHasFamilyAddressAndPort() {
        assertThat(HostPort.parseEprt("|1|192.0.2.1|6275|")).isEqualTo(V4);
        assertThat(HostPort.parseEprt("|2|2001:db8::1|6275|")).isEqualTo(V6);
    }

    @Test
    void thePeerChoosesTheDelimiterOfEprt() {
        assertThat(HostPort.parseEprt("!2!2001:db8::1!6275!")).isEqualTo(V6);
        assertThat(HostPort.parseEprt("%2%2001:db8::1%6275%")).isEqualTo(V6);
        assertThat(HostPort.parseEprt("A1A192.0.2.1A6275A")).isEqualTo(V4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"|3|x|6275|", "|0||6275|", "|65535|192.0.2.1|6275|"})
    void anotherFamilyInEprtIsToldApart(String argument) {
        assertThatExceptionOfType(UnsupportedAddressFamilyException.class)
                .isThrownBy(() -> HostPort.parseEprt(argument));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "|",
                "|1|192.0.2.1|6275",
                "|1|192.0.2.1|6275|x",
                "|1|192.0.2.1|0|",
                "|1|192.0.2.1|65536|",
                "|1|192.0.2.1|-1|",
                "|1|192.0.2.1||",
                "|1|2001:db8::1|6275|",
                "|2|192.0.2.1|6275|",
                "|1|192.0.2|6275|",
                "|1|192.0.2.1.1|6275|",
                "|1|192.0.2.256|6275|",
                "|1|192.0.2.01|6275|",
                "|1|0x7f.1|6275|",
                "|1|2130706433|6275|",
                "|1|localhost|6275|",
                "|2|fe80::1%eth0|6275|",
                "|2|[2001:db8::1]|6275|",
                "|2|2001:db8::1::2|6275|",
                "|2|2001:db8:::1|6275|",
                "|2|:1:2:3:4:5:6:7:8|6275|",
                "|2|1:2:3:4:5:6:7|6275|",
                "|2|1:2:3:4:5:6:7:8:9|6275|",
                "|2|1:2:3:4:5:6:7:8::|6275|",
                "|2|12345::|6275|",
                "|2|g::|6275|",
                "|2|1.2.3.4::|6275|",
                "|2|:|6275|",
                "|2||6275|",
                " 1 192.0.2.1 6275 "
            })
    void eprtTakesNothingElse(String argument) {
        assertSyntaxError(() -> HostPort.parseEprt(argument));
    }

    @Test
    void allFormsOfIpv6AreRead() {
        assertThat(HostPort.parseEprt("|2|2001:0DB8:0:0:0:0:0:1|6275|")).isEqualTo(V6);
        assertThat(HostPort.parseEprt("|2|2001:db8::0.0.0.1|6275|")).isEqualTo(V6);
        assertThat(HostPort.parseEprt("|2|::|1|").address()).isEqualTo(address(new int[16]));
        assertThat(HostPort.parseEprt("|2|::1|1|").address().isLoopbackAddress())
                .isTrue();
        assertThat(HostPort.parseEprt("|2|1::|1|").address().getAddress()).startsWith(0, 1, 0, 0);
        assertThat(HostPort.parseEprt("|2|::ffff:192.0.2.1|6275|")).isEqualTo(V4);
    }

    @Test
    void a229ReplyHasThePortAlone() {
        assertThat(HostPort.parseEpsvReply("Entering Extended Passive Mode (|||6446|)"))
                .isEqualTo(6446);
        assertThat(HostPort.parseEpsvReply("ok (!!!6446!).")).isEqualTo(6446);
        assertThat(HostPort.parseEpsvReply("(extended) mode (|1|192.0.2.1|6446|) (really)"))
                .isEqualTo(6446);
        assertThat(HostPort.toEpsvReply(6446)).isEqualTo("Entering Extended Passive Mode (|||6446|)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "6446", "(6446)", "(|||0|)", "(|||65536|)", "(|||6446)", "(|||6446||)", ")|||1|(", "(|||+1|)"
            })
    void a229ReplyTakesNothingElse(String text) {
        assertSyntaxError(() -> HostPort.parseEpsvReply(text));
    }

    @Test
    void longAddressesCarryBothFamilies() {
        assertThat(V4.toLprt()).isEqualTo("4,4,192,0,2,1,2,24,131");
        assertThat(V6.toLprt()).isEqualTo("6,16,32,1,13,184,0,0,0,0,0,0,0,0,0,0,0,1,2,24,131");
        assertThat(HostPort.parseLpsvReply(V6.toLpsvReply())).isEqualTo(V6);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "4",
                "4,4,192,0,2,1,2,24",
                "4,4,192,0,2,1,1,24,131",
                "4,16,192,0,2,1,2,24,131",
                "4,4,192,0,2,1,2,0,0",
                "6,4,192,0,2,1,2,24,131",
                "4,4,192,0,2,1,2,24,131,1,1,1,1,1,1,1,1,1,1,1,1,1,1"
            })
    void lprtTakesNothingElse(String argument) {
        assertSyntaxError(() -> HostPort.parseLprt(argument));
    }

    @Test
    void anotherFamilyInLprtIsToldApart() {
        assertThatExceptionOfType(UnsupportedAddressFamilyException.class)
                .isThrownBy(() -> HostPort.parseLprt("5,1,1,2,24,131"));
    }

    @Test
    void portCannotCarryIpv6() {
        assertThatIllegalStateException().isThrownBy(V6::toPort);
    }

    @Provide
    Arbitrary<HostPort> hostPorts() {
        Arbitrary<Integer> octet = Arbitraries.integers().between(0, 255);
        Arbitrary<InetAddress> v4 = octet.array(Integer[].class).ofSize(4).map(HostPortTest::boxed);
        Arbitrary<InetAddress> v6 = octet.array(Integer[].class).ofSize(16).map(HostPortTest::boxed);
        return Combinators.combine(
                        Arbitraries.oneOf(v4, v6), Arbitraries.integers().between(1, 65535))
                .as(HostPort::new);
    }

    private static InetAddress boxed(Integer[] octets) {
        int[] result = new int[octets.length];
        for (int i = 0; i < octets.length; i++) {
            result[i] = octets[i];
        }
        return address(result);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "::",
                "::1",
                "2001:db8::1",
                "2001:db8:0:1:1:1:1:1",
                "2001:0:0:1::1",
                "2001:db8::1:0:0:1",
                "1::",
                "fe80::a:b"
            })
    void addressesOfVersionSixAreWrittenInTheirCanonicalForm(String address) {
        String argument = "|2|" + address + "|6275|";
        assertThat(HostPort.parseEprt(argument).toEprt()).isEqualTo(argument);
    }

    @Property
    void whatIsFormattedIsParsed(
            @ForAll("hostPorts") HostPort value, @ForAll @IntRange(min = 1, max = 65535) int port) {
        assertThat(HostPort.parseEprt(value.toEprt())).isEqualTo(value);
        assertThat(HostPort.parseLprt(value.toLprt())).isEqualTo(value);
        assertThat(HostPort.parseLpsvReply(value.toLpsvReply())).isEqualTo(value);
        if (value.isIpv4()) {
            assertThat(HostPort.parsePort(value.toPort())).isEqualTo(value);
            assertThat(HostPort.parsePasvReply(value.toPasvReply())).isEqualTo(value);
        }
        assertThat(HostPort.parseEpsvReply(HostPort.toEpsvReply(port))).isEqualTo(port);
    }

    @Provide
    Arbitrary<String> almost() {
        return Arbitraries.strings().withChars("0123456789,|().:abf% -\u0661").ofMaxLength(60);
    }

    @Property
    void whateverComesIsParsedOrASyntaxError(@ForAll("almost") String text) {
        onlySyntaxErrors(() -> HostPort.parsePort(text));
        onlySyntaxErrors(() -> HostPort.parsePasvReply(text));
        onlySyntaxErrors(() -> HostPort.parseEprt(text));
        onlySyntaxErrors(() -> HostPort.parseEprt("|2|" + text + "|21|"));
        onlySyntaxErrors(() -> HostPort.parseEpsvReply(text));
        onlySyntaxErrors(() -> HostPort.parseLprt(text));
        onlySyntaxErrors(() -> HostPort.parseLpsvReply(text));
    }

    private static void onlySyntaxErrors(Runnable parse) {
        try {
            parse.run();
        } catch (FtpSyntaxException expected) {
            assertThat(expected).hasMessageNotContaining("\n");
        }
    }
}
