package io.portolan.ssh.internal.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.ssh.internal.wire.SshReader;
import io.portolan.ssh.internal.wire.SshWriter;
import io.portolan.testing.Peer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files and signatures, both ways, with OpenSSH's own program. */
final class SshKeygenTest {

    private static final byte[] MESSAGE = "what is signed\n".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path temporary;

    private Path folder;
    private Peer keygen;

    @BeforeEach
    void find() throws IOException {
        folder = Files.createDirectory(temporary.resolve("keys"));
        keygen = Peer.find("ssh-keygen", folder);
    }

    private String read(String name) throws IOException {
        return Files.readString(folder.resolve(name), StandardCharsets.UTF_8);
    }

    private static String publicPart(SshKeyPair pair) {
        return pair.publicKey().type() + " "
                + Base64.getEncoder().encodeToString(pair.publicKey().blob());
    }

    @ParameterizedTest
    @CsvSource({"ed25519, 256", "ecdsa, 256", "ecdsa, 384", "ecdsa, 521", "rsa, 2048", "rsa, 3072"})
    void itsKeysAreReadAndItsSignaturesVerified(String type, String bits) throws Exception {
        keygen.run("-q", "-t", type, "-b", bits, "-N", "", "-C", "a comment", "-f", "key")
                .succeeded();
        OpenSshKeyFile file = OpenSshKeyFile.read(read("key"), null);
        assertThat(file.comment()).isEqualTo("a comment");
        assertThat(read("key.pub")).startsWith(publicPart(file.keys()) + " ");
        assertThat(keygen.run("-l", "-f", "key.pub").succeeded().output())
                .contains(file.keys().publicKey().fingerprint());

        Files.write(folder.resolve("message"), MESSAGE);
        keygen.run("-Y", "sign", "-f", "key", "-n", "file", "message").succeeded();
        SshReader signature =
                new SshReader(Base64.getMimeDecoder().decode(read("message.sig").replaceAll("-----[A-Z ]+-----", "")));
        signature.readBytes(6); // SSHSIG
        assertThat(signature.readUint32()).isEqualTo(1);
        SshPublicKey signer = SshPublicKey.decode(signature.readString());
        assertThat(signer).isEqualTo(file.keys().publicKey());
        byte[] signed = signed(signature.readUtf8(100), signature.readUtf8(100), signature.readUtf8(100));
        assertThat(signer.verify(signer.signatureAlgorithms().get(0), signed, signature.readString()))
                .isTrue();
    }

    /** What is signed in OpenSSH's PROTOCOL.sshsig, section 3. */
    private static byte[] signed(String namespace, String reserved, String hash) throws Exception {
        String digest = hash.equals("sha256") ? "SHA-256" : "SHA-512";
        return new SshWriter()
                .writeBytes("SSHSIG".getBytes(StandardCharsets.US_ASCII))
                .writeString(namespace)
                .writeString(reserved)
                .writeString(hash)
                .writeString(MessageDigest.getInstance(digest).digest(MESSAGE))
                .toByteArray();
    }

    @ParameterizedTest
    @CsvSource({
        "ed25519, aes256-ctr",
        "ed25519, aes128-ctr",
        "ecdsa, aes256-cbc",
        "ecdsa, aes192-cbc",
        "rsa, aes256-gcm@openssh.com",
        "ed25519, aes128-gcm@openssh.com"
    })
    void itsEncryptedKeysAreReadWithAnyPassphrase(String type, String cipher) throws Exception {
        String passphrase = "pässword with " + "length".repeat(20);
        keygen.run("-q", "-t", type, "-a", "1", "-Z", cipher, "-N", passphrase, "-C", "", "-f", "key")
                .succeeded();
        OpenSshKeyFile file = OpenSshKeyFile.read(read("key"), passphrase.toCharArray());
        assertThat(read("key.pub")).startsWith(publicPart(file.keys()));
    }

    @Test
    void itReadsOurFilesAndVerifiesOurSignatures() throws Exception {
        Files.write(folder.resolve("message"), MESSAGE);
        for (SshKeyPair pair : TestKeys.ALL) {
            Path file = folder.resolve("ours");
            Files.writeString(file, new OpenSshKeyFile(pair, "ours").write(TestKeys.RANDOM));
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            assertThat(keygen.run("-y", "-f", "ours").succeeded().output()).startsWith(publicPart(pair));

            String algorithm = pair.publicKey().signatureAlgorithms().get(0);
            byte[] signature = new SshWriter()
                    .writeBytes("SSHSIG".getBytes(StandardCharsets.US_ASCII))
                    .writeUint32(1)
                    .writeString(pair.publicKey().blob())
                    .writeString("file")
                    .writeString("")
                    .writeString("sha512")
                    .writeString(pair.sign(algorithm, signed("file", "", "sha512")))
                    .toByteArray();
            Files.writeString(
                    folder.resolve("message.sig"),
                    "-----BEGIN SSH SIGNATURE-----\n"
                            + Base64.getMimeEncoder(70, new byte[] {'\n'}).encodeToString(signature)
                            + "\n-----END SSH SIGNATURE-----\n");
            keygen.runWith(
                            new String(MESSAGE, StandardCharsets.US_ASCII),
                            "-Y",
                            "check-novalidate",
                            "-n",
                            "file",
                            "-s",
                            "message.sig")
                    .succeeded();
        }
    }

    @Test
    void itReadsOurHostKey() throws Exception {
        SshKeyPair host = HostKeyFile.loadOrGenerate(folder.resolve("host_key"), TestKeys.RANDOM);
        assertThat(keygen.run("-l", "-f", "host_key").succeeded().output())
                .contains(host.publicKey().fingerprint());
    }
}
