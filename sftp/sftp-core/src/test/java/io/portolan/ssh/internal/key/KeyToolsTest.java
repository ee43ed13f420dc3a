package io.portolan.ssh.internal.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.testing.Peer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that the tools of this machine make now, as other versions of them may do otherwise than those that made the files of {@link PrivateKeyFileTest}. */
final class KeyToolsTest {

    private static final String PASSPHRASE = "päss wörd";

    @TempDir
    Path temporary;

    private Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectory(temporary.resolve("keys"));
    }

    private void isTheKeyOf(String publicFile, String name, boolean encrypted) throws IOException {
        String line = Files.readString(folder.resolve(publicFile), StandardCharsets.UTF_8);
        SshKeyPair pair = PrivateKeyFile.load(folder.resolve(name), encrypted ? PASSPHRASE.toCharArray() : null);
        assertThat(Base64.getEncoder().encodeToString(pair.publicKey().blob())).isEqualTo(line.split(" ", 3)[1]);
    }

    @ParameterizedTest
    @CsvSource({
        "rsa, 2048, PEM, true",
        "rsa, 3072, PEM, false",
        "ecdsa, 256, PEM, true",
        "ecdsa, 521, PEM, false",
        "rsa, 2048, PKCS8, true",
        "ecdsa, 384, PKCS8, true",
        "ecdsa, 256, PKCS8, false"
    })
    void keysThatSshKeygenWritesForOthersAreRead(String type, String bits, String format, boolean encrypted)
            throws Exception {
        Peer keygen = Peer.find("ssh-keygen", folder);
        String passphrase = encrypted ? PASSPHRASE : "";
        keygen.run("-q", "-t", type, "-b", bits, "-m", format, "-N", passphrase, "-f", "key")
                .succeeded();
        assertThat(Files.readString(folder.resolve("key"))).doesNotContain("OPENSSH");
        isTheKeyOf("key.pub", "key", encrypted);
    }

    @ParameterizedTest
    @CsvSource({"ed25519, 256, 2", "ed25519, 256, 3", "ecdsa, 384, 2", "ecdsa, 521, 3", "rsa, 2048, 2", "rsa, 2048, 3"})
    void keysOfPuttygenAreRead(String type, String bits, String version) throws Exception {
        Peer keygen = Peer.find("ssh-keygen", folder);
        Peer puttygen = Peer.find("puttygen", folder);
        keygen.run("-q", "-t", type, "-b", bits, "-N", "", "-f", "key").succeeded();
        Files.writeString(folder.resolve("passphrase"), PASSPHRASE, StandardCharsets.UTF_8);
        Files.writeString(folder.resolve("none"), "");
        for (String passphrase : new String[] {"none", "passphrase"}) {
            puttygen.run(
                            "key",
                            "-O",
                            "private",
                            "--ppk-param",
                            "version=" + version,
                            "-o",
                            "key.ppk",
                            "--new-passphrase",
                            passphrase)
                    .succeeded();
            isTheKeyOf("key.pub", "key.ppk", passphrase.equals("passphrase"));
        }
    }

    @Test
    void keysOfOpensslAreRead() throws Exception {
        Peer openssl = Peer.find("openssl", folder);
        openssl.run("genpkey", "-algorithm", "ed25519", "-out", "plain").succeeded();
        SshPublicKey plain = PrivateKeyFile.load(folder.resolve("plain"), null).publicKey();
        openssl.run("pkcs8", "-topk8", "-scrypt", "-in", "plain", "-passout", "pass:" + PASSPHRASE, "-out", "encrypted")
                .succeeded();
        assertThat(PrivateKeyFile.load(folder.resolve("encrypted"), PASSPHRASE.toCharArray())
                        .publicKey())
                .isEqualTo(plain);
    }
}
