package io.portolan.ssh.internal.key;

import io.portolan.ssh.internal.key.KeyFileException.Problem;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import org.bouncycastle.crypto.generators.OpenSSLPBEParametersGenerator;
import org.bouncycastle.crypto.params.KeyParameter;
import org.jspecify.annotations.Nullable;

/**
 * Private keys in PEM (RFC 7468), as {@code openssl} and {@code ssh-keygen -m PEM} and {@code -m PKCS8} write them: with the old encryption in the headers of
 * RFC 1421, or with that of PKCS#8.
 *
 * @param label what kind of key it is
 * @param headers of RFC 1421
 * @param content what was in Base64; zeroed when it has been read
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once
record PemKeyFile(String label, Map<String, String> headers, byte[] content) {

    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";

    /** What {@code openssl ecparam -genkey} writes before the key, which has it again. */
    private static final String EC_PARAMETERS = "EC PARAMETERS";

    /** Of MD5's salt in the old encryption: the beginning of the initialisation vector. */
    private static final int OLD_SALT_OCTETS = 8;

    static boolean looksLikeOne(String firstLine) {
        return firstLine.startsWith(BEGIN);
    }

    /** The key in a text. */
    static SshKeyPair read(String text, char @Nullable [] passphrase) throws KeyFileException {
        Iterator<String> lines = text.lines().map(String::strip).iterator();
        PemKeyFile file = next(lines);
        if (file.label.equals(EC_PARAMETERS)) {
            file = next(lines);
        }
        try {
            return file.keys(passphrase);
        } finally {
            Arrays.fill(file.content, (byte) 0);
        }
    }

    private static PemKeyFile next(Iterator<String> lines) throws KeyFileException {
        String first = "";
        while (first.isEmpty() && lines.hasNext()) {
            first = lines.next();
        }
        if (!first.startsWith(BEGIN) || !first.endsWith(DASHES) || first.length() < BEGIN.length() + DASHES.length()) {
            throw new KeyFileException(Problem.MALFORMED, "a PEM file without its first line");
        }
        String label = first.substring(BEGIN.length(), first.length() - DASHES.length());
        Map<String, String> headers = new HashMap<>();
        StringBuilder body = new StringBuilder();
        while (lines.hasNext()) {
            String line = lines.next();
            if (line.equals(END + label + DASHES)) {
                return new PemKeyFile(label, headers, decode(body.toString()));
            }
            int colon = line.indexOf(':');
            if (colon >= 0 && body.isEmpty()) {
                headers.put(
                        line.substring(0, colon).strip(),
                        line.substring(colon + 1).strip());
            } else {
                body.append(line);
            }
        }
        throw new KeyFileException(Problem.MALFORMED, "a key file that is cut off: it has no line " + END + label);
    }

    private static byte[] decode(String body) throws KeyFileException {
        try {
            return Base64.getDecoder().decode(body);
        } catch (IllegalArgumentException e) {
            throw new KeyFileException(Problem.MALFORMED, "a key file that is not Base64", e);
        }
    }

    private SshKeyPair keys(char @Nullable [] passphrase) throws KeyFileException {
        return switch (label) {
            case "RSA PRIVATE KEY", "EC PRIVATE KEY", "PRIVATE KEY" ->
                headers.containsKey("DEK-Info")
                        ? decrypted(oldEncryption(Passphrase.require(passphrase)), label)
                        : plain(content, label);
            case "ENCRYPTED PRIVATE KEY" ->
                decrypted(Pkcs8Encryption.read(content).decrypt(Passphrase.require(passphrase)), "PRIVATE KEY");
            default ->
                throw new KeyFileException(
                        Problem.UNSUPPORTED,
                        label.contains("PRIVATE KEY")
                                ? "a private key of the kind " + label + "; Ed25519, ECDSA and RSA are taken"
                                : "a PEM file with a " + label + " and no private key");
        };
    }

    private static SshKeyPair plain(byte[] der, String label) throws KeyFileException {
        return switch (label) {
            case "RSA PRIVATE KEY" -> DerPrivateKey.pkcs1(der);
            case "EC PRIVATE KEY" -> DerPrivateKey.sec1(der);
            default -> DerPrivateKey.pkcs8(der);
        };
    }

    /** With a wrong passphrase the padding is right by chance, one time in 256, and then nothing else is. */
    private static SshKeyPair decrypted(byte[] der, String label) throws KeyFileException {
        try {
            return plain(der, label);
        } catch (KeyFileException e) {
            throw e.problem() == Problem.MALFORMED ? Passphrase.wrong(e) : e;
        } finally {
            Arrays.fill(der, (byte) 0);
        }
    }

    private byte[] oldEncryption(char[] passphrase) throws KeyFileException {
        String[] info = headers.getOrDefault("DEK-Info", "").split(",", 2);
        int keyOctets = switch (info[0].strip().toUpperCase(Locale.ROOT)) {
            case "AES-128-CBC" -> 16;
            case "AES-192-CBC" -> 24;
            case "AES-256-CBC" -> 32;
            default ->
                throw new KeyFileException(
                        Problem.UNSUPPORTED,
                        "a key file with an old cipher that is not taken: ssh-keygen -p rewrites it with AES");
        };
        byte[] iv = iv(info.length < 2 ? "" : info[1].strip());
        byte[] octets = Passphrase.utf8(passphrase);
        OpenSSLPBEParametersGenerator generator = new OpenSSLPBEParametersGenerator();
        generator.init(octets, Arrays.copyOf(iv, OLD_SALT_OCTETS));
        byte[] key = ((KeyParameter) generator.generateDerivedParameters(keyOctets * Byte.SIZE)).getKey();
        try {
            return AesCbc.decryptPadded(key, iv, content);
        } finally {
            Arrays.fill(octets, (byte) 0);
            Arrays.fill(key, (byte) 0);
        }
    }

    private static byte[] iv(String hex) throws KeyFileException {
        try {
            byte[] iv = HexFormat.of().parseHex(hex);
            if (iv.length == AesCbc.BLOCK_OCTETS) {
                return iv;
            }
        } catch (IllegalArgumentException e) {
            throw new KeyFileException(Problem.MALFORMED, "a DEK-Info that is not hexadecimal", e);
        }
        throw new KeyFileException(Problem.MALFORMED, "a DEK-Info of another length than its cipher's");
    }
}
