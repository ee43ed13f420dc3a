package io.portolan.ssh.internal.key;

import io.portolan.ssh.internal.wire.DisconnectReason;
import io.portolan.ssh.internal.wire.SshProtocolException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.util.Arrays;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/** Key pairs of the numbers that a file has of them, whatever its format. None is made of two halves that do not belong together. */
final class PrivateKeys {

    private PrivateKeys() {}

    /** The pair of a seed of 32 octets, which says all. */
    static SshKeyPair ed25519(byte[] seed) throws SshProtocolException {
        if (seed.length != Ed25519PublicKey.KEY_OCTETS) {
            throw SshProtocolException.malformed("a private Ed25519 key of " + seed.length + " octets");
        }
        byte[] point =
                new Ed25519PrivateKeyParameters(seed, 0).generatePublicKey().getEncoded();
        return ed25519(Ed25519PublicKey.of(point), seed);
    }

    static SshKeyPair ed25519(Ed25519PublicKey open, byte[] seed) throws SshProtocolException {
        try {
            PrivateKey key = KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
            return consistent(new SshKeyPair(open, key));
        } catch (GeneralSecurityException e) {
            throw refused("Ed25519", e);
        }
    }

    /** The pair of a secret number, which says all. */
    static SshKeyPair ecdsa(NistCurve curve, BigInteger secret) throws SshProtocolException {
        checkRange(curve, secret);
        X9ECParameters parameters =
                CustomNamedCurves.getByName(curve.generationParameters().getName());
        byte[] point = new FixedPointCombMultiplier()
                .multiply(parameters.getG(), secret)
                .normalize()
                .getEncoded(false);
        return ecdsa(new EcdsaPublicKey(curve, curve.decode(point)), secret);
    }

    static SshKeyPair ecdsa(EcdsaPublicKey open, BigInteger secret) throws SshProtocolException {
        checkRange(open.curve(), secret);
        try {
            PrivateKey key = KeyFactory.getInstance("EC")
                    .generatePrivate(new ECPrivateKeySpec(secret, open.curve().parameters()));
            return consistent(new SshKeyPair(open, key));
        } catch (GeneralSecurityException e) {
            throw refused("ECDSA", e);
        }
    }

    private static void checkRange(NistCurve curve, BigInteger secret) throws SshProtocolException {
        if (secret.signum() <= 0 || secret.compareTo(curve.parameters().getOrder()) >= 0) {
            throw SshProtocolException.malformed("a private ECDSA key out of range");
        }
    }

    /**
     * An RSA pair.
     *
     * @param secret d
     * @param coefficient the inverse of q modulo p
     */
    static SshKeyPair rsa(RsaPublicKey open, BigInteger secret, BigInteger p, BigInteger q, BigInteger coefficient)
            throws SshProtocolException {
        boolean positive = secret.signum() > 0 && coefficient.signum() > 0;
        if (!positive
                || secret.bitLength() > RsaPublicKey.MAX_BITS
                || coefficient.bitLength() > RsaPublicKey.MAX_BITS) {
            throw SshProtocolException.malformed("a private RSA key out of range");
        }
        boolean large = p.compareTo(BigInteger.TWO) > 0 && q.compareTo(BigInteger.TWO) > 0;
        if (!large || !p.multiply(q).equals(open.modulus())) {
            throw SshProtocolException.malformed("a private RSA key whose primes are not those of its modulus");
        }
        try {
            PrivateKey key = KeyFactory.getInstance("RSA")
                    .generatePrivate(new RSAPrivateCrtKeySpec(
                            open.modulus(),
                            open.exponent(),
                            secret,
                            p,
                            q,
                            secret.mod(p.subtract(BigInteger.ONE)),
                            secret.mod(q.subtract(BigInteger.ONE)),
                            coefficient));
            return consistent(new SshKeyPair(open, key));
        } catch (GeneralSecurityException e) {
            throw refused("RSA", e);
        }
    }

    private static SshKeyPair consistent(SshKeyPair pair) throws SshProtocolException {
        if (!pair.isConsistent()) {
            throw SshProtocolException.malformed("a private key that is not that of its public key");
        }
        return pair;
    }

    /** The seed out of an array that has more behind it. */
    static byte[] seed(byte[] octets) {
        return Arrays.copyOf(octets, Ed25519PublicKey.KEY_OCTETS);
    }

    private static SshProtocolException refused(String type, GeneralSecurityException e) {
        return new SshProtocolException(
                DisconnectReason.PROTOCOL_ERROR, "a private " + type + " key that the JVM refuses", e);
    }
}
