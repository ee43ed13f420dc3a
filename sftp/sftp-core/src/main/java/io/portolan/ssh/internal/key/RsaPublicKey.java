package io.portolan.ssh.internal.key;

import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;
import io.portolan.ssh.internal.wire.SshWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.List;

/** {@code ssh-rsa} (RFC 4253 section 6.6), with the signatures of RFC 8332 and never those with SHA-1. */
public final class RsaPublicKey implements SshPublicKey {

    static final String TYPE = "ssh-rsa";
    static final String SHA_512 = "rsa-sha2-512";
    static final String SHA_256 = "rsa-sha2-256";

    /** What NIST SP 800-131A and OpenSSH's defaults ask for at least. */
    static final int MIN_BITS = 2048;

    /** OpenSSH makes none that is larger, and a verification costs the cube of it. */
    static final int MAX_BITS = 16 * 1024;

    /**
     * In practice exponents are 65537 or less than a hundred. One as long as the modulus makes a verification, which is before login, a hundred times
     * as dear.
     */
    static final int MAX_EXPONENT_BITS = 32;

    private final BigInteger modulus;
    private final BigInteger exponent;
    private final PublicKey key;

    private RsaPublicKey(BigInteger modulus, BigInteger exponent, PublicKey key) {
        this.modulus = modulus;
        this.exponent = exponent;
        this.key = key;
    }

    /** The key of two numbers, which are checked. */
    static RsaPublicKey of(BigInteger modulus, BigInteger exponent) throws SshProtocolException {
        if (modulus.signum() < 0 || modulus.bitLength() < MIN_BITS || modulus.bitLength() > MAX_BITS) {
            throw SshProtocolException.malformed("an RSA key of " + modulus.bitLength() + " bits; from " + MIN_BITS
                    + " to " + MAX_BITS + " are taken");
        }
        boolean odd = modulus.testBit(0) && exponent.testBit(0);
        if (!odd || exponent.compareTo(BigInteger.ONE) <= 0 || exponent.bitLength() > MAX_EXPONENT_BITS) {
            throw SshProtocolException.malformed("an RSA key with a modulus or exponent that cannot be");
        }
        try {
            PublicKey key = KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
            return new RsaPublicKey(modulus, exponent, key);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no RSA", e);
        } catch (GeneralSecurityException e) {
            throw SshProtocolException.malformed("an RSA key that the JVM refuses");
        }
    }

    /** The key of a JDK provider. */
    static RsaPublicKey of(RSAPublicKey key) {
        return new RsaPublicKey(key.getModulus(), key.getPublicExponent(), key);
    }

    static RsaPublicKey read(SshReader reader) throws SshProtocolException {
        BigInteger exponent = reader.readUnsignedMpint(MAX_EXPONENT_BITS);
        return of(reader.readUnsignedMpint(MAX_BITS), exponent);
    }

    /** The JDK's name of one of our algorithms. */
    static String jdkAlgorithm(String algorithm) {
        return algorithm.equals(SHA_512) ? "SHA512withRSA" : "SHA256withRSA";
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public List<String> signatureAlgorithms() {
        return List.of(SHA_512, SHA_256);
    }

    BigInteger modulus() {
        return modulus;
    }

    BigInteger exponent() {
        return exponent;
    }

    @Override
    public byte[] blob() {
        return new SshWriter()
                .writeString(TYPE)
                .writeMpint(exponent)
                .writeMpint(modulus)
                .toByteArray();
    }

    /** Some peers leave leading zeros out, one signature in 256; these are put back (RFC 4253 section 6.6 is of two minds about it). */
    @Override
    public boolean verifyOctets(String algorithm, byte[] data, byte[] signature) {
        int width = (modulus.bitLength() + Byte.SIZE - 1) / Byte.SIZE;
        if (signature.length == 0 || signature.length > width) {
            return false;
        }
        byte[] padded = new byte[width];
        System.arraycopy(signature, 0, padded, width - signature.length, signature.length);
        return Signatures.verify(jdkAlgorithm(algorithm), key, data, padded);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RsaPublicKey that && modulus.equals(that.modulus) && exponent.equals(that.exponent);
    }

    @Override
    public int hashCode() {
        return modulus.hashCode();
    }

    @Override
    public String toString() {
        return TYPE + " " + fingerprint();
    }
}
