package io.portolan.ssh.internal.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.Test;

final class Poly1305Test {

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", "").replace("\n", ""));
    }

    private static byte[] tag(byte[] key, byte[] message) {
        byte[] out = new byte[Poly1305.TAG_LENGTH];
        Poly1305.tag(key, message, 0, message.length, out, 0);
        return out;
    }

    private static byte[] tagByBouncyCastle(byte[] key, byte[] message) {
        var poly = new org.bouncycastle.crypto.macs.Poly1305();
        poly.init(new KeyParameter(key));
        poly.update(message, 0, message.length);
        byte[] out = new byte[Poly1305.TAG_LENGTH];
        poly.doFinal(out, 0);
        return out;
    }

    @Test
    void givesTheTagOfTheRfcsExample() {
        // RFC 8439, section 2.5.2
        byte[] key = hex("85d6be7857556d337f4452fe42d506a80103808afb0db2fd4abff6af4149f51b");
        byte[] message = "Cryptographic Forum Research Group".getBytes(StandardCharsets.US_ASCII);
        assertThat(tag(key, message)).isEqualTo(hex("a8061dc1305136c6c22b8baf0c0127a9"));
    }

    @Test
    void givesTheTagsOfTheRfcsVectorsForTheEdgesOfTheArithmetic() {
        // RFC 8439, appendix A.3, vectors 1 and 7 to 11: r and message, with the second half of the key where it is not
        // zero.
        String zeros = "00".repeat(16);
        String ones = "ff".repeat(16);
        assertThat(tag(hex(zeros + zeros), new byte[64])).isEqualTo(hex(zeros));
        // 7: h reaches p and beyond
        assertThat(tag(hex("02" + "00".repeat(15) + zeros), hex(ones))).isEqualTo(hex("03" + "00".repeat(15)));
        // 8: the sum with the key's second half is taken modulo 2^128
        assertThat(tag(hex("02" + "00".repeat(15) + ones), hex("02" + "00".repeat(15))))
                .isEqualTo(hex("03" + "00".repeat(15)));
        // 9
        assertThat(tag(
                        hex("01" + "00".repeat(15) + zeros),
                        hex(ones + "f0" + "ff".repeat(15) + "11" + "00".repeat(15))))
                .isEqualTo(hex("05" + "00".repeat(15)));
        // 10
        assertThat(tag(hex("01" + "00".repeat(15) + zeros), hex(ones + "fb" + "fe".repeat(15) + "01".repeat(16))))
                .isEqualTo(hex(zeros));
        // 11
        assertThat(tag(hex("02" + "00".repeat(15) + zeros), hex("fd" + "ff".repeat(15))))
                .isEqualTo(hex("fa" + "ff".repeat(15)));
    }

    @Test
    void agreesWithBouncyCastleForEveryLengthUpToFiveBlocks() {
        byte[] key = Protection.octets(1, Poly1305.KEY_LENGTH);
        for (int length = 0; length <= 80; length++) {
            byte[] message = new byte[length];
            Arrays.fill(message, (byte) 0xff);
            assertThat(tag(key, message)).as("%d octets", length).isEqualTo(tagByBouncyCastle(key, message));
        }
    }

    @Property
    void agreesWithBouncyCastle(@ForAll @Size(32) byte[] key, @ForAll @Size(max = 400) byte[] message) {
        assertThat(tag(key, message)).isEqualTo(tagByBouncyCastle(key, message));
    }

    @Property(tries = 200)
    void agreesWithBouncyCastleWhereEveryLimbIsFull(@ForAll @Size(32) byte[] key, @ForAll byte octet) {
        byte[] message = new byte[1024];
        Arrays.fill(message, octet);
        byte[] full = key.clone();
        Arrays.fill(full, 0, 16, (byte) 0xff);
        assertThat(tag(full, message)).isEqualTo(tagByBouncyCastle(full, message));
    }

    @Test
    void readsAndWritesWithinOneArray() {
        byte[] key = new byte[Poly1305.KEY_LENGTH];
        Arrays.fill(key, (byte) 7);
        byte[] message = {1, 2, 3, 4, 5};
        byte[] array = new byte[3 + message.length + Poly1305.TAG_LENGTH];
        System.arraycopy(message, 0, array, 3, message.length);
        Poly1305.tag(key, array, 3, message.length, array, 3 + message.length);
        assertThat(Arrays.copyOfRange(array, 3 + message.length, array.length)).isEqualTo(tag(key, message));
    }
}
