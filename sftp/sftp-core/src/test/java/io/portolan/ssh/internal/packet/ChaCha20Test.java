package io.portolan.ssh.internal.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class ChaCha20Test {

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", "").replace("\n", ""));
    }

    /** Block 0, and a message that is encrypted. */
    private static byte[] crypted(ChaCha20 cipher, int sequence, byte[] message) throws GeneralSecurityException {
        byte[] first = new byte[ChaCha20.BLOCK];
        cipher.begin(sequence, first);
        byte[] out = new byte[3 + message.length];
        cipher.apply(message, 0, message.length, out, 3);
        return ByteBuffer.allocate(first.length + message.length)
                .put(first)
                .put(out, 3, message.length)
                .array();
    }

    @Test
    void givesTheKeyStreamsOfTheRfcsVectors() throws Exception {
        // RFC 8439, appendix A.1, vectors 1 and 2: blocks 0 and 1 of a key of zeros
        byte[] stream = hex("""
                76b8e0ada0f13d90405d6ae55386bd28bdd219b8a08ded1aa836efcc8b770dc7
                da41597c5157488d7724e03fb8d84a376a43b8f41518a11cc387b669b2ee6586
                9f07e7be5551387a98ba977c732d080dcb0f29a048e3656912c6533e32ee7aed
                29b721769ce64e43d57133b074d839d531ed1f28510afb45ace10a1f4b794d6f""");
        assertThat(crypted(new LaneChaCha20(new byte[32], 0), 0, new byte[64])).isEqualTo(stream);
        assertThat(crypted(new JdkChaCha20(new byte[32], 0), 0, new byte[64])).isEqualTo(stream);
        // vectors 3 and 5: block 1 with another key, block 0 with another nonce
        byte[] key = new byte[32];
        key[31] = 1;
        assertThat(Arrays.copyOfRange(crypted(new LaneChaCha20(key, 0), 0, new byte[64]), 64, 128))
                .isEqualTo(hex("""
                3aeb5224ecf849929b9d828db1ced4dd832025e8018b8160b82284f3c949aa5a
                8eca00bbb4a73bdad192b5c42f73f2fd4e273644c8b36125a64addeb006c13a0"""));
        assertThat(crypted(new LaneChaCha20(new byte[32], 0), 2, new byte[0])).isEqualTo(hex("""
                c2c64d378cd536374ae204b9ef933fcd1a8b2288b3dfa49672ab765b54ee27c7
                8a970e0e955c14f3a88e741b97c286f75f8fc299e8148362fa198a39531bed6d"""));
    }

    @Test
    void isTheJdksForEveryLengthUpToWhereVectorsBegin() throws Exception {
        byte[] keys = Protection.octets(1, 32);
        for (int length = 0; length <= (LaneChaCha20.FEW + 2) * ChaCha20.BLOCK; length++) {
            byte[] message = Protection.octets(2, length);
            assertThat(crypted(new LaneChaCha20(keys, 0), length, message))
                    .as("%d octets", length)
                    .isEqualTo(crypted(new JdkChaCha20(keys, 0), length, message));
        }
    }

    @Property(tries = 300)
    void isTheJdks(
            @ForAll @Size(64) byte[] keys,
            @ForAll @IntRange(max = 32) int offset,
            @ForAll int sequence,
            @ForAll @IntRange(max = 3 * LaneChaCha20.LANES * ChaCha20.BLOCK) int length)
            throws Exception {
        byte[] message = Protection.octets(length, length);
        ChaCha20 lanes = new LaneChaCha20(keys, offset);
        // what a longer packet has left behind is of no meaning to the next
        crypted(lanes, ~sequence, new byte[5000]);
        assertThat(crypted(lanes, sequence, message))
                .isEqualTo(crypted(new JdkChaCha20(keys, offset), sequence, message));
    }
}
