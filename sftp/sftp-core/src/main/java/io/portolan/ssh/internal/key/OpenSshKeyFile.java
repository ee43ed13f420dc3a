package io.portolan.ssh.internal.key;

import io.portolan.ssh.internal.key.KeyFileException.Problem;
import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;
import io.portolan.ssh.internal.wire.SshWriter;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import org.bouncycastle.crypto.generators.BCrypt;
import org.jspecify.annotations.Nullable;

/**
 * A private key as {@code ssh-keygen} writes it: the format openssh-key-v1 (OpenSSH's PROTOCOL.key). Read in all its forms that hold one key of a
 * type that we know; written without encryption only.
 *
 * @param keys the key
 * @param comment whatever its owner wrote beside it
 */
public record OpenSshKeyFile(SshKeyPair keys, String comment) {

    /** An RSA key of the most bits takes about 13 KiB. */
    public static final int MAX_FILE_OCTETS = 64 * 1024;

    /** A round takes milliseconds, on purpose; {@code ssh-keygen} takes 24 unless asked for more, and nobody wants to wait for a minute. */
    static final int MAX_ROUNDS = 1024;

    /** OpenSSH's are of 16. */
    private static final int MAX_SALT_OCTETS = 64;

    private static final int MAX_COMMENT_OCTETS = 1024;

    private static final String BEGIN = "-----BEGIN OPENSSH PRIVATE KEY-----";
    private static final String END = "-----END OPENSSH PRIVATE KEY-----";
    private static final int LINE_CHARACTERS = 70;
    private static final byte[] MAGIC = "openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII);
    private static final String NONE = "none";

    /** To what a part that is not encrypted is padded. */
    private static final int PLAIN_BLOCK_OCTETS = 8;

    /** Whether a text begins as such a file does. */
    public static boolean looksLikeOne(String text) {
        return text.stripLeading().startsWith(BEGIN);
    }

    /**
     * Reads a file's text.
     *
     * @param passphrase what it is encrypted with, or null; not kept and not changed
     */
    public static OpenSshKeyFile read(String text, char @Nullable [] passphrase) throws KeyFileException {
        byte[] octets = unarmour(text);
        try {
            SshReader reader = new SshReader(octets);
            if (!Arrays.equals(reader.readBytes(MAGIC.length), MAGIC)) {
                throw new KeyFileException(Problem.MALFORMED, "no openssh-key-v1");
            }
            return read(reader, passphrase);
        } catch (SshProtocolException e) {
            throw new KeyFileException(Problem.MALFORMED, "a malformed key file: " + e.getMessage(), e);
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
    }

    /** The public half, for which no passphrase is needed. That the file is all right otherwise is not known. */
    static SshPublicKey publicHalf(String text) throws KeyFileException {
        byte[] octets = unarmour(text);
        try {
            SshReader reader = new SshReader(octets);
            if (!Arrays.equals(reader.readBytes(MAGIC.length), MAGIC)) {
                throw new KeyFileException(Problem.MALFORMED, "no openssh-key-v1");
            }
            reader.readName();
            reader.readName();
            reader.readNested();
            reader.readUint32();
            return SshPublicKey.decode(reader.readString());
        } catch (SshProtocolException e) {
            throw new KeyFileException(Problem.MALFORMED, "a malformed key file: " + e.getMessage(), e);
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
    }

    private static byte[] unarmour(String text) throws KeyFileException {
        if (text.length() > MAX_FILE_OCTETS) {
            throw new KeyFileException(Problem.MALFORMED, "a key file of more than " + MAX_FILE_OCTETS + " octets");
        }
        String stripped = text.strip();
        if (!stripped.startsWith(BEGIN)
                || !stripped.endsWith(END)
                || stripped.length() < BEGIN.length() + END.length()) {
            throw new KeyFileException(Problem.MALFORMED, "no OpenSSH private key");
        }
        String body = stripped.substring(BEGIN.length(), stripped.length() - END.length());
        try {
            return Base64.getDecoder().decode(body.replaceAll("[\r\n\t ]", ""));
        } catch (IllegalArgumentException e) {
            throw new KeyFileException(Problem.MALFORMED, "a key file that is not Base64", e);
        }
    }

    private static OpenSshKeyFile read(SshReader reader, char @Nullable [] passphrase)
            throws SshProtocolException, KeyFileException {
        String cipherName = reader.readName();
        String kdfName = reader.readName();
        SshReader kdfOptions = reader.readNested();
        long count = reader.readUint32();
        if (count != 1) {
            throw new KeyFileException(Problem.UNSUPPORTED, "a file of " + count + " keys");
        }
        byte[] publicBlob = reader.readString();
        byte[] section = reader.readString();
        if (!cipherName.equals(NONE)) {
            KeyFileCipher cipher = KeyFileCipher.named(cipherName)
                    .orElseThrow(() -> new KeyFileException(Problem.UNSUPPORTED, "encrypted with " + cipherName));
            byte[] tag = reader.readBytes(cipher.tagOctets());
            section = decrypt(cipher, kdfName, kdfOptions, join(section, tag), passphrase);
        } else if (!kdfName.equals(NONE)) {
            throw new KeyFileException(Problem.MALFORMED, "a passphrase for nothing");
        }
        reader.expectEnd();
        try {
            return readSection(publicBlob, section, cipherName.equals(NONE));
        } finally {
            Arrays.fill(section, (byte) 0);
        }
    }

    private static byte[] join(byte[] section, byte[] tag) {
        byte[] both = Arrays.copyOf(section, section.length + tag.length);
        System.arraycopy(tag, 0, both, section.length, tag.length);
        return both;
    }

    private static byte[] decrypt(
            KeyFileCipher cipher, String kdfName, SshReader kdfOptions, byte[] ciphertext, char @Nullable [] passphrase)
            throws SshProtocolException, KeyFileException {
        if (!kdfName.equals("bcrypt")) {
            throw new KeyFileException(Problem.UNSUPPORTED, "a passphrase digested by " + kdfName);
        }
        byte[] salt = kdfOptions.readString(MAX_SALT_OCTETS);
        long rounds = kdfOptions.readUint32();
        kdfOptions.expectEnd();
        if (salt.length == 0 || rounds == 0) {
            throw new KeyFileException(Problem.MALFORMED, "a passphrase without salt or rounds");
        }
        if (rounds > MAX_ROUNDS) {
            throw new KeyFileException(
                    Problem.UNSUPPORTED, "a passphrase of " + rounds + " rounds; at most " + MAX_ROUNDS);
        }
        if ((ciphertext.length - cipher.tagOctets()) % KeyFileCipher.BLOCK_OCTETS != 0) {
            throw new KeyFileException(Problem.MALFORMED, "encrypted octets that are no blocks");
        }
        byte[] octets = Passphrase.utf8(Passphrase.require(passphrase));
        byte[] material = BCrypt.pbkdfGenerate(octets, salt, (int) rounds, cipher.materialOctets());
        try {
            return cipher.decrypt(material, ciphertext);
        } finally {
            Arrays.fill(octets, (byte) 0);
            Arrays.fill(material, (byte) 0);
        }
    }

    private static OpenSshKeyFile readSection(byte[] publicBlob, byte[] section, boolean plain)
            throws SshProtocolException, KeyFileException {
        SshReader reader = new SshReader(section);
        // The same number twice: what tells a wrong passphrase.
        long first = reader.readUint32();
        if (first != reader.readUint32()) {
            throw plain
                    ? new KeyFileException(Problem.MALFORMED, "a damaged key file")
                    : new KeyFileException(Problem.PASSPHRASE_WRONG, "another passphrase, or a damaged file");
        }
        SshKeyPair keys = PrivateKeyFields.read(reader);
        if (!Arrays.equals(publicBlob, keys.publicKey().blob())) {
            throw new KeyFileException(Problem.MALFORMED, "a key file whose public key is that of another");
        }
        String comment = reader.readUtf8(MAX_COMMENT_OCTETS);
        for (int expected = 1; reader.remaining() > 0; expected++) {
            if (reader.readByte() != (expected & 0xff)) {
                throw new KeyFileException(Problem.MALFORMED, "a key file with padding that is none");
            }
        }
        return new OpenSshKeyFile(keys, comment);
    }

    /** The text of the file, not encrypted; whoever keeps it has to see to it that nobody else may read it. */
    public String write(SecureRandom random) {
        int check = random.nextInt();
        SshWriter section =
                new SshWriter(2048).writeUint32(check & 0xffff_ffffL).writeUint32(check & 0xffff_ffffL);
        PrivateKeyFields.write(keys, section);
        section.writeString(comment);
        for (int i = 1; section.size() % PLAIN_BLOCK_OCTETS != 0; i++) {
            section.writeByte(i);
        }
        SshWriter whole = new SshWriter(4096)
                .writeBytes(MAGIC)
                .writeString(NONE)
                .writeString(NONE)
                .writeString("")
                .writeUint32(1)
                .writeString(keys.publicKey().blob())
                .writeString(section.toByteArray());
        String body = Base64.getMimeEncoder(LINE_CHARACTERS, new byte[] {'\n'}).encodeToString(whole.toByteArray());
        section.wipe();
        whole.wipe();
        return BEGIN + '\n' + body + '\n' + END + '\n';
    }
}
