package io.portolan.ssh.internal.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;
import io.portolan.ssh.internal.wire.SshWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SshPublicKeyTest {

    private static final byte[] DATA = "what is signed".getBytes(StandardCharsets.US_ASCII);

    private static void refused(byte[] blob) {
        assertThatExceptionOfType(SshProtocolException.class).isThrownBy(() -> SshPublicKey.decode(blob));
    }

    private static byte[] signature(String algorithm, byte[] octets) {
        return new SshWriter().writeString(algorithm).writeString(octets).toByteArray();
    }

    private static byte[] octets(byte[] signature) throws SshProtocolException {
        SshReader reader = new SshReader(signature);
        reader.readName();
        return reader.readString();
    }

    @Test
    void blobsComeBackAndHaveOneFormOnly() throws Exception {
        for (SshKeyPair pair : TestKeys.ALL) {
            byte[] blob = pair.publicKey().blob();
            SshPublicKey read = SshPublicKey.decode(blob);
            assertThat(read).isEqualTo(pair.publicKey()).hasSameHashCodeAs(pair.publicKey());
            assertThat(read.blob()).isEqualTo(blob);
            refused(Arrays.copyOf(blob, blob.length + 1));
            for (int i = 0; i < blob.length; i++) {
                refused(Arrays.copyOf(blob, i));
            }
        }
    }

    @Test
    void eachKeyVerifiesWhatItSignedWithEachOfItsAlgorithms() throws Exception {
        for (SshKeyPair pair : TestKeys.ALL) {
            SshPublicKey key = pair.publicKey();
            for (String algorithm : key.signatureAlgorithms()) {
                byte[] signature = pair.sign(algorithm, DATA);
                assertThat(key.verify(algorithm, DATA, signature)).as(algorithm).isTrue();
                assertThat(key.verify(algorithm, new byte[0], signature)).isFalse();
                for (int i = signature.length - 20; i < signature.length; i++) {
                    byte[] flipped = signature.clone();
                    flipped[i] ^= 1;
                    assertThat(key.verify(algorithm, DATA, flipped)).isFalse();
                }
                for (SshKeyPair other : TestKeys.ALL) {
                    for (String wrong : other.publicKey().signatureAlgorithms()) {
                        if (!wrong.equals(algorithm)) {
                            assertThat(key.verify(wrong, DATA, signature)).isFalse();
                            assertThat(key.verify(wrong, DATA, signature(wrong, octets(signature))))
                                    .isFalse();
                        }
                    }
                }
            }
        }
    }

    @Test
    void anAlgorithmOfAnotherKeyCannotSign() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> TestKeys.ED25519.sign("rsa-sha2-256", DATA));
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> TestKeys.P256.sign("ecdsa-sha2-nistp384", DATA));
    }

    @Test
    void rsaWithSha1NeitherSignsNorVerifies() throws Exception {
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> TestKeys.RSA.sign("ssh-rsa", DATA));
        byte[] sha1 = Signatures.sign("SHA1withRSA", TestKeys.RSA.privateKey(), DATA);
        assertThat(TestKeys.RSA.publicKey().verify("ssh-rsa", DATA, signature("ssh-rsa", sha1)))
                .isFalse();
        assertThat(TestKeys.RSA.publicKey().verify("rsa-sha2-256", DATA, signature("rsa-sha2-256", sha1)))
                .isFalse();
    }

    /** The second example of RFC 8032 section 7.1. */
    @Test
    void theEd25519SignatureOfTheRfcIsRightAndWithLAddedItIsNot() throws Exception {
        HexFormat hex = HexFormat.of();
        SshPublicKey key =
                Ed25519PublicKey.of(hex.parseHex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"));
        byte[] signature = hex.parseHex("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
        byte[] data = {0x72};
        assertThat(key.verifyOctets("ssh-ed25519", data, signature)).isTrue();

        byte[] order = hex.parseHex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
        byte[] malleated = signature.clone();
        int carry = 0;
        for (int i = 0; i < 32; i++) {
            carry += (signature[32 + i] & 0xff) + (order[i] & 0xff);
            malleated[32 + i] = (byte) carry;
            carry >>= 8;
        }
        assertThat(carry).isZero();
        assertThat(key.verifyOctets("ssh-ed25519", data, malleated)).isFalse();
    }

    @Test
    void ed25519HasOneLengthOfKeysAndSignatures() throws Exception {
        for (int length : new int[] {0, 31, 33}) {
            refused(signature("ssh-ed25519", new byte[length]));
        }
        for (int length : new int[] {0, 63, 65}) {
            assertThat(TestKeys.ED25519.publicKey().verifyOctets("ssh-ed25519", DATA, new byte[length]))
                    .isFalse();
        }
    }

    @Test
    void ecdsaNumbersOutOfRangeAreNoSignature() throws Exception {
        BigInteger order = NistCurve.P256.parameters().getOrder();
        for (BigInteger bad : List.of(BigInteger.ZERO, order, order.add(BigInteger.ONE))) {
            for (BigInteger[] pair : new BigInteger[][] {{bad, BigInteger.ONE}, {BigInteger.ONE, bad}, {bad, bad}}) {
                byte[] octets =
                        new SshWriter().writeMpint(pair[0]).writeMpint(pair[1]).toByteArray();
                assertThat(TestKeys.P256.publicKey().verifyOctets("ecdsa-sha2-nistp256", DATA, octets))
                        .isFalse();
            }
        }
        byte[] negative = new SshWriter()
                .writeMpint(BigInteger.ONE.negate())
                .writeMpint(BigInteger.ONE)
                .toByteArray();
        assertThatExceptionOfType(SshProtocolException.class)
                .isThrownBy(() -> TestKeys.P256.publicKey().verifyOctets("ecdsa-sha2-nistp256", DATA, negative));
    }

    @Test
    void anEcdsaKeyHasThePointAndTheCurveOfItsType() {
        byte[] point = ((EcdsaPublicKey) TestKeys.P256.publicKey()).point();
        refused(new SshWriter()
                .writeString("ecdsa-sha2-nistp256")
                .writeString("nistp384")
                .writeString(point)
                .toByteArray());
        refused(new SshWriter()
                .writeString("ecdsa-sha2-nistk163")
                .writeString("nistk163")
                .writeString(point)
                .toByteArray());
        point[64] ^= 1;
        refused(new SshWriter()
                .writeString("ecdsa-sha2-nistp256")
                .writeString("nistp256")
                .writeString(point)
                .toByteArray());
    }

    private static byte[] rsa(BigInteger exponent, BigInteger modulus) {
        return new SshWriter()
                .writeString("ssh-rsa")
                .writeMpint(exponent)
                .writeMpint(modulus)
                .toByteArray();
    }

    private static BigInteger modulus(int bits) {
        return BigInteger.ONE.shiftLeft(bits - 1).add(BigInteger.ONE);
    }

    @ParameterizedTest
    @CsvSource({"2048, true", "16384, true", "2047, false", "1024, false", "16385, false", "32768, false"})
    void anRsaModulusHas2048To16384Bits(int bits, boolean taken) throws Exception {
        byte[] blob = rsa(BigInteger.valueOf(65537), modulus(bits));
        if (taken) {
            assertThat(SshPublicKey.decode(blob).type()).isEqualTo("ssh-rsa");
        } else {
            refused(blob);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "3, true",
        "65537, true",
        "4294967295, true",
        "4294967297, false",
        "0, false",
        "1, false",
        "65536, false",
        "-3, false"
    })
    void anRsaExponentIsOddAndShort(long exponent, boolean taken) throws Exception {
        byte[] blob = rsa(BigInteger.valueOf(exponent), modulus(3072));
        if (taken) {
            assertThat(SshPublicKey.decode(blob).type()).isEqualTo("ssh-rsa");
        } else {
            refused(blob);
        }
    }

    @Test
    void anEvenOrNegativeRsaModulusIsRefused() {
        refused(rsa(BigInteger.valueOf(3), modulus(2048).subtract(BigInteger.ONE)));
        refused(rsa(BigInteger.valueOf(3), modulus(2048).negate()));
    }

    @Test
    void anRsaSignatureMayLackItsLeadingZerosButNotBeTooLong() throws Exception {
        SshPublicKey key = TestKeys.RSA.publicKey();
        byte[] data = new byte[2];
        byte[] whole;
        int round = 0;
        do {
            data[0] = (byte) round;
            data[1] = (byte) (round++ >> 8);
            whole = octets(TestKeys.RSA.sign("rsa-sha2-256", data));
        } while (whole[0] != 0);
        byte[] shortened = Arrays.copyOfRange(whole, 1, whole.length);
        assertThat(key.verifyOctets("rsa-sha2-256", data, whole)).isTrue();
        assertThat(key.verifyOctets("rsa-sha2-256", data, shortened)).isTrue();
        byte[] longer = new byte[whole.length + 1];
        System.arraycopy(whole, 0, longer, 1, whole.length);
        assertThat(key.verifyOctets("rsa-sha2-256", data, longer)).isFalse();
        assertThat(key.verifyOctets("rsa-sha2-256", data, new byte[0])).isFalse();
    }

    @Test
    void typesThatWeDoNotTakeAreRefused() {
        for (String type : List.of("ssh-dss", "ssh-ed448", "", "ssh-ed25519-cert-v01@openssh.com", "ecdsa-sha2-")) {
            refused(new SshWriter().writeString(type).writeString(new byte[32]).toByteArray());
        }
    }

    @Test
    void aBlobHasALimit() {
        refused(new byte[SshPublicKey.MAX_BLOB_OCTETS + 1]);
    }

    @ParameterizedTest
    @CsvSource({
        "ed25519-ctr.pub, SHA256:vpgNIvRzq7dKYfZDZyJLIiM35LBQ8XYrPPtTbqi4DiY",
        "ecdsa384-gcm.pub, SHA256:cCiFlo9i2gsugySUBE6vntaI1IidnpiHOPnbv9keHc8",
        "ecdsa521-cbc.pub, SHA256:X5HTdhgsKvDGe4f6aRg3IpFgvndeCwq73WgwlWZcS4s",
        "rsa-plain.pub, SHA256:zqufkdcKvNe1QQPgPj9OirVN7Dk4K4v9HlmKxCZzj40"
    })
    void fingerprintsAreThoseOfSshKeygen(String file, String fingerprint) throws Exception {
        byte[] blob =
                Base64.getDecoder().decode(TestKeys.file(file).split(" ")[1].strip());
        SshPublicKey key = SshPublicKey.decode(blob);
        assertThat(key.fingerprint()).isEqualTo(fingerprint);
        assertThat(key.blob()).isEqualTo(blob);
        assertThat(key).hasToString(key.type() + " " + fingerprint);
    }

    @Property(tries = 300)
    void aMutatedBlobIsAnotherKeyOrRefusedAndNothingElse(
            @ForAll @IntRange(max = 4) int which, @ForAll @IntRange(max = 10_000) int where, @ForAll byte mask)
            throws Exception {
        SshKeyPair pair = TestKeys.ALL.get(which);
        byte[] blob = pair.publicKey().blob();
        blob[where % blob.length] ^= mask;
        byte[] signature = pair.sign(pair.publicKey().signatureAlgorithms().get(0), DATA);
        try {
            SshPublicKey key = SshPublicKey.decode(blob);
            assertThat(key.verify(key.signatureAlgorithms().get(0), DATA, signature))
                    .isEqualTo(key.equals(pair.publicKey()));
        } catch (SshProtocolException e) {
            assertThat(mask).isNotZero();
        }
    }

    @Property(tries = 300)
    void aMutatedSignatureIsWrongOrRefusedAndNothingElse(
            @ForAll @IntRange(max = 4) int which, @ForAll @IntRange(max = 10_000) int where, @ForAll byte mask) {
        SshKeyPair pair = TestKeys.ALL.get(which);
        String algorithm = pair.publicKey().signatureAlgorithms().get(0);
        byte[] signature = pair.sign(algorithm, DATA);
        signature[where % signature.length] ^= mask;
        try {
            assertThat(pair.publicKey().verify(algorithm, DATA, signature)).isEqualTo(mask == 0);
        } catch (SshProtocolException e) {
            assertThat(mask).isNotZero();
        }
    }
}
