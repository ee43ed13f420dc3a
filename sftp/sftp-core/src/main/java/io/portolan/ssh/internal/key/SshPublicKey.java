package io.portolan.ssh.internal.key;

import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/**
 * A public key of a host or user (RFC 4253 section 6.6, RFC 5656 section 3, RFC 8332, RFC 8709). Immutable. Two are equal if their blobs are; as each key has one
 * encoding only, that is the same as being the same key.
 *
 * <p>Verifying computes for up to milliseconds, so it is done on workers and never on an event loop.
 */
public sealed interface SshPublicKey permits Ed25519PublicKey, EcdsaPublicKey, RsaPublicKey, SecurityKeyPublicKey {

    /** More than an RSA key of the most bits needs. */
    int MAX_BLOB_OCTETS = 8 * 1024;

    /** The name at the beginning of the blob, such as {@code ssh-rsa}. */
    String type();

    /** The algorithms that it can verify with, the best first; for RSA they are not its type. */
    List<String> signatureAlgorithms();

    /** The key on the wire. */
    byte[] blob();

    /**
     * Whether a signature is right. It is not if its algorithm is another one than expected, or none of this key.
     *
     * @param algorithm what was negotiated, or what the request for authentication names
     * @param data what is signed
     * @param signature the signature's blob: its algorithm and its octets
     * @throws SshProtocolException if the signature's blob is malformed
     */
    default boolean verify(String algorithm, byte[] data, byte[] signature) throws SshProtocolException {
        SshReader reader = new SshReader(signature);
        String claimed = reader.readName();
        byte[] octets = reader.readString();
        reader.expectEnd();
        return claimed.equals(algorithm)
                && signatureAlgorithms().contains(algorithm)
                && verifyOctets(algorithm, data, octets);
    }

    /** As {@link #verify}, for one of its algorithms, and without the signature's frame. */
    boolean verifyOctets(String algorithm, byte[] data, byte[] signature) throws SshProtocolException;

    /** The fingerprint that OpenSSH prints: {@code SHA256:} and the digest of the blob in Base64 without padding. */
    default String fingerprint() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(blob());
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no SHA-256", e);
        }
    }

    /**
     * Reads a blob.
     *
     * @throws SshProtocolException if it is malformed, or of a type or strength that we do not take
     */
    static SshPublicKey decode(byte[] blob) throws SshProtocolException {
        if (blob.length > MAX_BLOB_OCTETS) {
            throw SshProtocolException.malformed("a public key of " + blob.length + " octets");
        }
        SshReader reader = new SshReader(blob);
        String type = reader.readName();
        SshPublicKey key = PublicKeyFields.read(type, reader);
        reader.expectEnd();
        return key;
    }
}
