package io.portolan.ssh.internal.kex;

import io.portolan.ssh.internal.wire.DisconnectReason;
import io.portolan.ssh.internal.wire.SshProtocolException;
import java.security.SecureRandom;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.SecretWithEncapsulation;
import org.bouncycastle.crypto.generators.MLKEMKeyPairGenerator;
import org.bouncycastle.crypto.kems.MLKEMExtractor;
import org.bouncycastle.crypto.kems.MLKEMGenerator;
import org.bouncycastle.crypto.params.MLKEMKeyGenerationParameters;
import org.bouncycastle.crypto.params.MLKEMParameters;
import org.bouncycastle.crypto.params.MLKEMPrivateKeyParameters;
import org.bouncycastle.crypto.params.MLKEMPublicKeyParameters;

/** ML-KEM (FIPS 203), of Bouncy Castle: the JDK has it from 24 on, behind an interface that 17 does not have. */
record MlKem(MLKEMParameters parameters, int publicKeyOctets, int ciphertextOctets) implements Kem {

    static final MlKem ML_KEM_768 = new MlKem(MLKEMParameters.ml_kem_768, 1184, 1088);
    static final MlKem ML_KEM_1024 = new MlKem(MLKEMParameters.ml_kem_1024, 1568, 1568);

    /** The modulus of FIPS 203. */
    private static final int Q = 3329;

    /** At the end of a public key; before it are coefficients of 12 bits. */
    private static final int SEED_OCTETS = 32;

    @Override
    public Receiver generate(SecureRandom random) {
        MLKEMKeyPairGenerator generator = new MLKEMKeyPairGenerator();
        generator.init(new MLKEMKeyGenerationParameters(random, parameters));
        AsymmetricCipherKeyPair pair = generator.generateKeyPair();
        return new Keys((MLKEMPublicKeyParameters) pair.getPublic(), (MLKEMPrivateKeyParameters) pair.getPrivate());
    }

    @Override
    public KeyAgreement.ServerHalf encapsulate(byte[] publicKey, SecureRandom random) throws SshProtocolException {
        requireReduced(publicKey);
        SecretWithEncapsulation wrapped =
                new MLKEMGenerator(random).generateEncapsulated(new MLKEMPublicKeyParameters(parameters, publicKey));
        return new KeyAgreement.ServerHalf(wrapped.getEncapsulation(), wrapped.getSecret());
    }

    /** The modulus check of FIPS 203 section 7.2: each coefficient is the remainder that it should be. */
    private static void requireReduced(byte[] publicKey) throws SshProtocolException {
        for (int i = 0; i < publicKey.length - SEED_OCTETS; i += 3) {
            int three = publicKey[i] & 0xff | (publicKey[i + 1] & 0xff) << 8 | (publicKey[i + 2] & 0xff) << 16;
            if ((three & 0xfff) >= Q || three >>> 12 >= Q) {
                throw new SshProtocolException(
                        DisconnectReason.KEY_EXCHANGE_FAILED, "an ML-KEM key with a coefficient that is not reduced");
            }
        }
    }

    private record Keys(MLKEMPublicKeyParameters open, MLKEMPrivateKeyParameters secret) implements Receiver {
        @Override
        public byte[] publicKey() {
            return open.getEncoded();
        }

        @Override
        public byte[] decapsulate(byte[] ciphertext) {
            return new MLKEMExtractor(secret).extractSecret(ciphertext);
        }
    }
}
