package io.portolan.ssh.internal.key;

import io.portolan.ssh.internal.key.KeyFileException.Problem;
import io.portolan.ssh.internal.wire.SshProtocolException;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Map;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.jspecify.annotations.Nullable;

/** Private keys in ASN.1: PKCS#1 (RFC 8017 appendix A.1.2), SEC 1 (RFC 5915), and PKCS#8 (RFC 5958, RFC 8410) around those. */
final class DerPrivateKey {

    private static final Map<ASN1ObjectIdentifier, NistCurve> CURVES = Map.of(
            SECObjectIdentifiers.secp256r1, NistCurve.P256,
            SECObjectIdentifiers.secp384r1, NistCurve.P384,
            SECObjectIdentifiers.secp521r1, NistCurve.P521);

    /** id-Ed25519 of RFC 8410. */
    private static final ASN1ObjectIdentifier ED25519 = new ASN1ObjectIdentifier("1.3.101.112");

    private DerPrivateKey() {}

    /** What is taken from a structure. */
    @FunctionalInterface
    interface Reading<T> {
        T read(ASN1Primitive structure) throws IOException;
    }

    /**
     * Reads octets that are one structure. All that is asked of Bouncy Castle's objects is asked within: they read on only when they are asked, and throw
     * whatever they come across.
     */
    static <T> T read(byte[] der, Reading<T> reading) throws KeyFileException {
        try {
            return reading.read(ASN1Primitive.fromByteArray(der));
        } catch (KeyFileException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw malformed(e);
        }
    }

    private static KeyFileException malformed(Exception cause) {
        return new KeyFileException(
                Problem.MALFORMED, "a damaged key file: what is in it is not what its first line says", cause);
    }

    /** The key of {@code BEGIN RSA PRIVATE KEY}. */
    static SshKeyPair pkcs1(byte[] der) throws KeyFileException {
        RSAPrivateKey numbers = read(der, RSAPrivateKey::getInstance);
        return made(() -> PrivateKeys.rsa(
                RsaPublicKey.of(numbers.getModulus(), numbers.getPublicExponent()),
                numbers.getPrivateExponent(),
                numbers.getPrime1(),
                numbers.getPrime2(),
                numbers.getCoefficient()));
    }

    /** The key of {@code BEGIN EC PRIVATE KEY}. */
    static SshKeyPair sec1(byte[] der) throws KeyFileException {
        return ecdsa(read(der, structure -> EcNumbers.of(structure, null)));
    }

    /** The key of {@code BEGIN PRIVATE KEY}. */
    static SshKeyPair pkcs8(byte[] der) throws KeyFileException {
        PrivateKeyInfo info = read(der, PrivateKeyInfo::getInstance);
        ASN1ObjectIdentifier type =
                read(der, ignored -> info.getPrivateKeyAlgorithm().getAlgorithm());
        if (type.equals(PKCSObjectIdentifiers.rsaEncryption)) {
            return pkcs1(info.getPrivateKey().getOctets());
        }
        if (type.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
            return ecdsa(read(
                    der,
                    ignored -> EcNumbers.of(
                            info.parsePrivateKey(),
                            info.getPrivateKeyAlgorithm().getParameters())));
        }
        if (type.equals(ED25519)) {
            byte[] seed = read(
                    der,
                    ignored ->
                            ASN1OctetString.getInstance(info.parsePrivateKey()).getOctets());
            return made(() -> PrivateKeys.ed25519(seed));
        }
        throw new KeyFileException(
                Problem.UNSUPPORTED, "a key of type " + type + "; Ed25519, ECDSA with NIST's curves and RSA are taken");
    }

    /** What is known of an ECDSA key; its point is optional in the file. */
    @SuppressWarnings("ArrayRecordComponent") // handed over once
    private record EcNumbers(NistCurve curve, BigInteger secret, byte @Nullable [] point) {

        static EcNumbers of(@Nullable Object structure, @Nullable ASN1Encodable outerParameters)
                throws KeyFileException {
            ECPrivateKey key = ECPrivateKey.getInstance(structure);
            ASN1Encodable parameters = outerParameters != null ? outerParameters : key.getParametersObject();
            NistCurve curve = parameters instanceof ASN1ObjectIdentifier name && CURVES.containsKey(name)
                    ? CURVES.get(name)
                    : null;
            if (curve == null) {
                throw new KeyFileException(
                        Problem.UNSUPPORTED, "a key of another curve than NIST's P-256, P-384 and P-521 by name");
            }
            ASN1BitString point = key.getPublicKey();
            return new EcNumbers(curve, key.getKey(), point == null ? null : point.getOctets());
        }
    }

    private static SshKeyPair ecdsa(EcNumbers numbers) throws KeyFileException {
        SshKeyPair pair = made(() -> PrivateKeys.ecdsa(numbers.curve(), numbers.secret()));
        byte[] claimed = numbers.point();
        // a compressed point is of another length, and needed for nothing
        if (claimed != null
                && claimed.length == numbers.curve().pointOctets()
                && !Arrays.equals(claimed, ((EcdsaPublicKey) pair.publicKey()).point())) {
            throw new KeyFileException(Problem.MALFORMED, "a key file whose public key is that of another");
        }
        return pair;
    }

    @FunctionalInterface
    private interface Making {
        SshKeyPair make() throws SshProtocolException;
    }

    private static SshKeyPair made(Making making) throws KeyFileException {
        try {
            return making.make();
        } catch (SshProtocolException e) {
            throw new KeyFileException(Problem.MALFORMED, "a key that cannot be used: " + e.getMessage(), e);
        }
    }
}
