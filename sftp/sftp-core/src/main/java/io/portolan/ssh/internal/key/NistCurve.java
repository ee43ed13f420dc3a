package io.portolan.ssh.internal.key;

import io.portolan.ssh.internal.wire.SshProtocolException;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import java.util.Optional;

/** The three curves that RFC 5656 section 10.1 requires, with the digest that section 6.2.1 pairs with each. All have the cofactor 1. */
public enum NistCurve {
    P256("nistp256", "secp256r1", 256, "SHA-256"),
    P384("nistp384", "secp384r1", 384, "SHA-384"),
    P521("nistp521", "secp521r1", 521, "SHA-512");

    /** The one form of a point that we read and write; RFC 5656 section 3.1 allows compressed ones too, which no peer sends. */
    private static final byte UNCOMPRESSED = 4;

    private final String sshName;
    private final String jdkName;
    private final int fieldOctets;
    private final String digest;

    NistCurve(String sshName, String jdkName, int bits, String digest) {
        this.sshName = sshName;
        this.jdkName = jdkName;
        this.fieldOctets = (bits + Byte.SIZE - 1) / Byte.SIZE;
        this.digest = digest;
    }

    /** The curve of a name such as {@code nistp256}. */
    public static Optional<NistCurve> named(String sshName) {
        return Arrays.stream(values())
                .filter(curve -> curve.sshName.equals(sshName))
                .findFirst();
    }

    /** The name in SSH's messages. */
    public String sshName() {
        return sshName;
    }

    /** The name by which a JDK provider makes keys. */
    public ECGenParameterSpec generationParameters() {
        return new ECGenParameterSpec(jdkName);
    }

    /** Octets of a coordinate, and of a shared secret. */
    public int fieldOctets() {
        return fieldOctets;
    }

    /** Octets of a point on the wire. */
    public int pointOctets() {
        return 1 + 2 * fieldOctets;
    }

    /** The JDK's name of the digest. */
    public String digest() {
        return digest;
    }

    /** Curve, generator and order. */
    public ECParameterSpec parameters() {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(generationParameters());
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no curve " + jdkName, e);
        }
    }

    /** A public key as its point, uncompressed (SEC 1 section 2.3.3). */
    public byte[] encode(ECPublicKey key) {
        byte[] octets = new byte[pointOctets()];
        octets[0] = UNCOMPRESSED;
        FixedWidth.encode(key.getW().getAffineX(), octets, 1, fieldOctets);
        FixedWidth.encode(key.getW().getAffineY(), octets, 1 + fieldOctets, fieldOctets);
        return octets;
    }

    /**
     * A public key from its point, checked as SEC 1 section 3.2.2.1 asks: exactly this long, uncompressed, both coordinates in the field, and on the
     * curve, which infinity is not. With the cofactor 1 each such point has the full order.
     */
    public ECPublicKey decode(byte[] octets) throws SshProtocolException {
        if (octets.length != pointOctets() || octets[0] != UNCOMPRESSED) {
            throw SshProtocolException.malformed("no uncompressed point of " + sshName);
        }
        BigInteger x = new BigInteger(1, octets, 1, fieldOctets);
        BigInteger y = new BigInteger(1, octets, 1 + fieldOctets, fieldOctets);
        ECParameterSpec parameters = parameters();
        if (!isOnCurve(parameters, x, y)) {
            throw SshProtocolException.malformed("a point that is not on " + sshName);
        }
        try {
            return (ECPublicKey)
                    KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(new ECPoint(x, y), parameters));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no curve " + jdkName, e);
        }
    }

    private static boolean isOnCurve(ECParameterSpec parameters, BigInteger x, BigInteger y) {
        BigInteger p = ((ECFieldFp) parameters.getCurve().getField()).getP();
        if (x.compareTo(p) >= 0 || y.compareTo(p) >= 0) {
            return false;
        }
        BigInteger a = parameters.getCurve().getA();
        BigInteger b = parameters.getCurve().getB();
        return y.multiply(y)
                .mod(p)
                .equals(x.multiply(x).add(a).multiply(x).add(b).mod(p));
    }
}
