package io.portolan.ssh.internal.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portolan.ssh.internal.key.KeyFileException.Problem;
import io.portolan.ssh.internal.wire.SshReader;
import io.portolan.ssh.internal.wire.SshWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OpenSshKeyFileTest {

    private static final String BEGIN = "-----BEGIN OPENSSH PRIVATE KEY-----\n";
    private static final String END = "\n-----END OPENSSH PRIVATE KEY-----\n";
    private static final String PASSPHRASE = "correct horse";

    private static void refused(String text, Problem problem) {
        refused(text, PASSPHRASE, problem);
    }

    private static void refused(String text, String passphrase, Problem problem) {
        KeyFileException refusal = catchThrowableOfType(
                KeyFileException.class,
                () -> OpenSshKeyFile.read(text, passphrase == null ? null : passphrase.toCharArray()));
        assertThat(refusal).isNotNull();
        assertThat(refusal.problem()).as(refusal.getMessage()).isEqualTo(problem);
    }

    private static byte[] content(String text) {
        return Base64.getMimeDecoder().decode(text.replaceAll("-----[A-Z ]+-----", ""));
    }

    private static String text(byte[] content) {
        return BEGIN + Base64.getEncoder().encodeToString(content) + END;
    }

    private static byte[] blob(SshKeyPair pair) {
        return pair.publicKey().blob();
    }

    /** A file of the parts that vary. */
    private static String file(String cipher, String kdf, byte[] options, long count, byte[] open, byte[] section) {
        return text(new SshWriter()
                .writeBytes("openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII))
                .writeString(cipher)
                .writeString(kdf)
                .writeString(options)
                .writeUint32(count)
                .writeString(open)
                .writeString(section)
                .toByteArray());
    }

    private static String plainFile(byte[] open, byte[] section) {
        return file("none", "none", new byte[0], 1, open, section);
    }

    private static byte[] section(SshKeyPair pair, long first, long second, byte... padding) {
        SshWriter writer = new SshWriter().writeUint32(first).writeUint32(second);
        PrivateKeyFields.write(pair, writer);
        return writer.writeString("").writeBytes(padding).toByteArray();
    }

    private static byte[] bcrypt(String salt, long rounds) {
        return new SshWriter().writeString(salt).writeUint32(rounds).toByteArray();
    }

    @Test
    void whatIsWrittenIsRead() throws Exception {
        for (SshKeyPair pair : TestKeys.ALL) {
            String text = new OpenSshKeyFile(pair, "me at höme").write(TestKeys.RANDOM);
            assertThat(text.lines()).allMatch(line -> line.length() <= 70);
            OpenSshKeyFile read = OpenSshKeyFile.read(text, null);
            assertThat(read.keys().publicKey()).isEqualTo(pair.publicKey());
            assertThat(read.comment()).isEqualTo("me at höme");
            String algorithm = pair.publicKey().signatureAlgorithms().get(0);
            byte[] signature = read.keys().sign(algorithm, new byte[] {1});
            assertThat(pair.publicKey().verify(algorithm, new byte[] {1}, signature))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"ed25519-ctr, ed25519 comment", "ecdsa384-gcm, ecdsa comment", "ecdsa521-cbc, cbc", "rsa-plain, ''"})
    void filesOfSshKeygenAreRead(String name, String comment) throws Exception {
        String text = TestKeys.file(name);
        assertThat(OpenSshKeyFile.looksLikeOne(text)).isTrue();
        OpenSshKeyFile read = OpenSshKeyFile.read(text, PASSPHRASE.toCharArray());
        assertThat(read.comment()).isEqualTo(comment);
        assertThat(Base64.getEncoder().encodeToString(blob(read.keys())))
                .isEqualTo(TestKeys.file(name + ".pub").split(" ")[1].strip());
    }

    @Test
    void aFileWithTheLineEndsOfWindowsIsRead() throws Exception {
        String text = TestKeys.file("rsa-plain").replace("\n", "\r\n");
        assertThat(OpenSshKeyFile.read(text, null).keys().publicKey().type()).isEqualTo("ssh-rsa");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ed25519-ctr", "ecdsa384-gcm", "ecdsa521-cbc"})
    void withoutTheRightPassphraseThereIsNoKey(String name) {
        String text = TestKeys.file(name);
        refused(text, "wrong horse", Problem.PASSPHRASE_WRONG);
        refused(text, "", Problem.PASSPHRASE_NEEDED);
        refused(text, null, Problem.PASSPHRASE_NEEDED);
    }

    @Test
    void roundsAreLimitedBeforeAnyIsComputed() {
        byte[] open = blob(TestKeys.ED25519);
        byte[] blocks = new byte[64];
        for (long rounds : new long[] {OpenSshKeyFile.MAX_ROUNDS + 1, Integer.MAX_VALUE, 0xffff_ffffL}) {
            refused(
                    file("aes256-ctr", "bcrypt", bcrypt("0123456789abcdef", rounds), 1, open, blocks),
                    Problem.UNSUPPORTED);
        }
        refused(file("aes256-ctr", "bcrypt", bcrypt("0123456789abcdef", 0), 1, open, blocks), Problem.MALFORMED);
        refused(file("aes256-ctr", "bcrypt", bcrypt("", 1), 1, open, blocks), Problem.MALFORMED);
        refused(file("aes256-ctr", "bcrypt", bcrypt("s".repeat(65), 1), 1, open, blocks), Problem.MALFORMED);
    }

    @Test
    void otherCiphersDigestsAndCountsAreNotSupported() {
        byte[] open = blob(TestKeys.ED25519);
        byte[] options = bcrypt("0123456789abcdef", 1);
        refused(file("3des-cbc", "bcrypt", options, 1, open, new byte[64]), Problem.UNSUPPORTED);
        refused(file("aes256-ctr", "argon2", options, 1, open, new byte[64]), Problem.UNSUPPORTED);
        refused(file("none", "bcrypt", options, 1, open, new byte[64]), Problem.MALFORMED);
        refused(file("aes256-cbc", "bcrypt", options, 1, open, new byte[63]), Problem.MALFORMED);
        refused(file("none", "none", new byte[0], 0, open, new byte[64]), Problem.UNSUPPORTED);
        refused(file("none", "none", new byte[0], 0xffff_ffffL, open, new byte[64]), Problem.UNSUPPORTED);
    }

    @Test
    void checksPaddingAndTheOuterPublicKeyHaveToBeRight() throws Exception {
        byte[] open = blob(TestKeys.ED25519);
        byte[] good = section(TestKeys.ED25519, 7, 7, (byte) 1, (byte) 2);
        assertThat(OpenSshKeyFile.read(plainFile(open, good), null).comment()).isEmpty();
        refused(plainFile(open, section(TestKeys.ED25519, 7, 8)), Problem.MALFORMED);
        refused(plainFile(open, section(TestKeys.ED25519, 7, 7, (byte) 1, (byte) 3)), Problem.MALFORMED);
        refused(plainFile(open, section(TestKeys.ED25519, 7, 7, (byte) 0)), Problem.MALFORMED);
        refused(plainFile(blob(TestKeys.P256), good), Problem.MALFORMED);
        refused(plainFile(open, new byte[0]), Problem.MALFORMED);
    }

    @Test
    void aPrivateKeyOfAnotherPublicKeyIsRefused() {
        for (NistCurve curve : NistCurve.values()) {
            SshKeyPair first = SshKeyPair.generateEcdsa(curve, TestKeys.RANDOM);
            SshKeyPair second = SshKeyPair.generateEcdsa(curve, TestKeys.RANDOM);
            SshKeyPair mixed = new SshKeyPair(first.publicKey(), second.privateKey());
            refused(plainFile(blob(mixed), section(mixed, 1, 1)), Problem.MALFORMED);
        }
        SshKeyPair mixed =
                new SshKeyPair(SshKeyPair.generateEd25519(TestKeys.RANDOM).publicKey(), TestKeys.ED25519.privateKey());
        refused(plainFile(blob(mixed), section(mixed, 1, 1)), Problem.MALFORMED);
    }

    @Test
    void anRsaKeyWhosePrimesAreNotThoseOfItsModulusIsRefused() throws Exception {
        byte[] good = section(TestKeys.RSA, 1, 1);
        assertThat(OpenSshKeyFile.read(plainFile(blob(TestKeys.RSA), good), null))
                .isNotNull();
        SshReader reader = new SshReader(good);
        reader.readUint32();
        reader.readUint32();
        reader.readName();
        SshWriter swapped = new SshWriter().writeUint32(1).writeUint32(1).writeString("ssh-rsa");
        for (int i = 0; i < 5; i++) {
            swapped.writeMpint(reader.readMpint());
        }
        byte[] tooSmall = swapped.writeUint32(0).writeString("").toByteArray();
        refused(plainFile(blob(TestKeys.RSA), tooSmall), Problem.MALFORMED);
    }

    @Test
    void whatIsNoKeyFileIsRefused() {
        for (String text : new String[] {
            "",
            "hello",
            BEGIN,
            BEGIN + END,
            BEGIN + "!!!!" + END,
            BEGIN + "AAAA" + END,
            "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----",
            BEGIN.strip(),
            text("openssh-key-v2\0".getBytes(StandardCharsets.US_ASCII)),
            BEGIN + "A".repeat(OpenSshKeyFile.MAX_FILE_OCTETS) + END
        }) {
            refused(text, Problem.MALFORMED);
        }
    }

    @Test
    void eachTruncationIsRefused() {
        byte[] content = content(new OpenSshKeyFile(TestKeys.ED25519, "").write(TestKeys.RANDOM));
        for (int i = 0; i < content.length; i++) {
            refused(text(Arrays.copyOf(content, i)), Problem.MALFORMED);
        }
        refused(text(Arrays.copyOf(content, content.length + 1)), Problem.MALFORMED);
    }

    @Property(tries = 200)
    void aMutatedFileIsReadOrRefusedAndNothingElse(
            @ForAll @IntRange(max = 3) int which, @ForAll @IntRange(max = 10_000) int where, @ForAll byte mask) {
        String name = new String[] {"ed25519-ctr", "ecdsa384-gcm", "ecdsa521-cbc", "rsa-plain"}[which];
        byte[] content = content(TestKeys.file(name));
        content[where % content.length] ^= mask;
        try {
            assertThat(OpenSshKeyFile.read(text(content), PASSPHRASE.toCharArray()))
                    .isNotNull();
        } catch (KeyFileException e) {
            assertThat(mask).isNotZero();
        }
    }

    @Test
    void nothingSecretIsPrinted() throws Exception {
        OpenSshKeyFile file = OpenSshKeyFile.read(TestKeys.file("rsa-plain"), null);
        assertThat(file.toString()).contains("SHA256:").hasSizeLessThan(150);
    }
}
