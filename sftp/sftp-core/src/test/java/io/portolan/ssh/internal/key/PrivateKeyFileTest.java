package io.portolan.ssh.internal.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portolan.ssh.internal.key.KeyFileException.Problem;
import io.portolan.ssh.internal.wire.SshWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that ssh-keygen, openssl and puttygen made; up to the first hyphen of its name is the name of the public key beside it. */
final class PrivateKeyFileTest {

    private static final String PASSPHRASE = "correct horse";
    private static final int MUTATIONS = 300;

    /** Those whose damage is found quickly, so that many can be tried. */
    private static final List<String> PLAIN = List.of(
            "rsa-pkcs1",
            "ecdsa256-sec1",
            "ecdsa384-sec1-parameters",
            "other-pkcs8",
            "rsa-pkcs8",
            "ecdsa256-pkcs8",
            "ed25519-ppk2",
            "ecdsa384-ppk3",
            "rsa-ppk3");

    private static final List<String> QUICKLY_DECRYPTED = List.of(
            "rsa-pkcs1-aes128",
            "ecdsa384-sec1-aes192",
            "ecdsa521-pkcs8-pbkdf2",
            "other-pkcs8-sha1",
            "ed25519-ppk2-aes");

    static byte[] octets(String name) {
        return TestKeys.octets("files/" + name);
    }

    private static SshKeyPair read(byte[] octets, String passphrase) throws KeyFileException {
        return PrivateKeyFile.read(octets, passphrase == null ? null : passphrase.toCharArray());
    }

    private static KeyFileException refused(byte[] octets, String passphrase, Problem problem) {
        KeyFileException refusal = catchThrowableOfType(KeyFileException.class, () -> read(octets, passphrase));
        assertThat(refusal).isNotNull();
        assertThat(refusal.problem()).as(refusal.getMessage()).isEqualTo(problem);
        return refusal;
    }

    private static byte[] expected(String name) {
        String line = new String(octets(name.split("-", 2)[0] + ".pub"), StandardCharsets.UTF_8);
        return Base64.getDecoder().decode(line.split(" ", 3)[1]);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rsa-pkcs1",
                "ecdsa256-sec1",
                "ecdsa521-sec1",
                "ecdsa384-sec1-parameters",
                "rsa-pkcs8",
                "ecdsa256-pkcs8",
                "other-pkcs8",
                "ed25519-ppk2",
                "ed25519-ppk3",
                "ecdsa384-ppk2",
                "ecdsa384-ppk3",
                "rsa-ppk2",
                "rsa-ppk3"
            })
    void keysWithoutPassphraseAreRead(String name) throws Exception {
        assertThat(read(octets(name), null).publicKey().blob()).isEqualTo(expected(name));
        // one that is not needed does no harm
        assertThat(read(octets(name), PASSPHRASE).publicKey().blob()).isEqualTo(expected(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rsa-pkcs1-aes128",
                "rsa-pkcs1-aes256",
                "ecdsa384-sec1-aes192",
                "ecdsa521-pkcs8-pbkdf2",
                "rsa-pkcs8-sha512",
                "other-pkcs8-sha1",
                "other-pkcs8-scrypt",
                "ed25519-ppk2-aes",
                "ed25519-ppk3-aes",
                "ed25519-ppk3-argon2i",
                "ecdsa384-ppk2-aes",
                "ecdsa384-ppk3-aes",
                "rsa-ppk2-aes",
                "rsa-ppk3-aes"
            })
    void keysWithPassphraseAreReadWithItOnly(String name) throws Exception {
        byte[] octets = octets(name);
        assertThat(read(octets, PASSPHRASE).publicKey().blob()).isEqualTo(expected(name));
        refused(octets, "another", Problem.PASSPHRASE_WRONG);
        assertThat(refused(octets, null, Problem.PASSPHRASE_NEEDED)).hasMessageContaining("a passphrase is needed");
        refused(octets, "", Problem.PASSPHRASE_NEEDED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa-pkcs1-aes128", "other-pkcs8-sha1"})
    void noWrongPassphraseIsTakenForADamagedFile(String name) {
        for (int i = 0; i < 600; i++) {
            // one of 256 leaves something that looks like padding
            refused(octets(name), "wrong " + i, Problem.PASSPHRASE_WRONG);
        }
    }

    @Test
    void keysOfOpenSshsOwnFormatAreReadToo() throws Exception {
        byte[] octets = TestKeys.octets("ed25519-ctr");
        refused(octets, null, Problem.PASSPHRASE_NEEDED);
        String text = new OpenSshKeyFile(TestKeys.P384, "").write(TestKeys.RANDOM);
        assertThat(read(text.getBytes(StandardCharsets.US_ASCII), null).publicKey())
                .isEqualTo(TestKeys.P384.publicKey());
    }

    @Test
    void linesMayEndAsWindowsHasThem() throws Exception {
        for (String name : PLAIN) {
            String text = new String(octets(name), StandardCharsets.ISO_8859_1);
            byte[] octets = ("\r\n" + text.replace("\n", "\r\n")).getBytes(StandardCharsets.ISO_8859_1);
            assertThat(read(octets, null).publicKey().blob()).as(name).isEqualTo(expected(name));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "unsupported-pkcs1-des3 | ssh-keygen -p",
                "unsupported-pkcs8-des3 | ssh-keygen -p",
                "unsupported-pkcs8-pbes1 | ssh-keygen -p",
                "unsupported-ed448-pkcs8 | Ed25519, ECDSA",
                "unsupported-secp256k1 | P-256",
                "unsupported-ppk3-memory | puttygen --ppk-param",
                "public-pem | PUBLIC KEY",
                "rsa.pub | without .pub"
            })
    void whatWeDoNotTakeIsRefusedWithAdvice(String name, String advice) {
        assertThat(refused(octets(name), PASSPHRASE, Problem.UNSUPPORTED)).hasMessageContaining(advice);
    }

    @Test
    void anRsaKeyOfTooFewBitsIsRefusedWithTheReason() {
        assertThat(refused(octets("weak-rsa1024"), null, Problem.MALFORMED)).hasMessageContaining("1024 bits");
    }

    @Test
    void whatIsNoKeyFileIsRefusedWithoutShowingIt() {
        refused(new byte[0], null, Problem.MALFORMED);
        assertThat(refused("hunter2\n".getBytes(StandardCharsets.US_ASCII), null, Problem.MALFORMED))
                .hasMessageNotContaining("hunter2");
        refused(new byte[PrivateKeyFile.MAX_FILE_OCTETS + 1], null, Problem.MALFORMED);
    }

    @Test
    void thePassphraseIsZeroedWhateverHappens(@TempDir Path folder) throws Exception {
        char[] passphrase = PASSPHRASE.toCharArray();
        PrivateKeyFile.read(octets("ed25519-ppk3-aes"), passphrase);
        assertThat(passphrase).containsOnly('\0');
        char[] second = PASSPHRASE.toCharArray();
        assertThatExceptionOfType(KeyFileException.class).isThrownBy(() -> PrivateKeyFile.read(new byte[0], second));
        assertThat(second).containsOnly('\0');
        char[] third = PASSPHRASE.toCharArray();
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> PrivateKeyFile.load(folder.resolve("none"), third));
        assertThat(third).containsOnly('\0');
    }

    @Test
    void aHostKeyMayBeOfAnyFormatWithoutPassphrase(@TempDir Path folder) throws Exception {
        for (String name : PLAIN) {
            assertThat(hostKey(folder, name).publicKey().blob()).isEqualTo(expected(name));
        }
        KeyFileException refusal =
                catchThrowableOfType(KeyFileException.class, () -> hostKey(folder, "rsa-pkcs1-aes256"));
        assertThat(refusal.problem()).isEqualTo(Problem.PASSPHRASE_NEEDED);
        assertThat(refusal).hasMessageContaining("rsa-pkcs1-aes256").hasMessageContaining("ssh-keygen -p");
    }

    private static SshKeyPair hostKey(Path folder, String name) throws IOException {
        Path file = folder.resolve(name);
        Files.write(file, octets(name));
        TestKeys.onlyForItsOwner(file);
        return HostKeyFile.load(file);
    }

    /** PuTTY writes the seed as a number with the lowest octet first, and leaves zeros at its end out. */
    @Test
    void aPuttyKeyWhoseSeedEndsWithAZeroIsRead() throws Exception {
        byte[] seed = new byte[32];
        Arrays.fill(seed, 0, 31, (byte) 7);
        byte[] open = PrivateKeys.ed25519(seed).publicKey().blob();
        byte[] secret = new SshWriter().writeString(Arrays.copyOf(seed, 31)).toByteArray();
        byte[] signed = new SshWriter()
                .writeString("ssh-ed25519")
                .writeString("none")
                .writeString("")
                .writeString(open)
                .writeString(secret)
                .toByteArray();
        String text = String.join(
                "\n",
                "PuTTY-User-Key-File-3: ssh-ed25519",
                "Encryption: none",
                "Comment: ",
                "Public-Lines: 1",
                Base64.getEncoder().encodeToString(open),
                "Private-Lines: 1",
                Base64.getEncoder().encodeToString(secret),
                "Private-MAC: " + HexFormat.of().formatHex(PpkEncryption.none(3).mac(signed)));
        assertThat(read(text.getBytes(StandardCharsets.US_ASCII), null)
                        .publicKey()
                        .blob())
                .isEqualTo(open);
    }

    @Test
    void aPuttyKeyWhoseCommentWasChangedIsRefused() {
        String text = new String(octets("ed25519-ppk3"), StandardCharsets.ISO_8859_1);
        byte[] changed = text.replace("a comment", "a Comment").getBytes(StandardCharsets.ISO_8859_1);
        assertThat(refused(changed, null, Problem.MALFORMED)).hasMessageContaining("changed");
    }

    @ParameterizedTest
    @CsvSource({
        "Argon2-Memory: 1024, Argon2-Memory: 65537, UNSUPPORTED",
        "Argon2-Memory: 1024, Argon2-Memory: 7, MALFORMED",
        "Argon2-Memory: 1024, Argon2-Memory: 4294967296000, MALFORMED",
        "Argon2-Passes: 3, Argon2-Passes: 4097, UNSUPPORTED",
        "Argon2-Passes: 3, Argon2-Passes: 0, MALFORMED",
        "Argon2-Passes: 3, Argon2-Passes: 9999999999, UNSUPPORTED",
        "Argon2-Parallelism: 1, Argon2-Parallelism: 17, UNSUPPORTED",
        "Argon2-Parallelism: 1, Argon2-Parallelism: 0, MALFORMED",
        "Argon2id, Argon2x, UNSUPPORTED",
        "aes256-cbc, aes128-cbc, UNSUPPORTED",
        "PuTTY-User-Key-File-3, PuTTY-User-Key-File-1, UNSUPPORTED",
        "Private-Lines: 1, Private-Lines: 1025, MALFORMED",
        "Private-Lines: 1, Private-Lines: 2, MALFORMED"
    })
    void whatAPuttyKeyMayAskForIsBounded(String part, String instead, Problem problem) {
        String text = new String(octets("ed25519-ppk3-aes"), StandardCharsets.ISO_8859_1);
        assertThat(text).contains(part);
        refused(text.replace(part, instead).getBytes(StandardCharsets.ISO_8859_1), PASSPHRASE, problem);
    }

    private static byte[] pem(String label, byte[] der) {
        return ("-----BEGIN " + label + "-----\n" + Base64.getEncoder().encodeToString(der) + "\n-----END " + label
                        + "-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] der(String name) {
        String text = new String(octets(name), StandardCharsets.US_ASCII);
        return Base64.getMimeDecoder().decode(text.replaceAll("-----[A-Z0-9 ]+-----", ""));
    }

    /** The file with one run of octets replaced by another of the same length. */
    private static byte[] patched(String name, String hex, String instead) {
        HexFormat format = HexFormat.of();
        String all = format.formatHex(der(name));
        assertThat(all).containsOnlyOnce(hex);
        return pem("ENCRYPTED PRIVATE KEY", format.parseHex(all.replace(hex, instead)));
    }

    @Test
    void whatPkcs8MayAskForIsBounded() {
        // N 16384, r 8, p 1
        String usual = "02024000020108020101";
        refused(patched("other-pkcs8-scrypt", usual, "02024000020140020101"), PASSPHRASE, Problem.UNSUPPORTED);
        refused(patched("other-pkcs8-scrypt", usual, "02024000020108020111"), PASSPHRASE, Problem.UNSUPPORTED);
        refused(patched("other-pkcs8-scrypt", usual, "02024000020108020100"), PASSPHRASE, Problem.MALFORMED);
        refused(patched("other-pkcs8-scrypt", usual, "02024000020188020101"), PASSPHRASE, Problem.MALFORMED);
        refused(patched("other-pkcs8-scrypt", usual, "02024001020108020101"), PASSPHRASE, Problem.MALFORMED);
        // 2048 iterations, which are 0; and by another digest
        refused(patched("other-pkcs8-sha1", "02020800", "02020000"), PASSPHRASE, Problem.MALFORMED);
        refused(
                patched("rsa-pkcs8-sha512", "06082a864886f70d020b", "06082a864886f70d0205"),
                PASSPHRASE,
                Problem.UNSUPPORTED);
    }

    @Test
    void tooManyIterationsAreRefusedBeforeTheyAreMade() throws Exception {
        byte[] der = der("other-pkcs8-sha1");
        EncryptedPrivateKeyInfo info = EncryptedPrivateKeyInfo.getInstance(der);
        PBES2Parameters old =
                PBES2Parameters.getInstance(info.getEncryptionAlgorithm().getParameters());
        KeyDerivationFunc dear = new KeyDerivationFunc(
                PKCSObjectIdentifiers.id_PBKDF2,
                new PBKDF2Params(new byte[8], Pkcs8Encryption.MAX_PBKDF2_ITERATIONS + 1));
        byte[] changed = new EncryptedPrivateKeyInfo(
                        new AlgorithmIdentifier(
                                info.getEncryptionAlgorithm().getAlgorithm(),
                                new PBES2Parameters(dear, old.getEncryptionScheme())),
                        info.getEncryptedData())
                .getEncoded();
        refused(pem("ENCRYPTED PRIVATE KEY", changed), PASSPHRASE, Problem.UNSUPPORTED);
    }

    @Test
    void theTwoHalvesOfAnEcdsaKeyHaveToBelongTogether() throws Exception {
        byte[] der = der("ecdsa256-sec1");
        // the last octet is the end of the public point
        der[der.length - 1] ^= 1;
        refused(pem("EC PRIVATE KEY", der), null, Problem.MALFORMED);
        // the secret begins behind SEQUENCE, INTEGER 1 and the OCTET STRING's head
        byte[] other = der("ecdsa256-sec1");
        other[20] ^= 1;
        refused(pem("EC PRIVATE KEY", other), null, Problem.MALFORMED);
    }

    @Test
    void structuresInStructuresWithoutEndAreRefused() {
        byte[] deep = new byte[40_000];
        for (int i = 0; i < deep.length; i += 2) {
            deep[i] = 0x30;
            deep[i + 1] = (byte) 0x80;
        }
        for (String label : List.of("RSA PRIVATE KEY", "EC PRIVATE KEY", "PRIVATE KEY", "ENCRYPTED PRIVATE KEY")) {
            refused(pem(label, deep), PASSPHRASE, Problem.MALFORMED);
        }
    }

    @Test
    void theKeysOfTheJdkAreRead() throws Exception {
        for (SshKeyPair pair : TestKeys.ALL) {
            byte[] der =
                    PrivateKeyInfo.getInstance(pair.privateKey().getEncoded()).getEncoded();
            assertThat(read(pem("PRIVATE KEY", der), null).publicKey()).isEqualTo(pair.publicKey());
        }
    }

    private static void nothingButItsOwnException(byte[] octets) {
        try {
            read(octets, PASSPHRASE);
        } catch (KeyFileException e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
    }

    @Test
    void aFileThatIsCutOffAnywhereIsRefused() {
        for (String name : List.of("ecdsa256-sec1", "other-pkcs8", "ed25519-ppk2", "ed25519-ppk2-aes")) {
            byte[] octets = octets(name);
            // all but the line's end
            for (int length = 0; length < octets.length - 1; length++) {
                byte[] cut = Arrays.copyOf(octets, length);
                KeyFileException refusal = catchThrowableOfType(KeyFileException.class, () -> read(cut, PASSPHRASE));
                assertThat(refusal).as(name + " of " + length).isNotNull();
            }
        }
    }

    @Provide
    Arbitrary<String> plain() {
        return Arbitraries.of(PLAIN);
    }

    @Provide
    Arbitrary<String> encrypted() {
        return Arbitraries.of(QUICKLY_DECRYPTED);
    }

    private static byte[] mutated(byte[] octets, List<Integer> places, List<Integer> values) {
        byte[] changed = octets.clone();
        for (int i = 0; i < places.size(); i++) {
            changed[places.get(i) % changed.length] =
                    values.get(i % values.size()).byteValue();
        }
        return changed;
    }

    @Property(tries = MUTATIONS)
    void textsWithOtherCharactersGiveNothingButARefusal(
            @ForAll @From("plain") String name,
            @ForAll @Size(min = 1, max = 4) List<@IntRange(max = 10_000) Integer> places,
            @ForAll @Size(min = 1, max = 4) List<@IntRange(max = 127) Integer> values) {
        nothingButItsOwnException(mutated(octets(name), places, values));
    }

    @Property(tries = MUTATIONS)
    void structuresWithOtherOctetsGiveNothingButARefusal(
            @ForAll @From("plain") String name,
            @ForAll @Size(min = 1, max = 4) List<@IntRange(max = 10_000) Integer> places,
            @ForAll @Size(min = 1, max = 4) List<@IntRange(max = 255) Integer> values) {
        if (name.contains("ppk") || name.contains("parameters")) {
            return;
        }
        String label =
                name.contains("pkcs1") ? "RSA PRIVATE KEY" : name.contains("sec1") ? "EC PRIVATE KEY" : "PRIVATE KEY";
        nothingButItsOwnException(pem(label, mutated(der(name), places, values)));
    }

    @Property(tries = MUTATIONS / 3)
    void encryptedTextsWithOtherCharactersGiveNothingButARefusal(
            @ForAll @From("encrypted") String name,
            @ForAll @Size(min = 1, max = 4) List<@IntRange(max = 10_000) Integer> places,
            @ForAll @Size(min = 1, max = 4) List<@IntRange(max = 127) Integer> values) {
        nothingButItsOwnException(mutated(octets(name), places, values));
    }
}
