package io.portolan.ssh.internal.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.ssh.internal.wire.SshProtocolException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.crypto.Mac;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.engines.ChaChaEngine;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.modes.SICBlockCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The packets of each cipher, byte for byte, as Bouncy Castle makes them from the specifications. */
final class PacketCipherTest {

    private static final long SEED = 42;

    private static List<Protection> protections() {
        return Protection.all();
    }

    /** A packet in the clear: length, and that many octets. */
    private static byte[] packet(int length) {
        byte[] packet = Protection.octets(length, 4 + length);
        ByteBuffer.wrap(packet).putInt(0, length);
        return packet;
    }

    private static byte[] seal(PacketCipher cipher, int sequence, byte[] packet) {
        byte[] out = new byte[packet.length + cipher.tagLength()];
        cipher.seal(sequence, packet, packet.length - 4, out, 0);
        return out;
    }

    @ParameterizedTest
    @EnumSource(
            value = SshCipher.class,
            names = {"AES128_GCM", "AES256_GCM"})
    void gcmIsThatOfRfc5647(SshCipher algorithm) throws Exception {
        Protection protection = new Protection(algorithm, null);
        byte[] nonce = protection.iv(SEED);
        // The counter carries through all of its eight octets, and not into the four before.
        Arrays.fill(nonce, 4, 12, (byte) 0xff);
        nonce[11] = (byte) 0xfe;
        PacketCipher cipher = algorithm.create(null, nonce, protection.key(SEED), new byte[0]);
        long counter = -2;
        for (int length : new int[] {16, 32, 48, 4096}) {
            byte[] packet = packet(length);
            byte[] itsNonce =
                    ByteBuffer.allocate(12).put(nonce, 0, 4).putLong(counter).array();
            GCMBlockCipher expected = (GCMBlockCipher) GCMBlockCipher.newInstance(AESEngine.newInstance());
            expected.init(
                    true,
                    new AEADParameters(
                            new KeyParameter(protection.key(SEED)), 128, itsNonce, Arrays.copyOf(packet, 4)));
            byte[] out = new byte[packet.length + 16];
            System.arraycopy(packet, 0, out, 0, 4);
            int given = expected.processBytes(packet, 4, length, out, 4);
            expected.doFinal(out, 4 + given);
            assertThat(seal(cipher, 99, packet)).isEqualTo(out);
            counter++;
        }
    }

    @Test
    void chachaIsThatOfOpenSsh() {
        Protection protection = new Protection(SshCipher.CHACHA20_POLY1305, null);
        PacketCipher cipher = protection.create(SEED);
        byte[] key = protection.key(SEED);
        for (int sequence : new int[] {0, 1, 255, Integer.MAX_VALUE, Integer.MIN_VALUE, -1}) {
            byte[] packet = packet(8 + (sequence & 0xff) * 8);
            // Bouncy Castle's ChaChaEngine is the original, with a nonce of eight octets.
            byte[] nonce = ByteBuffer.allocate(8)
                    .putLong(Integer.toUnsignedLong(sequence))
                    .array();
            ChaChaEngine lengths = new ChaChaEngine(20);
            lengths.init(true, new ParametersWithIV(new KeyParameter(key, 32, 32), nonce));
            ChaChaEngine payloads = new ChaChaEngine(20);
            payloads.init(true, new ParametersWithIV(new KeyParameter(key, 0, 32), nonce));
            byte[] block = new byte[64];
            payloads.processBytes(block, 0, 64, block, 0);
            byte[] expected = new byte[packet.length + 16];
            lengths.processBytes(packet, 0, 4, expected, 0);
            payloads.processBytes(packet, 4, packet.length - 4, expected, 4);
            var poly = new org.bouncycastle.crypto.macs.Poly1305();
            poly.init(new KeyParameter(block, 0, 32));
            poly.update(expected, 0, packet.length);
            poly.doFinal(expected, packet.length);
            assertThat(seal(cipher, sequence, packet)).isEqualTo(expected);
        }
    }

    @Test
    void theJdksChaChaIsThatOfTheRfcsExample() throws Exception {
        // RFC 8439, section 2.4.2
        byte[] key = HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
        javax.crypto.Cipher cipher = JdkCrypto.cipher("ChaCha20");
        cipher.init(
                javax.crypto.Cipher.ENCRYPT_MODE,
                new javax.crypto.spec.SecretKeySpec(key, "ChaCha20"),
                new javax.crypto.spec.ChaCha20ParameterSpec(HexFormat.of().parseHex("000000000000004a00000000"), 1));
        byte[] text = "Ladies and Gentlemen of the class of '99".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        assertThat(cipher.doFinal(text))
                .isEqualTo(HexFormat.of()
                        .parseHex("6e2e359a2568f98041ba0728dd0d6981e97e7aec1d4360c20a27afccfd9fae0bf91b65c5524733ab"));
    }

    @Test
    void theJdksGcmIsThatOfTheSpecification() throws Exception {
        // Test case 4 of the submission of GCM to NIST, appendix B
        javax.crypto.Cipher cipher = JdkCrypto.cipher("AES/GCM/NoPadding");
        HexFormat hex = HexFormat.of();
        cipher.init(
                javax.crypto.Cipher.ENCRYPT_MODE,
                new javax.crypto.spec.SecretKeySpec(hex.parseHex("feffe9928665731c6d6a8f9467308308"), "AES"),
                new javax.crypto.spec.GCMParameterSpec(128, hex.parseHex("cafebabefacedbaddecaf888")));
        cipher.updateAAD(hex.parseHex("feedfacedeadbeeffeedfacedeadbeefabaddad2"));
        byte[] sealed = cipher.doFinal(hex.parseHex("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
                + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"));
        assertThat(hex.formatHex(sealed))
                .isEqualTo("42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e"
                        + "21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091"
                        + "5bc94fbc3221a5db94fae95ae7121a47");
    }

    @ParameterizedTest
    @EnumSource(SshMac.class)
    void counterModeRunsThroughAllPackets(SshMac algorithm) {
        for (SshCipher which : List.of(SshCipher.AES128_CTR, SshCipher.AES192_CTR, SshCipher.AES256_CTR)) {
            Protection protection = new Protection(which, algorithm);
            PacketCipher cipher = protection.create(SEED);
            SICBlockCipher counter = (SICBlockCipher) SICBlockCipher.newInstance(AESEngine.newInstance());
            counter.init(true, new ParametersWithIV(new KeyParameter(protection.key(SEED)), protection.iv(SEED)));
            boolean etm = algorithm.isEncryptThenMac();
            for (int sequence : new int[] {0, 1, Integer.MAX_VALUE, Integer.MIN_VALUE, -1}) {
                byte[] packet = packet((etm ? 16 : 12) + 16 * (sequence & 7));
                byte[] expected = packet.clone();
                int clear = etm ? 4 : 0;
                counter.processBytes(packet, clear, packet.length - clear, expected, clear);
                byte[] tag = hmac(algorithm, protection.macKey(SEED), sequence, etm ? expected : packet);
                expected = Arrays.copyOf(expected, expected.length + tag.length);
                System.arraycopy(tag, 0, expected, packet.length, tag.length);
                assertThat(seal(cipher, sequence, packet)).isEqualTo(expected);
            }
        }
    }

    private static byte[] hmac(SshMac algorithm, byte[] key, int sequence, byte[] octets) {
        Mac mac = new HMac(algorithm.length() == 32 ? new SHA256Digest() : new SHA512Digest());
        mac.init(new KeyParameter(key));
        mac.update(ByteBuffer.allocate(4).putInt(sequence).array(), 0, 4);
        mac.update(octets, 0, octets.length);
        byte[] tag = new byte[mac.getMacSize()];
        mac.doFinal(tag, 0);
        return tag;
    }

    @ParameterizedTest
    @MethodSource("protections")
    void opensWhatItSealed(Protection protection) throws Exception {
        PacketCipher sealing = protection.create(SEED);
        PacketCipher opening = protection.create(SEED);
        for (int sequence = 0; sequence < 20; sequence++) {
            int payload = sequence * 321 + 1;
            byte[] packet = packet(1 + payload + sealing.paddingFor(payload));
            byte[] sealed = seal(sealing, sequence, packet);
            assertThat(opening.openLength(sequence, sealed)).isEqualTo(packet.length - 4);
            byte[] out = new byte[7 + packet.length - 4];
            opening.open(sequence, sealed, packet.length - 4, out, 7);
            assertThat(Arrays.copyOfRange(out, 7, out.length)).isEqualTo(Arrays.copyOfRange(packet, 4, packet.length));
        }
    }

    @ParameterizedTest
    @MethodSource("protections")
    void aPacketWithAnotherNumberIsBroken(Protection protection) {
        if (protection.cipher() == SshCipher.AES128_GCM || protection.cipher() == SshCipher.AES256_GCM) {
            // Its counter is its own: here a packet is missing.
            PacketCipher sealing = protection.create(SEED);
            seal(sealing, 0, packet(32));
            assertBroken(protection.create(SEED), 0, seal(sealing, 1, packet(32)));
        } else {
            int length = protection.lengthIsEncrypted() && protection.mac() != null ? 28 : 32;
            byte[] sealed = seal(protection.create(SEED), 7, packet(length));
            assertBroken(protection.create(SEED), 8, sealed);
        }
    }

    private static void assertBroken(PacketCipher opening, int sequence, byte[] sealed) {
        int length = sealed.length - 4 - opening.tagLength();
        opening.openLength(sequence, sealed);
        assertThatThrownBy(() -> opening.open(sequence, sealed, length, new byte[length], 0))
                .isInstanceOf(SshProtocolException.class)
                .hasMessage("broken packet")
                .hasNoCause();
    }

    @ParameterizedTest
    @MethodSource("protections")
    void paddingIsTheFewestOctetsThatTheRfcAllows(Protection protection) {
        PacketCipher cipher = protection.create(SEED);
        boolean aligned = protection.mac() != null && !protection.mac().isEncryptThenMac();
        int block = protection.cipher() == SshCipher.CHACHA20_POLY1305 ? 8 : 16;
        for (int payload = 1; payload < 300; payload++) {
            int padding = cipher.paddingFor(payload);
            int length = 1 + payload + padding;
            assertThat(padding).isBetween(4, 255);
            assertThat((length + (aligned ? 4 : 0)) % block).isZero();
            assertThat(4 + length).isGreaterThanOrEqualTo(16);
            assertThat(padding - block < 4 || 4 + length - block < 16).isTrue();
        }
    }

    @Test
    void keysOfTheWrongLengthAreRefused() {
        byte[] none = new byte[0];
        assertThatThrownBy(() -> SshCipher.AES128_GCM.create(null, new byte[12], new byte[32], none))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("aes128-gcm@openssh.com takes 16");
        assertThatThrownBy(() -> SshCipher.AES128_GCM.create(null, new byte[16], new byte[16], none))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SshCipher.AES128_CTR.create(null, new byte[16], new byte[16], none))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("without a MAC");
        assertThatThrownBy(() ->
                        SshCipher.AES128_CTR.create(SshMac.HMAC_SHA2_512, new byte[16], new byte[16], new byte[32]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("MAC key");
    }

    @Test
    void algorithmsAreFoundByTheirNames() throws GeneralSecurityException {
        for (SshCipher cipher : SshCipher.values()) {
            assertThat(SshCipher.named(cipher.sshName())).contains(cipher);
        }
        for (SshMac mac : SshMac.values()) {
            assertThat(SshMac.named(mac.sshName())).contains(mac);
        }
        assertThat(SshCipher.named("aes128-cbc")).isEmpty();
        assertThat(SshCipher.named("none")).isEmpty();
        assertThat(SshMac.named("hmac-sha1")).isEmpty();
    }
}
