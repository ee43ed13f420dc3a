package io.portolan.ssh.internal.key;

import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;
import io.portolan.ssh.internal.wire.SshWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;

/**
 * {@code sk-ssh-ed25519@openssh.com} and {@code sk-ecdsa-sha2-nistp256@openssh.com}: keys that live in a FIDO device (OpenSSH's PROTOCOL.u2f). The device signs the digest of the data
 * together with what it knows: for which application, whether somebody touched it or was verified by it, and how often it has signed.
 */
public final class SecurityKeyPublicKey implements SshPublicKey {

    private static final String SUFFIX = "@openssh.com";
    private static final String ED25519 = "sk-ssh-ed25519" + SUFFIX;
    private static final String P256 = "sk-ecdsa-sha2-nistp256" + SUFFIX;

    static final List<String> TYPES = List.of(ED25519, P256);

    /** The application is {@code ssh:} and some words. */
    private static final int MAX_APPLICATION_OCTETS = 1024;

    private static final int USER_PRESENT = 0x01;
    private static final int USER_VERIFIED = 0x04;

    private final SshPublicKey key;
    private final String application;

    private SecurityKeyPublicKey(SshPublicKey key, String application) {
        this.key = key;
        this.application = application;
    }

    /**
     * What a device has signed along with the data.
     *
     * @param userPresent whether somebody touched it
     * @param userVerified whether it has verified its user, by PIN or finger
     * @param counter how often it has signed, as far as it counts
     */
    public record Assertion(boolean userPresent, boolean userVerified, long counter) {}

    /** The key of a device, for an application. */
    static SecurityKeyPublicKey of(SshPublicKey key, String application) {
        if (key instanceof Ed25519PublicKey || key instanceof EcdsaPublicKey ecdsa && ecdsa.curve() == NistCurve.P256) {
            return new SecurityKeyPublicKey(key, application);
        }
        throw new IllegalArgumentException("no key of a security key: " + key.type());
    }

    static SecurityKeyPublicKey read(String type, SshReader reader) throws SshProtocolException {
        SshPublicKey key = type.equals(ED25519)
                ? Ed25519PublicKey.read(reader)
                : EcdsaPublicKey.read(EcdsaPublicKey.TYPE_PREFIX + NistCurve.P256.sshName(), reader);
        return new SecurityKeyPublicKey(key, reader.readUtf8(MAX_APPLICATION_OCTETS));
    }

    @Override
    public String type() {
        return key instanceof Ed25519PublicKey ? ED25519 : P256;
    }

    @Override
    public List<String> signatureAlgorithms() {
        return key instanceof EcdsaPublicKey ? List.of(P256, WebAuthnSignature.ALGORITHM) : List.of(ED25519);
    }

    /** What the key was made for, such as {@code ssh:}. */
    public String application() {
        return application;
    }

    @Override
    public byte[] blob() {
        SshWriter writer = new SshWriter().writeString(type());
        if (key instanceof EcdsaPublicKey ecdsa) {
            writer.writeString(ecdsa.curve().sshName()).writeString(ecdsa.point());
        } else if (key instanceof Ed25519PublicKey ed25519) {
            writer.writeString(ed25519.point());
        }
        return writer.writeString(application).toByteArray();
    }

    /** A signature for which nobody has touched the device is none here; {@link #assertion} is for those who may do without. */
    @Override
    public boolean verify(String algorithm, byte[] data, byte[] signature) throws SshProtocolException {
        return assertion(algorithm, data, signature)
                .filter(Assertion::userPresent)
                .isPresent();
    }

    /**
     * What the device says, if its signature is right.
     *
     * @param algorithm as for {@link #verify}
     * @param data what is signed
     * @param signature the signature's blob
     */
    public Optional<Assertion> assertion(String algorithm, byte[] data, byte[] signature) throws SshProtocolException {
        SshReader reader = new SshReader(signature);
        String claimed = reader.readName();
        byte[] octets = reader.readRest();
        if (!claimed.equals(algorithm) || !signatureAlgorithms().contains(algorithm)) {
            return Optional.empty();
        }
        return assertionOctets(algorithm, data, octets);
    }

    private Optional<Assertion> assertionOctets(String algorithm, byte[] data, byte[] octets)
            throws SshProtocolException {
        if (!algorithm.equals(WebAuthnSignature.ALGORITHM)) {
            return assertion(data, octets);
        }
        Optional<WebAuthnSignature> signature = WebAuthnSignature.read(new SshReader(octets), data);
        if (signature.isEmpty()) {
            return Optional.empty();
        }
        WebAuthnSignature claimed = signature.get();
        return assertion(claimed.signedFor(application), claimed.octets(), claimed.flags(), claimed.counter());
    }

    /** The octets are those of the signature, the flags and the counter, as they follow the algorithm's name. */
    @Override
    public boolean verifyOctets(String algorithm, byte[] data, byte[] signature) throws SshProtocolException {
        return assertionOctets(algorithm, data, signature)
                .filter(Assertion::userPresent)
                .isPresent();
    }

    private Optional<Assertion> assertion(byte[] data, byte[] signature) throws SshProtocolException {
        SshReader reader = new SshReader(signature);
        byte[] octets = reader.readString();
        int flags = reader.readByte();
        long counter = reader.readUint32();
        reader.expectEnd();
        byte[] signed = new SshWriter()
                .writeBytes(sha256(application.getBytes(StandardCharsets.UTF_8)))
                .writeByte(flags)
                .writeUint32(counter)
                .writeBytes(sha256(data))
                .toByteArray();
        return assertion(signed, octets, flags, counter);
    }

    private Optional<Assertion> assertion(byte[] signed, byte[] octets, int flags, long counter)
            throws SshProtocolException {
        return key.verifyOctets(key.type(), signed, octets)
                ? Optional.of(new Assertion((flags & USER_PRESENT) != 0, (flags & USER_VERIFIED) != 0, counter))
                : Optional.empty();
    }

    static byte[] sha256(byte[] octets) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(octets);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no SHA-256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SecurityKeyPublicKey that
                && key.equals(that.key)
                && application.equals(that.application);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    @Override
    public String toString() {
        return type() + " " + fingerprint();
    }
}
