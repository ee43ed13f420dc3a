package io.portolan.ssh.internal.kex;

import io.portolan.ssh.internal.wire.SshProtocolException;
import java.security.SecureRandom;

/** A key encapsulation mechanism: the client makes a key, the server wraps a secret for it. Lengths on the wire are fixed. */
interface Kem {

    int publicKeyOctets();

    int ciphertextOctets();

    /** A fresh key pair. */
    Receiver generate(SecureRandom random);

    /** A secret for the owner of a public key of the right length, as the share, together with the secret. */
    KeyAgreement.ServerHalf encapsulate(byte[] publicKey, SecureRandom random) throws SshProtocolException;

    /** The owner of a key pair. */
    interface Receiver {
        byte[] publicKey();

        /**
         * The secret in a ciphertext of the right length. One that was tampered with gives another secret and no error, so that the exchange fails at the
         * signature.
         */
        byte[] decapsulate(byte[] ciphertext);
    }
}
