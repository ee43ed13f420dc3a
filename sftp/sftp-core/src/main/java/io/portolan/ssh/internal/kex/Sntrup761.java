package io.portolan.ssh.internal.kex;

import java.security.SecureRandom;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.pqc.crypto.ntruprime.SNTRUPrimeKEMExtractor;
import org.bouncycastle.pqc.crypto.ntruprime.SNTRUPrimeKeyGenerationParameters;
import org.bouncycastle.pqc.crypto.ntruprime.SNTRUPrimeKeyPairGenerator;
import org.bouncycastle.pqc.crypto.ntruprime.SNTRUPrimeParameters;
import org.bouncycastle.pqc.crypto.ntruprime.SNTRUPrimePrivateKeyParameters;
import org.bouncycastle.pqc.crypto.ntruprime.SNTRUPrimePublicKeyParameters;

/** Streamlined NTRU Prime 761 (RFC 9941): the client's half is Bouncy Castle's, the server's {@link Sntrup761Encapsulation}. */
final class Sntrup761 implements Kem {

    private static final int PUBLIC_KEY_OCTETS = 1158;
    private static final int CIPHERTEXT_OCTETS = 1039;

    @Override
    public int publicKeyOctets() {
        return PUBLIC_KEY_OCTETS;
    }

    @Override
    public int ciphertextOctets() {
        return CIPHERTEXT_OCTETS;
    }

    @Override
    public Receiver generate(SecureRandom random) {
        SNTRUPrimeKeyPairGenerator generator = new SNTRUPrimeKeyPairGenerator();
        generator.init(new SNTRUPrimeKeyGenerationParameters(random, SNTRUPrimeParameters.sntrup761));
        AsymmetricCipherKeyPair pair = generator.generateKeyPair();
        return new Keys(
                (SNTRUPrimePublicKeyParameters) pair.getPublic(), (SNTRUPrimePrivateKeyParameters) pair.getPrivate());
    }

    @Override
    public KeyAgreement.ServerHalf encapsulate(byte[] publicKey, SecureRandom random) {
        return Sntrup761Encapsulation.encapsulate(publicKey, random);
    }

    private record Keys(SNTRUPrimePublicKeyParameters open, SNTRUPrimePrivateKeyParameters secret) implements Receiver {
        @Override
        public byte[] publicKey() {
            return open.getEncoded();
        }

        @Override
        public byte[] decapsulate(byte[] ciphertext) {
            return new SNTRUPrimeKEMExtractor(secret).extractSecret(ciphertext);
        }
    }
}
