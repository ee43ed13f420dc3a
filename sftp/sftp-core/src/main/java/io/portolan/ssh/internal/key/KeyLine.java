package io.portolan.ssh.internal.key;

import io.portolan.ssh.internal.key.KeyFileException.Problem;
import io.portolan.ssh.internal.wire.SshProtocolException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;

/**
 * A public key or a certificate as one line of text: its type, its blob in Base64, and a comment. So OpenSSH writes it into files that end in {@code .pub}.
 *
 * @param type such as {@code ssh-ed25519}; the blob says the same
 * @param blob not looked at any further
 * @param comment what is behind it, maybe nothing
 */
@SuppressWarnings("ArrayRecordComponent") // made by this class only, and never changed
public record KeyLine(String type, byte[] blob, String comment) {

    /** A certificate of the most octets takes 44 KiB in Base64; the rest is for the comment. */
    static final int MAX_CHARACTERS = 48 * 1024;

    /**
     * Reads a line without options before the type.
     *
     * @throws KeyFileException if it is none
     */
    public static KeyLine parse(String line) throws KeyFileException {
        if (line.length() > MAX_CHARACTERS) {
            throw new KeyFileException(Problem.MALFORMED, "a public key's line that is too long");
        }
        String[] parts = line.strip().split("[ \t]+", 3);
        if (parts.length < 2) {
            throw new KeyFileException(Problem.MALFORMED, "no public key: it has a type, a space, and Base64");
        }
        return of(parts[0], decode(parts[1]), parts.length < 3 ? "" : parts[2].strip());
    }

    /** A line from its parts, of which the type may be that of another blob. */
    private static KeyLine of(String type, byte[] blob, String comment) throws KeyFileException {
        try {
            if (!SshCertificate.typeOf(blob).equals(type)) {
                throw new KeyFileException(Problem.MALFORMED, "a public key of another type than it says");
            }
        } catch (SshProtocolException e) {
            throw new KeyFileException(Problem.MALFORMED, "a public key that is cut off", e);
        }
        return new KeyLine(type, blob, comment);
    }

    /** The octets of Base64, with or without padding. */
    static byte[] decode(String base64) throws KeyFileException {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new KeyFileException(Problem.MALFORMED, "a public key that is not Base64", e);
        }
    }

    /** The key, if it is one and no certificate. */
    public SshPublicKey key() throws KeyFileException {
        try {
            return SshPublicKey.decode(blob);
        } catch (SshProtocolException e) {
            throw unusable(e);
        }
    }

    /** The certificate, if it is one. */
    public SshCertificate certificate() throws KeyFileException {
        try {
            return SshCertificate.decode(blob);
        } catch (SshProtocolException e) {
            throw unusable(e);
        }
    }

    private KeyFileException unusable(SshProtocolException e) {
        return new KeyFileException(Problem.UNSUPPORTED, "a public key that cannot be used: " + e.getMessage(), e);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyLine that && Arrays.equals(blob, that.blob) && comment.equals(that.comment);
    }

    @Override
    public int hashCode() {
        return Objects.hash(Arrays.hashCode(blob), comment);
    }

    /** As it stands in a file. */
    @Override
    public String toString() {
        String start = type + " " + Base64.getEncoder().encodeToString(blob);
        return comment.isEmpty() ? start : start + " " + comment;
    }
}
