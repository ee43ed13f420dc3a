package io.portolan.ssh.internal.key;

import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;

/**
 * A key that can sign. Immutable and safe for all threads. Signing computes for up to milliseconds, so it is done on workers and never on an event
 * loop.
 */
public final class SshKeyPair {

    private final SshPublicKey publicKey;
    private final PrivateKey privateKey;

    SshKeyPair(SshPublicKey publicKey, PrivateKey privateKey) {
        this.publicKey = publicKey;
        this.privateKey = privateKey;
    }

    /** A new {@code ssh-ed25519} key: small, fast, and known by every client of the last ten years. */
    public static SshKeyPair generateEd25519(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, random);
            KeyPair pair = generator.generateKeyPair();
            return new SshKeyPair(Ed25519PublicKey.of(pair.getPublic()), pair.getPrivate());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no Ed25519", e);
        }
    }

    /** A new ECDSA key. */
    public static SshKeyPair generateEcdsa(NistCurve curve, SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(curve.generationParameters(), random);
            KeyPair pair = generator.generateKeyPair();
            return new SshKeyPair(new EcdsaPublicKey(curve, (ECPublicKey) pair.getPublic()), pair.getPrivate());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no " + curve, e);
        }
    }

    /**
     * A new RSA key.
     *
     * @param bits from 2048 to 16384
     */
    public static SshKeyPair generateRsa(int bits, SecureRandom random) {
        if (bits < RsaPublicKey.MIN_BITS || bits > RsaPublicKey.MAX_BITS) {
            throw new IllegalArgumentException("bits " + bits);
        }
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits, random);
            KeyPair pair = generator.generateKeyPair();
            return new SshKeyPair(RsaPublicKey.of((RSAPublicKey) pair.getPublic()), pair.getPrivate());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no RSA", e);
        }
    }

    /**
     * A key that the JDK, or a provider of its kind, holds.
     *
     * @throws IllegalArgumentException if it is none that SSH knows, or the halves do not belong together
     */
    public static SshKeyPair of(KeyPair pair) {
        SshKeyPair keys = new SshKeyPair(publicKey(pair.getPublic()), pair.getPrivate());
        if (!keys.isConsistent()) {
            throw new IllegalArgumentException("the private key is not that of the public one");
        }
        return keys;
    }

    private static SshPublicKey publicKey(PublicKey key) {
        if (key instanceof EdECPublicKey edwards
                && edwards.getParams().getName().equals(NamedParameterSpec.ED25519.getName())) {
            return Ed25519PublicKey.of(key);
        }
        if (key instanceof ECPublicKey ec) {
            int bits = ec.getParams().getOrder().bitLength();
            return Arrays.stream(NistCurve.values())
                    .filter(curve ->
                            curve.parameters().getCurve().equals(ec.getParams().getCurve()))
                    .findFirst()
                    .map(curve -> new EcdsaPublicKey(curve, ec))
                    .orElseThrow(
                            () -> new IllegalArgumentException("a curve of " + bits + " bits that SSH does not have"));
        }
        if (key instanceof RSAPublicKey rsa) {
            try {
                return RsaPublicKey.of(rsa.getModulus(), rsa.getPublicExponent());
            } catch (SshProtocolException e) {
                throw new IllegalArgumentException(e.getMessage(), e);
            }
        }
        throw new IllegalArgumentException(
                "a key of the algorithm " + key.getAlgorithm() + ", which SSH does not have");
    }

    /** What others may know. */
    public SshPublicKey publicKey() {
        return publicKey;
    }

    PrivateKey privateKey() {
        return privateKey;
    }

    /**
     * A signature's blob: the algorithm and the octets.
     *
     * @throws IllegalArgumentException if the algorithm is none of this key's
     * @throws IllegalStateException if the signature came out wrong; it is not handed out then, as a faulty RSA signature gives the key away
     */
    public byte[] sign(String algorithm, byte[] data) {
        if (!publicKey.signatureAlgorithms().contains(algorithm)) {
            throw new IllegalArgumentException(algorithm + " with a key of type " + publicKey.type());
        }
        byte[] octets = signOctets(algorithm, data);
        if (publicKey instanceof RsaPublicKey rsa && !rsa.verifyOctets(algorithm, data, octets)) {
            throw new IllegalStateException("a signature that came out wrong");
        }
        return new SshWriter().writeString(algorithm).writeString(octets).toByteArray();
    }

    private byte[] signOctets(String algorithm, byte[] data) {
        if (publicKey instanceof Ed25519PublicKey) {
            return Signatures.sign("Ed25519", privateKey, data);
        }
        if (publicKey instanceof EcdsaPublicKey ecdsa) {
            byte[] both = Signatures.sign(EcdsaPublicKey.jdkAlgorithm(ecdsa.curve()), privateKey, data);
            int half = both.length / 2;
            return new SshWriter()
                    .writeMpint(new BigInteger(1, Arrays.copyOf(both, half)))
                    .writeMpint(new BigInteger(1, Arrays.copyOfRange(both, half, both.length)))
                    .toByteArray();
        }
        return Signatures.sign(RsaPublicKey.jdkAlgorithm(algorithm), privateKey, data);
    }

    /** Whether both halves belong together, which a file may claim of any two. */
    boolean isConsistent() {
        String algorithm = publicKey.signatureAlgorithms().get(0);
        byte[] probe = publicKey.blob();
        try {
            return publicKey.verifyOctets(algorithm, probe, signOctets(algorithm, probe));
        } catch (SshProtocolException | IllegalStateException e) {
            return false;
        }
    }

    /** Nothing of the private half. */
    @Override
    public String toString() {
        return publicKey.toString();
    }
}
