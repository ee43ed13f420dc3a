package io.portolan.ssh.internal.key;

import io.portolan.ssh.internal.key.KeyFileException.Problem;
import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;
import io.portolan.ssh.internal.wire.SshWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Iterator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.jspecify.annotations.Nullable;

/** A private key as PuTTY writes it: PPK, versions 2 and 3 (PuTTY's documentation, appendix C). Its MAC is checked before anything of the key is looked at. */
final class PpkFile {

    private static final String MAGIC = "PuTTY-User-Key-File-";
    private static final String NOT_ENCRYPTED = "none";
    private static final String AES = "aes256-cbc";

    /** Of 64 characters each; an RSA key of the most bits takes some hundred. */
    private static final int MAX_LINES = 1024;

    private final Iterator<String> lines;

    private PpkFile(String text) {
        lines = text.lines().iterator();
    }

    static boolean looksLikeOne(String firstLine) {
        return firstLine.startsWith(MAGIC);
    }

    /**
     * The key in a text.
     *
     * @param text with an octet for each character
     */
    static SshKeyPair read(String text, char @Nullable [] passphrase) throws KeyFileException {
        try {
            return new PpkFile(text.stripLeading()).read(passphrase);
        } catch (SshProtocolException e) {
            throw new KeyFileException(Problem.MALFORMED, "a key that cannot be used: " + e.getMessage(), e);
        }
    }

    /** The public half, for which no passphrase is needed; nobody vouches for it. */
    static SshPublicKey publicHalf(String text) throws KeyFileException {
        try {
            PpkFile file = new PpkFile(text.stripLeading());
            file.line();
            file.header("Encryption");
            file.header("Comment");
            return SshPublicKey.decode(file.base64("Public-Lines"));
        } catch (SshProtocolException e) {
            throw new KeyFileException(Problem.MALFORMED, "a key that cannot be used: " + e.getMessage(), e);
        }
    }

    private SshKeyPair read(char @Nullable [] passphrase) throws KeyFileException, SshProtocolException {
        String first = line();
        int version = first.startsWith(MAGIC + "2: ") ? 2 : first.startsWith(MAGIC + "3: ") ? 3 : 0;
        if (version == 0) {
            throw new KeyFileException(
                    Problem.UNSUPPORTED, "a PuTTY key of another version than 2 and 3; puttygen converts it");
        }
        String type = first.substring(MAGIC.length() + 3);
        String encryption = header("Encryption");
        if (!encryption.equals(NOT_ENCRYPTED) && !encryption.equals(AES)) {
            throw new KeyFileException(Problem.UNSUPPORTED, "a PuTTY key with another encryption than " + AES);
        }
        boolean encrypted = encryption.equals(AES);
        String comment = header("Comment");
        byte[] open = base64("Public-Lines");
        PpkEncryption.Argon2 argon2 = version == 3 && encrypted ? argon2() : null;
        byte[] secret = base64("Private-Lines");
        byte[] mac = hex("Private-MAC");
        PpkEncryption keys =
                encrypted ? encryption(Passphrase.require(passphrase), argon2) : PpkEncryption.none(version);
        try {
            if (keys.encrypts()) {
                secret = AesCbc.decryptBlocks(keys.key(), keys.iv(), secret);
            }
            SshWriter signed = new SshWriter()
                    .writeString(type.getBytes(StandardCharsets.ISO_8859_1))
                    .writeString(encryption)
                    .writeString(comment.getBytes(StandardCharsets.ISO_8859_1))
                    .writeString(open)
                    .writeString(secret);
            byte[] expected = keys.mac(signed.toByteArray());
            signed.wipe();
            if (!MessageDigest.isEqual(expected, mac)) {
                throw encrypted
                        ? Passphrase.wrong(null)
                        : new KeyFileException(Problem.MALFORMED, "a PuTTY key that was changed or damaged");
            }
            return keys(SshPublicKey.decode(open), type, new SshReader(secret), encrypted);
        } finally {
            keys.wipe();
            Arrays.fill(secret, (byte) 0);
        }
    }

    private static PpkEncryption encryption(char[] passphrase, PpkEncryption.@Nullable Argon2 argon2) {
        byte[] octets = Passphrase.utf8(passphrase);
        try {
            return argon2 == null ? PpkEncryption.ofVersion2(octets) : PpkEncryption.ofVersion3(octets, argon2);
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
    }

    private PpkEncryption.Argon2 argon2() throws KeyFileException {
        String function = header("Key-Derivation");
        int type = switch (function) {
            case "Argon2id" -> Argon2Parameters.ARGON2_id;
            case "Argon2i" -> Argon2Parameters.ARGON2_i;
            case "Argon2d" -> Argon2Parameters.ARGON2_d;
            default -> throw new KeyFileException(Problem.UNSUPPORTED, "a PuTTY key with another digest than Argon2");
        };
        return new PpkEncryption.Argon2(
                        type,
                        number("Argon2-Memory"),
                        number("Argon2-Passes"),
                        number("Argon2-Parallelism"),
                        hex("Argon2-Salt"))
                .checked();
    }

    private static SshKeyPair keys(SshPublicKey open, String type, SshReader secret, boolean padded)
            throws SshProtocolException, KeyFileException {
        if (!open.type().equals(type)) {
            throw new KeyFileException(Problem.MALFORMED, "a PuTTY key of another type than it says");
        }
        SshKeyPair pair;
        if (open instanceof Ed25519PublicKey ed25519) {
            // a number with its lowest octet first, so that zeros at its end are left out
            byte[] seed = secret.readString(Ed25519PublicKey.KEY_OCTETS);
            pair = PrivateKeys.ed25519(ed25519, PrivateKeys.seed(seed));
            Arrays.fill(seed, (byte) 0);
        } else if (open instanceof EcdsaPublicKey ecdsa) {
            pair = PrivateKeys.ecdsa(
                    ecdsa, secret.readUnsignedMpint(ecdsa.curve().fieldOctets() * Byte.SIZE));
        } else if (open instanceof RsaPublicKey rsa) {
            BigInteger exponent = secret.readUnsignedMpint(RsaPublicKey.MAX_BITS);
            BigInteger p = secret.readUnsignedMpint(RsaPublicKey.MAX_BITS);
            BigInteger q = secret.readUnsignedMpint(RsaPublicKey.MAX_BITS);
            pair = PrivateKeys.rsa(rsa, exponent, p, q, secret.readUnsignedMpint(RsaPublicKey.MAX_BITS));
        } else {
            throw new KeyFileException(Problem.UNSUPPORTED, "a PuTTY key of type " + open.type());
        }
        if (!padded || secret.remaining() >= AesCbc.BLOCK_OCTETS) {
            secret.expectEnd();
        }
        return pair;
    }

    private String line() throws KeyFileException {
        if (!lines.hasNext()) {
            throw new KeyFileException(Problem.MALFORMED, "a PuTTY key that is cut off");
        }
        return lines.next();
    }

    private String header(String name) throws KeyFileException {
        String line = line();
        if (!line.startsWith(name + ": ")) {
            throw new KeyFileException(Problem.MALFORMED, "a PuTTY key without a line " + name);
        }
        return line.substring(name.length() + 2);
    }

    private long number(String name) throws KeyFileException {
        String digits = header(name);
        // ten digits are more than any limit, and fit
        if (!digits.matches("[0-9]{1,10}")) {
            throw new KeyFileException(Problem.MALFORMED, "a PuTTY key whose " + name + " is no number");
        }
        return Long.parseLong(digits);
    }

    private byte[] hex(String name) throws KeyFileException {
        try {
            return HexFormat.of().parseHex(header(name).strip());
        } catch (IllegalArgumentException e) {
            throw new KeyFileException(Problem.MALFORMED, "a PuTTY key whose " + name + " is not hexadecimal", e);
        }
    }

    private byte[] base64(String name) throws KeyFileException {
        long count = number(name);
        if (count > MAX_LINES) {
            throw new KeyFileException(Problem.MALFORMED, "a PuTTY key of " + count + " lines");
        }
        StringBuilder body = new StringBuilder();
        for (long i = 0; i < count; i++) {
            body.append(line().strip());
        }
        try {
            return Base64.getDecoder().decode(body.toString());
        } catch (IllegalArgumentException e) {
            throw new KeyFileException(Problem.MALFORMED, "a PuTTY key that is not Base64", e);
        }
    }
}
