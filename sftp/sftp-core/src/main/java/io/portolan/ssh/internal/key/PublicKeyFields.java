package io.portolan.ssh.internal.key;

import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;

/** What follows the type in the blob of a key, and the nonce in that of a certificate. */
final class PublicKeyFields {

    private PublicKeyFields() {}

    /** Reads the fields of a key of this type; what is behind them is the caller's. */
    static SshPublicKey read(String type, SshReader reader) throws SshProtocolException {
        if (type.equals(Ed25519PublicKey.TYPE)) {
            return Ed25519PublicKey.read(reader);
        }
        if (type.equals(RsaPublicKey.TYPE)) {
            return RsaPublicKey.read(reader);
        }
        if (SecurityKeyPublicKey.TYPES.contains(type)) {
            return SecurityKeyPublicKey.read(type, reader);
        }
        if (type.startsWith(EcdsaPublicKey.TYPE_PREFIX)) {
            return EcdsaPublicKey.read(type, reader);
        }
        throw SshProtocolException.malformed("a public key of type " + type);
    }
}
