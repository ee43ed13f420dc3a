package io.portolan.ssh.internal.kex;

import io.portolan.ssh.internal.key.NistCurve;
import io.portolan.ssh.internal.wire.DisconnectReason;
import io.portolan.ssh.internal.wire.SshProtocolException;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;

/** ECDH on a NIST curve (RFC 5656 section 4). The secret is the x coordinate in its full width, leading zeros and all. */
record EcdhAgreement(NistCurve curve) implements KeyAgreement {

    @Override
    public ClientHalf begin(SecureRandom random) {
        return new Client(curve, generate(random));
    }

    @Override
    public ServerHalf answer(byte[] clientShare, SecureRandom random) throws SshProtocolException {
        KeyPair pair = generate(random);
        return new ServerHalf(
                curve.encode((ECPublicKey) pair.getPublic()), agree(curve, pair.getPrivate(), clientShare));
    }

    private KeyPair generate(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(curve.generationParameters(), random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw noEcdh(e);
        }
    }

    static byte[] agree(NistCurve curve, PrivateKey ours, byte[] theirs) throws SshProtocolException {
        ECPublicKey share;
        try {
            share = curve.decode(theirs);
        } catch (SshProtocolException e) {
            throw new SshProtocolException(DisconnectReason.KEY_EXCHANGE_FAILED, "a share that is no point", e);
        }
        try {
            javax.crypto.KeyAgreement agreement = javax.crypto.KeyAgreement.getInstance("ECDH");
            agreement.init(ours);
            agreement.doPhase(share, true);
            byte[] secret = agreement.generateSecret();
            if (secret.length != curve.fieldOctets()) {
                throw new IllegalStateException("a provider's ECDH that shortens its secrets");
            }
            return secret;
        } catch (InvalidKeyException e) {
            throw new SshProtocolException(DisconnectReason.KEY_EXCHANGE_FAILED, "a share that is no key", e);
        } catch (GeneralSecurityException e) {
            throw noEcdh(e);
        }
    }

    private static IllegalStateException noEcdh(GeneralSecurityException e) {
        return new IllegalStateException("this JVM has no ECDH", e);
    }

    private record Client(NistCurve curve, KeyPair pair) implements ClientHalf {
        @Override
        public byte[] share() {
            return curve.encode((ECPublicKey) pair.getPublic());
        }

        @Override
        public byte[] finish(byte[] serverShare) throws SshProtocolException {
            return agree(curve, pair.getPrivate(), serverShare);
        }
    }
}
