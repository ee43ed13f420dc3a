package io.portolan.ssh.internal.trust;

import io.portolan.ssh.internal.key.SshCertificate;
import io.portolan.ssh.internal.key.SshPublicKey;
import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Keys and certificates that are not trusted any more, in OpenSSH's binary form (PROTOCOL.krl), as {@code ssh-keygen -k} makes it. Immutable. What is in a signature section is passed over, as
 * OpenSSH does: that nobody else writes the file is for its permissions to see to.
 */
public final class RevocationList {

    /** Octets of a whole list: a million serial numbers, each by itself. */
    public static final int MAX_OCTETS = 16 << 20;

    /** What the binary form begins with: {@code SSHKRL}, a line feed, a zero. */
    private static final byte[] MAGIC = {'S', 'S', 'H', 'K', 'R', 'L', '\n', 0};

    private static final int FORMAT_VERSION = 1;

    private static final int CERTIFICATES = 1;
    private static final int EXPLICIT_KEYS = 2;
    private static final int FINGERPRINTS_SHA1 = 3;
    private static final int SIGNATURE = 4;
    private static final int FINGERPRINTS_SHA256 = 5;
    private static final int EXTENSION = 255;

    private static final int SHA1_OCTETS = 20;
    private static final int SHA256_OCTETS = 32;

    private final Set<ByteBuffer> keys = new HashSet<>();
    private final Set<ByteBuffer> sha1 = new HashSet<>();
    private final Set<ByteBuffer> sha256 = new HashSet<>();
    private final List<RevokedCertificates> certificates = new ArrayList<>();

    private RevocationList(SshReader reader) throws SshProtocolException {
        reader.readBytes(MAGIC.length);
        if (reader.readUint32() != FORMAT_VERSION) {
            throw SshProtocolException.malformed("a revocation list of another format");
        }
        reader.readUint64(); // which list it is
        reader.readUint64(); // when it was made
        reader.readUint64(); // flags, of which there are none
        reader.readString(); // reserved
        reader.readString(); // comment
        while (reader.remaining() > 0) {
            section(reader.readByte(), reader.readNested());
        }
    }

    /** Whether that is the binary form; otherwise it may be a text with keys. */
    public static boolean isBinary(byte[] octets) {
        return octets.length >= MAGIC.length && Arrays.equals(octets, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    /**
     * Reads a list.
     *
     * @throws SshProtocolException if any of it is malformed, or has to be understood and is not: half a list would be none
     */
    public static RevocationList decode(byte[] octets) throws SshProtocolException {
        if (octets.length > MAX_OCTETS || !isBinary(octets)) {
            throw SshProtocolException.malformed("no revocation list");
        }
        return new RevocationList(new SshReader(octets));
    }

    private void section(int type, SshReader reader) throws SshProtocolException {
        switch (type) {
            case CERTIFICATES -> certificates.add(RevokedCertificates.read(reader));
            case EXPLICIT_KEYS -> all(reader, keys, 0);
            case FINGERPRINTS_SHA1 -> all(reader, sha1, SHA1_OCTETS);
            case FINGERPRINTS_SHA256 -> all(reader, sha256, SHA256_OCTETS);
            case SIGNATURE -> {}
            case EXTENSION -> extension(reader);
            default -> throw SshProtocolException.malformed("a revocation list with a section " + type);
        }
    }

    private static void all(SshReader reader, Set<ByteBuffer> into, int octets) throws SshProtocolException {
        while (reader.remaining() > 0) {
            byte[] value = reader.readString();
            if (value.length == 0 || octets > 0 && value.length != octets) {
                throw SshProtocolException.malformed("a revoked key of " + value.length + " octets");
            }
            into.add(ByteBuffer.wrap(value));
        }
    }

    /** We know none. */
    static void extension(SshReader reader) throws SshProtocolException {
        reader.readString();
        boolean critical = reader.readBoolean();
        reader.readString();
        reader.expectEnd();
        if (critical) {
            throw SshProtocolException.malformed("a revocation list with a critical extension that nobody knows");
        }
    }

    /** Whether a key is not trusted any more. */
    public boolean isRevoked(SshPublicKey key) {
        byte[] blob = key.blob();
        return keys.contains(ByteBuffer.wrap(blob))
                || !sha1.isEmpty() && sha1.contains(digest("SHA-1", blob))
                || !sha256.isEmpty() && sha256.contains(digest("SHA-256", blob));
    }

    /** Whether a certificate is not trusted any more: by itself, for its key, or for its CA's. */
    public boolean isRevoked(SshCertificate certificate) {
        return isRevoked(certificate.key())
                || isRevoked(certificate.authority())
                || certificates.stream().anyMatch(section -> section.contains(certificate));
    }

    private static ByteBuffer digest(String algorithm, byte[] blob) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance(algorithm).digest(blob));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no " + algorithm, e);
        }
    }
}
