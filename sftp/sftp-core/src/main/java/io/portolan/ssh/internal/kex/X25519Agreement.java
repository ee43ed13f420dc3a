package io.portolan.ssh.internal.kex;

import io.portolan.ssh.internal.wire.DisconnectReason;
import io.portolan.ssh.internal.wire.SshProtocolException;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;

/** X25519 (RFC 7748) as RFC 8731 uses it: 32 octets each way, and no secret of zeros only. */
final class X25519Agreement implements KeyAgreement {

    /** Of a share, and of a secret. */
    static final int OCTETS = 32;

    /** SubjectPublicKeyInfo of X25519 up to the key (RFC 8410): the road into the JDK that leaves the octets as they are. */
    private static final byte[] X509_PREFIX = {0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x6e, 0x03, 0x21, 0x00};

    @Override
    public ClientHalf begin(SecureRandom random) {
        return new Client(generate(random));
    }

    @Override
    public ServerHalf answer(byte[] clientShare, SecureRandom random) throws SshProtocolException {
        KeyPair pair = generate(random);
        return new ServerHalf(encode(pair.getPublic()), agree(pair.getPrivate(), clientShare));
    }

    private static KeyPair generate(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("X25519");
            generator.initialize(NamedParameterSpec.X25519, random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no X25519", e);
        }
    }

    private static byte[] encode(PublicKey key) {
        byte[] encoded = key.getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - OCTETS, encoded.length);
    }

    static byte[] agree(PrivateKey ours, byte[] theirs) throws SshProtocolException {
        if (theirs.length != OCTETS) {
            throw refused("an X25519 share of " + theirs.length + " octets");
        }
        byte[] encoded = Arrays.copyOf(X509_PREFIX, X509_PREFIX.length + OCTETS);
        System.arraycopy(theirs, 0, encoded, X509_PREFIX.length, OCTETS);
        byte[] secret;
        try {
            javax.crypto.KeyAgreement agreement = javax.crypto.KeyAgreement.getInstance("X25519");
            agreement.init(ours);
            agreement.doPhase(KeyFactory.getInstance("X25519").generatePublic(new X509EncodedKeySpec(encoded)), true);
            secret = agreement.generateSecret();
        } catch (InvalidKeyException e) {
            // the JDK finds points of small order by itself; other providers may leave that to the check below
            throw new SshProtocolException(DisconnectReason.KEY_EXCHANGE_FAILED, "an X25519 share of small order", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no X25519", e);
        }
        int any = 0;
        for (byte octet : secret) {
            any |= octet;
        }
        if (any == 0) {
            throw refused("an X25519 secret of zeros only");
        }
        return secret;
    }

    private static SshProtocolException refused(String message) {
        return new SshProtocolException(DisconnectReason.KEY_EXCHANGE_FAILED, message);
    }

    private record Client(KeyPair pair) implements ClientHalf {
        @Override
        public byte[] share() {
            return encode(pair.getPublic());
        }

        @Override
        public byte[] finish(byte[] serverShare) throws SshProtocolException {
            return agree(pair.getPrivate(), serverShare);
        }
    }
}
