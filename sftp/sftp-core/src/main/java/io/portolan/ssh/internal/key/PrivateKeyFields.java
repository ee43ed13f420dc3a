package io.portolan.ssh.internal.key;

import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;
import io.portolan.ssh.internal.wire.SshWriter;
import java.math.BigInteger;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.Arrays;

/** A private key with its type, as it stands in key files and as agents are given it (OpenSSH's PROTOCOL.key, RFC 9987 section 3.2). */
final class PrivateKeyFields {

    private PrivateKeyFields() {}

    static SshKeyPair read(SshReader reader) throws SshProtocolException {
        String type = reader.readName();
        if (type.equals(Ed25519PublicKey.TYPE)) {
            return readEd25519(reader);
        }
        if (type.equals(RsaPublicKey.TYPE)) {
            return readRsa(reader);
        }
        if (type.startsWith(EcdsaPublicKey.TYPE_PREFIX)) {
            return readEcdsa(type, reader);
        }
        throw SshProtocolException.malformed("a private key of type " + type);
    }

    private static SshKeyPair readEd25519(SshReader reader) throws SshProtocolException {
        Ed25519PublicKey open = Ed25519PublicKey.read(reader);
        byte[] both = reader.readString(2 * Ed25519PublicKey.KEY_OCTETS);
        if (both.length != 2 * Ed25519PublicKey.KEY_OCTETS
                || !Arrays.equals(
                        both, Ed25519PublicKey.KEY_OCTETS, both.length, open.point(), 0, Ed25519PublicKey.KEY_OCTETS)) {
            throw SshProtocolException.malformed("a private Ed25519 key without its public one");
        }
        byte[] seed = PrivateKeys.seed(both);
        Arrays.fill(both, (byte) 0);
        return PrivateKeys.ed25519(open, seed);
    }

    private static SshKeyPair readEcdsa(String type, SshReader reader) throws SshProtocolException {
        EcdsaPublicKey open = EcdsaPublicKey.read(type, reader);
        return PrivateKeys.ecdsa(open, reader.readUnsignedMpint(open.curve().fieldOctets() * Byte.SIZE));
    }

    private static SshKeyPair readRsa(SshReader reader) throws SshProtocolException {
        BigInteger modulus = reader.readUnsignedMpint(RsaPublicKey.MAX_BITS);
        RsaPublicKey open = RsaPublicKey.of(modulus, reader.readUnsignedMpint(RsaPublicKey.MAX_EXPONENT_BITS));
        BigInteger secret = reader.readUnsignedMpint(RsaPublicKey.MAX_BITS);
        BigInteger coefficient = reader.readUnsignedMpint(RsaPublicKey.MAX_BITS);
        BigInteger p = reader.readUnsignedMpint(RsaPublicKey.MAX_BITS);
        BigInteger q = reader.readUnsignedMpint(RsaPublicKey.MAX_BITS);
        return PrivateKeys.rsa(open, secret, p, q, coefficient);
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
