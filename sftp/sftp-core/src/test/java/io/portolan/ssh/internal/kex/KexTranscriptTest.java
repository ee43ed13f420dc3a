package io.portolan.ssh.internal.kex;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Against values that were computed by another program from the RFC's formulas. */
final class KexTranscriptTest {

    private static final HexFormat HEX = HexFormat.of();

    /** With two leading zeros and then the highest bit set: as a number it loses two octets and gets one for the sign. */
    private static final String SECRET = "000080" + "11".repeat(29);

    private static byte[] message(char fill) {
        byte[] octets = new byte[21];
        Arrays.fill(octets, (byte) fill);
        octets[0] = 20;
        return octets;
    }

    private static byte[] filled(int value) {
        byte[] octets = new byte[32];
        Arrays.fill(octets, (byte) value);
        return octets;
    }

    private static void check(String name, String hash, String keys) {
        KexMethod method = KexMethod.named(name).orElseThrow();
        SharedSecret secret = method.secret(HEX.parseHex(SECRET));
        byte[] actual = new KexTranscript("SSH-2.0-client", "SSH-2.0-server", message('c'), message('s'))
                .hash(method, "host key".getBytes(StandardCharsets.US_ASCII), filled(1), filled(2), secret);
        assertThat(HEX.formatHex(actual)).isEqualTo(hash);
        KeyDerivation derivation = new KeyDerivation(method, secret, actual, filled(5));
        for (int octets : new int[] {0, 1, 12, 32, 33, 64, 100}) {
            assertThat(HEX.formatHex(derivation.derive(KeyPurpose.CIPHER_TO_SERVER, octets)))
                    .isEqualTo(keys.substring(0, 2 * octets));
        }
        assertThat(derivation.derive(KeyPurpose.CIPHER_TO_CLIENT, 32))
                .isNotEqualTo(derivation.derive(KeyPurpose.CIPHER_TO_SERVER, 32));
    }

    @Test
    void aClassicalSecretIsHashedAsANumber() {
        check(
                "curve25519-sha256",
                "587deb4330af02f32cb163a05d2248f3031fc354ca916808b588ac40813a35df",
                "e17d4636238876d4ab0b0bbd80ed51266db4f410fbac36de2330462f9ef6859fec2715a53c601194"
                        + "fef5c63a1d14d7c7016a6ddef7e3797dab0c334639dca1d2de113baf671f4c6890edfca523c32763"
                        + "c63f388152c75704cc22b4c277801d5ba1c82708");
    }

    @Test
    void aHybridSecretIsHashedAsOctets() {
        check(
                "mlkem768x25519-sha256",
                "95e0006c4c09a970c6443dbcad13702a3ff88e51c17e9b2c783f32f38725de18",
                "c5ba823d485ef23630c92d86d6949bed8dc45cf12cdf4ff7764a1908303a0a888fca6b3333b900d2"
                        + "bfff2cfa600277599fa80349eedfe2cde0f546c66b751f9e27acad69efd8c2016f4cd4337c7eff59"
                        + "f3d4894c9c2cafb4d6ed8f38261bb62f63a80f1e");
    }
}
