package io.portolan.ssh.internal.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portolan.ssh.internal.key.KeyFileException.Problem;
import io.portolan.testing.Peer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PublicKeyFileTest {

    private static final SshPublicKey KEY = TestKeys.ED25519.publicKey();
    private static final String BASE64 = Base64.getEncoder().encodeToString(KEY.blob());

    private static KeyLine read(String text) throws KeyFileException {
        return PublicKeyFile.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void refused(String text, Problem problem) {
        KeyFileException refusal = catchThrowableOfType(KeyFileException.class, () -> read(text));
        assertThat(refusal).as(text).isNotNull();
        assertThat(refusal.problem()).as(refusal.getMessage()).isEqualTo(problem);
    }

    private static String rfc4716(String headers) {
        return "---- BEGIN SSH2 PUBLIC KEY ----\n" + headers + BASE64.substring(0, 50) + "\n" + BASE64.substring(50)
                + "\n---- END SSH2 PUBLIC KEY ----\n";
    }

    @Test
    void linesOfEachTypeAreReadAndWritten() throws Exception {
        for (SshKeyPair pair : TestKeys.ALL) {
            SshPublicKey key = pair.publicKey();
            String line = key.type() + " " + Base64.getEncoder().encodeToString(key.blob());
            assertThat(read(line).key()).isEqualTo(key);
            assertThat(read(line).comment()).isEmpty();
            assertThat(read(line)).hasToString(line);
            KeyLine commented = read("# mine\n\n  " + line + "\t me at  höme \r\n");
            assertThat(commented.key()).isEqualTo(key);
            assertThat(commented.comment()).isEqualTo("me at  höme");
        }
    }

    @Test
    void theFormatOfTheRfcIsRead() throws Exception {
        KeyLine plain = read(rfc4716(""));
        assertThat(plain.key()).isEqualTo(KEY);
        assertThat(plain.type()).isEqualTo("ssh-ed25519");
        assertThat(plain.comment()).isEmpty();
        KeyLine long_ = read(rfc4716("Subject: me\nCOMMENT: \"one of mine, \\\nand a good one\"\nx-private: a:b\n"));
        assertThat(long_.key()).isEqualTo(KEY);
        assertThat(long_.comment()).isEqualTo("one of mine, and a good one");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# nothing",
                "ssh-ed25519",
                "ssh-ed25519 !!!!",
                "ssh-ed25519 AAAA",
                "---- BEGIN SSH2 PUBLIC KEY ----\n",
                "---- BEGIN SSH2 PUBLIC KEY ----\nComment: \\",
                "---- BEGIN SSH2 PUBLIC KEY ----\n---- END SSH2 PUBLIC KEY ----"
            })
    void whatIsNoneIsRefused(String text) {
        refused(text, Problem.MALFORMED);
    }

    @Test
    void whatIsAnotherThanItSaysIsRefused() {
        refused("ssh-rsa " + BASE64, Problem.MALFORMED);
        refused("ssh-ed25519 " + BASE64 + "\nssh-ed25519 " + BASE64, Problem.UNSUPPORTED);
        refused(TestKeys.file("files/other-pkcs8"), Problem.UNSUPPORTED);
        refused(TestKeys.file("files/ed25519-ppk3"), Problem.UNSUPPORTED);
        refused("ssh-ed25519 " + BASE64 + " " + "x".repeat(PublicKeyFile.MAX_FILE_OCTETS), Problem.MALFORMED);
        refused("ssh-ed25519 " + BASE64 + " " + "x".repeat(KeyLine.MAX_CHARACTERS), Problem.MALFORMED);
        refused(rfc4716("Comment: " + "x\\\n".repeat(2_000) + "\n"), Problem.MALFORMED);
    }

    @Property(tries = 500)
    void nothingIsThrownButItsOwnException(
            @ForAll boolean line, @ForAll @IntRange(max = 200) int place, @ForAll @IntRange(max = 127) int octet) {
        byte[] text = (line ? "ssh-ed25519 " + BASE64 + " comment" : rfc4716("Comment: x\n"))
                .getBytes(StandardCharsets.US_ASCII);
        text[place % text.length] = (byte) octet;
        try {
            assertThat(PublicKeyFile.read(text).key()).isNotNull();
        } catch (KeyFileException e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
    }

    @Test
    void whatSshKeygenExportsIsRead(@TempDir Path temporary) throws Exception {
        Path folder = Files.createDirectory(temporary.resolve("keys"));
        Peer keygen = Peer.find("ssh-keygen", folder);
        keygen.run("-q", "-t", "rsa", "-b", "2048", "-N", "", "-C", "one, two", "-f", "key")
                .succeeded();
        KeyLine line = PublicKeyFile.load(folder.resolve("key.pub"));
        String exported =
                keygen.run("-e", "-m", "RFC4716", "-f", "key.pub").succeeded().output();
        assertThat(exported).startsWith("---- BEGIN SSH2");
        assertThat(read(exported).key()).isEqualTo(line.key());
        assertThat(read(exported).comment()).contains("2048-bit RSA");
    }
}
