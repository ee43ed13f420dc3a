package io.portolan.ssh.internal.key;

import io.portolan.ssh.internal.wire.DisconnectReason;
import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;
import io.portolan.ssh.internal.wire.SshWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.util.Arrays;

/** A private key with its type, as it stands in key files and as agents are given it (OpenSSH's PROTOCOL.key, RFC 9987 section 3.2). */
final class PrivateKeyFields {

    private PrivateKeyFields() {}

    static SshKeyPair read(SshReader reader) throws SshProtocolException {
        String type = reader.readName();
        SshKeyPair pair;
        if (type.equals(Ed25519PublicKey.TYPE)) {
            pair = readEd25519(reader);
        } else if (type.equals(RsaPublicKey.TYPE)) {
            pair = readRsa(reader);
        } else if (type.startsWith(EcdsaPublicKey.TYPE_PREFIX)) {
            pair = readEcdsa(type, reader);
        } else {
            throw SshProtocolException.malformed("a private key of type " + type);
        }
        if (!pair.isConsistent()) {
            throw SshProtocolException.malformed("a private key that is not that of its public key");
        }
        return pair;
    }

    private static SshKeyPair readEd25519(SshReader reader) throws SshProtocolException {
        Ed25519PublicKey open = Ed25519PublicKey.read(reader);
        byte[] both = reader.readString(2 * Ed25519PublicKey.KEY_OCTETS);
        if (both.length != 2 * Ed25519PublicKey.KEY_OCTETS
                || !Arrays.equals(
                        both, Ed25519PublicKey.KEY_OCTETS, both.length, open.point(), 0, Ed25519PublicKey.KEY_OCTETS)) {
            throw SshProtocolException.malformed("a private Ed25519 key without its public one");
        }
        byte[] seed = Arrays.copyOf(both, Ed25519PublicKey.KEY_OCTETS);
        Arrays.fill(both, (byte) 0);
        try {
            PrivateKey key = KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
            return new SshKeyPair(open, key);
        } catch (GeneralSecurityException e) {
            throw refused("Ed25519", e);
        }
    }

    private static SshKeyPair readEcdsa(String type, SshReader reader) throws SshProtocolException {
        EcdsaPublicKey open = EcdsaPublicKey.read(type, reader);
        NistCurve curve = open.curve();
        BigInteger secret = reader.readUnsignedMpint(curve.fieldOctets() * Byte.SIZE);
        if (secret.signum() == 0 || secret.compareTo(curve.parameters().getOrder()) >= 0) {
            throw SshProtocolException.malformed("a private ECDSA key out of range");
        }
        try {
            PrivateKey key =
                    KeyFactory.getInstance("EC").generatePrivate(new ECPrivateKeySpec(secret, curve.parameters()));
            return new SshKeyPair(open, key);
        } catch (GeneralSecurityException e) {
            throw refused("ECDSA", e);
        }
    }

    private static SshKeyPair readRsa(SshReader reader) throws SshProtocolException {
        BigInteger modulus = reader.readUnsignedMpint(RsaPublicKey.MAX_BITS);
        RsaPublicKey open = RsaPublicKey.of(modulus, reader.readUnsignedMpint(RsaPublicKey.MAX_EXPONENT_BITS));
        BigInteger secret = reader.readUnsignedMpint(RsaPublicKey.MAX_BITS);
        BigInteger coefficient = reader.readUnsignedMpint(RsaPublicKey.MAX_BITS);
        BigInteger p = reader.readUnsignedMpint(RsaPublicKey.MAX_BITS);
        BigInteger q = reader.readUnsignedMpint(RsaPublicKey.MAX_BITS);
        boolean large = p.compareTo(BigInteger.TWO) > 0 && q.compareTo(BigInteger.TWO) > 0;
        if (!large || !p.multiply(q).equals(modulus)) {
            throw SshProtocolException.malformed("a private RSA key whose primes are not those of its modulus");
        }
        try {
            PrivateKey key = KeyFactory.getInstance("RSA")
                    .generatePrivate(new RSAPrivateCrtKeySpec(
                            modulus,
                            open.exponent(),
                            secret,
                            p,
                            q,
                            secret.mod(p.subtract(BigInteger.ONE)),
                            secret.mod(q.subtract(BigInteger.ONE)),
                            coefficient));
            return new SshKeyPair(open, key);
        } catch (GeneralSecurityException e) {
            throw refused("RSA", e);
        }
    }

    private static SshProtocolException refused(String type, GeneralSecurityException e) {
        return new SshProtocolException(
                DisconnectReason.PROTOCOL_ERROR, "a private " + type + " key that the JVM refuses", e);
    }

    static void write(SshKeyPair pair, SshWriter writer) {
        SshPublicKey open = pair.publicKey();
        writer.writeString(open.type());
        if (open instanceof Ed25519PublicKey ed25519) {
            byte[] point = ed25519.point();
            byte[] seed = ((EdECPrivateKey) pair.privateKey()).getBytes().orElseThrow();
            writer.writeString(point)
                    .writeUint32(2L * Ed25519PublicKey.KEY_OCTETS)
                    .writeBytes(seed)
                    .writeBytes(point);
            Arrays.fill(seed, (byte) 0);
        } else if (open instanceof EcdsaPublicKey ecdsa) {
            writer.writeString(ecdsa.curve().sshName())
                    .writeString(ecdsa.point())
                    .writeMpint(((ECPrivateKey) pair.privateKey()).getS());
        } else {
            RSAPrivateCrtKey rsa = (RSAPrivateCrtKey) pair.privateKey();
            writer.writeMpint(rsa.getModulus())
                    .writeMpint(rsa.getPublicExponent())
                    .writeMpint(rsa.getPrivateExponent())
                    .writeMpint(rsa.getCrtCoefficient())
                    .writeMpint(rsa.getPrimeP())
                    .writeMpint(rsa.getPrimeQ());
        }
    }
}
