package io.portolan.ssh.internal.key;

import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;
import io.portolan.ssh.internal.wire.SshWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.List;

/** {@code ssh-ed25519} (RFC 8709). */
public final class Ed25519PublicKey implements SshPublicKey {

    static final String TYPE = "ssh-ed25519";

    /** Of a public key, and of a private key's seed. */
    static final int KEY_OCTETS = 32;

    private static final int SIGNATURE_OCTETS = 64;

    /** SubjectPublicKeyInfo of Ed25519 up to the key (RFC 8410). */
    private static final byte[] X509_PREFIX = {0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00};

    /** L of RFC 8032 section 5.1, the order of the group. */
    private static final BigInteger ORDER =
            BigInteger.ONE.shiftLeft(252).add(new BigInteger("27742317777372353535851937790883648493"));

    private final byte[] point;
    private final PublicKey key;

    private Ed25519PublicKey(byte[] point, PublicKey key) {
        this.point = point;
        this.key = key;
    }

    /** The key of an encoded point. */
    static Ed25519PublicKey of(byte[] point) throws SshProtocolException {
        if (point.length != KEY_OCTETS) {
            throw SshProtocolException.malformed("an Ed25519 key of " + point.length + " octets");
        }
        byte[] encoded = Arrays.copyOf(X509_PREFIX, X509_PREFIX.length + KEY_OCTETS);
        System.arraycopy(point, 0, encoded, X509_PREFIX.length, KEY_OCTETS);
        try {
            return new Ed25519PublicKey(
                    point, KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no Ed25519", e);
        } catch (GeneralSecurityException e) {
            throw SshProtocolException.malformed("an Ed25519 key that is none");
        }
    }

    /** The key of a JDK provider. */
    static Ed25519PublicKey of(PublicKey key) {
        byte[] encoded = key.getEncoded();
        return new Ed25519PublicKey(Arrays.copyOfRange(encoded, encoded.length - KEY_OCTETS, encoded.length), key);
    }

    static Ed25519PublicKey read(SshReader reader) throws SshProtocolException {
        return of(reader.readString(KEY_OCTETS));
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public List<String> signatureAlgorithms() {
        return List.of(TYPE);
    }

    @Override
    public byte[] blob() {
        return new SshWriter().writeString(TYPE).writeString(point).toByteArray();
    }

    byte[] point() {
        return point.clone();
    }

    /** S below L is checked here and not left to providers: with S + L there would be a second signature (RFC 8032 section 5.1.7). */
    @Override
    public boolean verifyOctets(String algorithm, byte[] data, byte[] signature) {
        return signature.length == SIGNATURE_OCTETS
                && littleEndian(signature, SIGNATURE_OCTETS / 2).compareTo(ORDER) < 0
                && Signatures.verify("Ed25519", key, data, signature);
    }

    private static BigInteger littleEndian(byte[] octets, int from) {
        byte[] reversed = new byte[octets.length - from];
        for (int i = 0; i < reversed.length; i++) {
            reversed[i] = octets[octets.length - 1 - i];
        }
        return new BigInteger(1, reversed);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ed25519PublicKey that && Arrays.equals(point, that.point);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(point);
    }

    @Override
    public String toString() {
        return TYPE + " " + fingerprint();
    }
}
