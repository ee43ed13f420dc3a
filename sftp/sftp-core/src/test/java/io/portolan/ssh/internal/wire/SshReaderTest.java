package io.portolan.ssh.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SshReaderTest {

    private static SshReader hex(String octets) {
        return new SshReader(HexFormat.of().parseHex(octets.replace(" ", "")));
    }

    private static SshReader list(String names) {
        byte[] octets = names.getBytes(StandardCharsets.ISO_8859_1);
        return new SshReader(new SshWriter().writeString(octets).toByteArray());
    }

    private static void refused(ThrowingCallable call, String why) {
        SshProtocolException refusal = catchThrowableOfType(SshProtocolException.class, call);
        assertThat(refusal).hasMessageContaining(why);
        assertThat(refusal.reason()).isEqualTo(DisconnectReason.PROTOCOL_ERROR);
    }

    /** The examples of RFC 4251 section 5. */
    @ParameterizedTest
    @CsvSource({
        "00 00 00 00,                                     0",
        "00 00 00 08 09 a3 78 f9 b2 e3 32 a7,             9a378f9b2e332a7",
        "00 00 00 02 00 80,                               80",
        "00 00 00 02 ed cc,                               -1234",
        "00 00 00 05 ff 21 52 41 11,                      -deadbeef"
    })
    void theMpintsOfTheRfcAreReadAndWritten(String octets, String value) throws Exception {
        BigInteger number = new BigInteger(value, 16);
        assertThat(hex(octets).readMpint()).isEqualTo(number);
        assertThat(new SshWriter().writeMpint(number).toByteArray())
                .isEqualTo(HexFormat.of().parseHex(octets.replace(" ", "")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00000001 00", // zero has no octets
                "00000002 00 7f",
                "00000003 00 00 80",
                "00000002 ff 80",
                "00000003 ff ff 00"
            })
    void mpintsWithOctetsThatTheyDoNotNeedAreRefused(String octets) {
        refused(hex(octets)::readMpint, "leading octet");
    }

    @Test
    void anUnsignedMpintIsNeitherNegativeNorLongerThanAllowed() throws Exception {
        assertThat(hex("00000002 00ff").readUnsignedMpint(8)).isEqualTo(255);
        refused(() -> hex("00000001 ff").readUnsignedMpint(8), "negative");
        refused(() -> hex("00000002 01ff").readUnsignedMpint(8), "9 bits");
    }

    @Test
    void booleansAreTrueUnlessZero() throws Exception {
        assertThat(hex("00").readBoolean()).isFalse();
        assertThat(hex("01").readBoolean()).isTrue();
        assertThat(hex("ff").readBoolean()).isTrue();
    }

    @Test
    void integersHaveNoSign() throws Exception {
        assertThat(hex("29b7f4aa").readUint32()).isEqualTo(699921578L);
        assertThat(hex("ffffffff").readUint32()).isEqualTo(0xffff_ffffL);
        assertThat(hex("ffffffff fffffffe").readUint64()).isEqualTo(-2);
        assertThat(hex("ff").readByte()).isEqualTo(255);
    }

    @Test
    void theStringOfTheRfcIsRead() throws Exception {
        assertThat(hex("00000007 74657374696e67").readUtf8(7)).isEqualTo("testing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "000000", "00000001", "ffffffff", "7fffffff 00", "80000000 00"})
    void aLengthBeyondTheEndIsRefusedBeforeAnythingIsAllocated(String octets) {
        refused(() -> hex(octets).readString(), "left");
        refused(() -> hex(octets).readMpint(), "left");
        refused(() -> hex(octets).readNameList(), "left");
        refused(() -> hex(octets).readNested(), "left");
        refused(() -> hex(octets).readUtf8(10), "left");
    }

    @Test
    void stringsLongerThanAskedForAreRefused() throws Exception {
        assertThat(hex("00000002 6162").readString(2)).containsExactly('a', 'b');
        refused(() -> hex("00000002 6162").readString(1), "at most 1");
    }

    @Test
    void textThatIsNotUtf8IsRefusedAndNotRepaired() {
        refused(() -> hex("00000002 c080").readUtf8(10), "UTF-8");
        refused(() -> hex("00000003 eda080").readUtf8(10), "UTF-8");
    }

    @Test
    void trailingOctetsAreSeen() throws Exception {
        SshReader reader = hex("00000001 61 62");
        reader.readString();
        refused(reader::expectEnd, "1 octets too many");
        reader.readByte();
        reader.expectEnd();
    }

    @Test
    void aNestedReaderStopsAtTheEndOfItsString() throws Exception {
        SshReader outer = hex("00000004 00000002 61 62");
        SshReader nested = outer.readNested();
        refused(nested::readString, "left");
        assertThat(outer.readRest()).containsExactly('a', 'b');
    }

    @Test
    void nameListsOfTheRfcAreRead() throws Exception {
        assertThat(hex("00000000").readNameList()).isEmpty();
        assertThat(hex("00000004 7a6c6962").readNameList()).containsExactly("zlib");
        assertThat(hex("00000009 7a6c69622c6e6f6e65").readNameList()).containsExactly("zlib", "none");
    }

    @Test
    void aRepeatedNameCountsWhereItCameFirst() throws Exception {
        assertThat(list("a,b,a,c,b").readNameList()).containsExactly("a", "b", "c");
    }

    @ParameterizedTest
    @ValueSource(strings = {",", "a,", ",a", "a,,b", "a b", "a\u0000", "a\tb", "\u00e4", "a\u007f", "a\n"})
    void emptyNamesAndForeignCharactersAreRefused(String names) {
        refused(() -> list(names).readNameList(), "name");
    }

    @Test
    void aNameHasAtMost64Characters() throws Exception {
        assertThat(list("n".repeat(64)).readNameList()).hasSize(1);
        assertThat(list("n".repeat(64)).readName()).hasSize(64);
        refused(() -> list("n".repeat(65)).readNameList(), "64");
        refused(() -> list("n".repeat(65)).readName(), "64");
        refused(() -> list("a,b").readName(), "44");
    }

    @Test
    void aListHasAtMost256Names() throws Exception {
        String most = IntStream.range(0, 256).mapToObj(i -> "n" + i).collect(Collectors.joining(","));
        assertThat(list(most).readNameList()).hasSize(256);
        refused(() -> list(most + ",x").readNameList(), "256");
        refused(() -> list("n,".repeat(256) + "n").readNameList(), "256");
    }

    @Test
    void aListOf64KibOctetsIsRefusedByItsLength() throws Exception {
        String long8k = ("n".repeat(63) + ",").repeat(128);
        assertThat(list(long8k.substring(0, 8191)).readNameList()).hasSize(1);
        refused(() -> list(long8k + "n").readNameList(), "at most 8192");
        refused(() -> list("n".repeat(65536)).readNameList(), "at most 8192");
    }

    @Test
    void buffersOnAndOffTheHeapAreReadFromTheirIndexOn() throws Exception {
        for (ByteBuf buffer : new ByteBuf[] {Unpooled.buffer(), Unpooled.directBuffer()}) {
            try {
                buffer.writeByte(1).writeByte(7).writeByte(8).skipBytes(1);
                SshReader reader = SshReader.of(buffer);
                assertThat(reader.readRest()).containsExactly(7, 8);
                assertThat(buffer.readableBytes()).isEqualTo(2);
            } finally {
                buffer.release();
            }
        }
    }

    @Test
    void aNegativeCountIsOurOwnMistake() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> hex("00").readBytes(-1));
    }
}
