package io.portolan.ssh.internal.key;

import io.portolan.ssh.internal.key.KeyFileException.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A private key in a file of whatever format: OpenSSH's own, PEM with PKCS#1, SEC 1 or PKCS#8, and PuTTY's; encrypted or not. Its first line tells which.
 *
 * <p>A file may ask for much time or memory to make a key of its passphrase; more than the limits of {@link OpenSshKeyFile}, {@link Pkcs8Encryption} and {@link PpkEncryption}
 * is refused.
 */
public final class PrivateKeyFile {

    /** An RSA key of the most bits takes about 13 KiB. */
    public static final int MAX_FILE_OCTETS = OpenSshKeyFile.MAX_FILE_OCTETS;

    private PrivateKeyFile() {}

    /**
     * Reads a file. Blocks, for seconds if the passphrase is digested that long.
     *
     * @param passphrase what it is encrypted with, or null; zeroed in any case
     * @throws KeyFileException if there is no key in it that we can read; the message tells what to do
     * @throws IOException if the file cannot be read
     */
    public static SshKeyPair load(Path file, char @Nullable [] passphrase) throws IOException {
        byte[] octets = new byte[0];
        try (InputStream in = Files.newInputStream(file)) {
            octets = in.readNBytes(MAX_FILE_OCTETS + 1);
            return read(octets, passphrase);
        } finally {
            Arrays.fill(octets, (byte) 0);
            wipe(passphrase);
        }
    }

    /**
     * Reads a file's content. May compute for seconds if the passphrase is digested that long.
     *
     * @param octets as in the file; not changed
     * @param passphrase what it is encrypted with, or null; zeroed in any case
     * @throws KeyFileException if there is no key in it that we can read; the message tells what to do
     */
    public static SshKeyPair read(byte[] octets, char @Nullable [] passphrase) throws KeyFileException {
        try {
            if (octets.length > MAX_FILE_OCTETS) {
                throw new KeyFileException(
                        Problem.MALFORMED,
                        "a key file that is too large, with more than " + MAX_FILE_OCTETS + " octets");
            }
            // an octet for each character: PuTTY's comments are in no certain charset, and are authenticated
            return read(new String(octets, StandardCharsets.ISO_8859_1), passphrase);
        } finally {
            wipe(passphrase);
        }
    }

    /**
     * The public half of the key in a file's content, where the format has it beside what is encrypted: in OpenSSH's and PuTTY's. That it is right shows only with the private one.
     *
     * @param octets as in the file; not changed
     * @throws KeyFileException if there is no key in it that we can read
     */
    public static Optional<SshPublicKey> publicHalf(byte[] octets) throws KeyFileException {
        String text = new String(octets, StandardCharsets.ISO_8859_1);
        String firstLine = firstLine(text);
        if (OpenSshKeyFile.looksLikeOne(firstLine)) {
            return Optional.of(OpenSshKeyFile.publicHalf(text));
        }
        return PpkFile.looksLikeOne(firstLine) ? Optional.of(PpkFile.publicHalf(text)) : Optional.empty();
    }

    private static String firstLine(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static SshKeyPair read(String text, char @Nullable [] passphrase) throws KeyFileException {
        String firstLine = firstLine(text);
        if (OpenSshKeyFile.looksLikeOne(firstLine)) {
            return OpenSshKeyFile.read(text, passphrase).keys();
        }
        if (PpkFile.looksLikeOne(firstLine)) {
            return PpkFile.read(text, passphrase);
        }
        if (PemKeyFile.looksLikeOne(firstLine)) {
            return PemKeyFile.read(text, passphrase);
        }
        throw unknown(firstLine);
    }

    private static KeyFileException unknown(String firstLine) {
        if (firstLine.isEmpty()) {
            return new KeyFileException(Problem.MALFORMED, "an empty key file");
        }
        if (firstLine.startsWith("ssh-") || firstLine.startsWith("ecdsa-") || firstLine.contains("PUBLIC KEY")) {
            return new KeyFileException(
                    Problem.UNSUPPORTED, "a public key; the private one is in the file without .pub");
        }
        if (firstLine.startsWith("---- BEGIN SSH2 ENCRYPTED PRIVATE KEY")) {
            return new KeyFileException(Problem.UNSUPPORTED, "a key file of ssh.com's; puttygen converts it");
        }
        // nothing of a line that may be a secret
        return new KeyFileException(
                Problem.MALFORMED, "no private key file: it begins neither as OpenSSH's, nor as PEM, nor as PuTTY's");
    }

    private static void wipe(char @Nullable [] passphrase) {
        if (passphrase != null) {
            Arrays.fill(passphrase, '\0');
        }
    }
}
