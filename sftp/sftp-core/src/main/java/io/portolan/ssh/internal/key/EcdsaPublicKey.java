package io.portolan.ssh.internal.key;

import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;
import io.portolan.ssh.internal.wire.SshWriter;
import java.math.BigInteger;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.List;

/** {@code ecdsa-sha2-nistp256}, {@code -nistp384} and {@code -nistp521} (RFC 5656 section 3). */
public final class EcdsaPublicKey implements SshPublicKey {

    static final String TYPE_PREFIX = "ecdsa-sha2-";

    private final NistCurve curve;
    private final ECPublicKey key;
    private final byte[] point;

    EcdsaPublicKey(NistCurve curve, ECPublicKey key) {
        this.curve = curve;
        this.key = key;
        this.point = curve.encode(key);
    }

    static EcdsaPublicKey read(String type, SshReader reader) throws SshProtocolException {
        String name = type.substring(TYPE_PREFIX.length());
        NistCurve curve =
                NistCurve.named(name).orElseThrow(() -> SshProtocolException.malformed("a public key of type " + type));
        if (!reader.readName().equals(name)) {
            throw SshProtocolException.malformed("an ECDSA key whose curve is not that of its type");
        }
        return new EcdsaPublicKey(curve, curve.decode(reader.readString(curve.pointOctets())));
    }

    /** The JDK's name of the signature with r and s as octets of fixed width. */
    static String jdkAlgorithm(NistCurve curve) {
        return curve.digest().replace("-", "") + "withECDSAinP1363Format";
    }

    @Override
    public String type() {
        return TYPE_PREFIX + curve.sshName();
    }

    @Override
    public List<String> signatureAlgorithms() {
        return List.of(type());
    }

    NistCurve curve() {
        return curve;
    }

    byte[] point() {
        return point.clone();
    }

    @Override
    public byte[] blob() {
        return new SshWriter()
                .writeString(type())
                .writeString(curve.sshName())
                .writeString(point)
                .toByteArray();
    }

    /** r and s have to be from 1 to the order less one: with zeros, verifiers of the past took everything for signed. */
    @Override
    public boolean verifyOctets(String algorithm, byte[] data, byte[] signature) throws SshProtocolException {
        SshReader reader = new SshReader(signature);
        int bits = curve.fieldOctets() * Byte.SIZE;
        BigInteger r = reader.readUnsignedMpint(bits);
        BigInteger s = reader.readUnsignedMpint(bits);
        reader.expectEnd();
        BigInteger order = key.getParams().getOrder();
        if (r.signum() == 0 || s.signum() == 0 || r.compareTo(order) >= 0 || s.compareTo(order) >= 0) {
            return false;
        }
        byte[] octets = new byte[2 * curve.fieldOctets()];
        FixedWidth.encode(r, octets, 0, curve.fieldOctets());
        FixedWidth.encode(s, octets, curve.fieldOctets(), curve.fieldOctets());
        return Signatures.verify(jdkAlgorithm(curve), key, data, octets);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EcdsaPublicKey that && Arrays.equals(point, that.point);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(point);
    }

    @Override
    public String toString() {
        return type() + " " + fingerprint();
    }
}
