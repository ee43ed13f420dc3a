package io.portolan.ssh.internal.key;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;

/** Signing and verifying by the JDK's names. */
final class Signatures {

    private Signatures() {}

    static boolean verify(String jdkAlgorithm, PublicKey key, byte[] data, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance(jdkAlgorithm);
            verifier.initVerify(key);
            verifier.update(data);
            return verifier.verify(signature);
        } catch (SignatureException | InvalidKeyException e) {
            // an encoding, or a key, that the provider cannot even try
            return false;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no " + jdkAlgorithm, e);
        }
    }

    static byte[] sign(String jdkAlgorithm, PrivateKey key, byte[] data) {
        try {
            Signature signer = Signature.getInstance(jdkAlgorithm);
            signer.initSign(key);
            signer.update(data);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM cannot sign with " + jdkAlgorithm, e);
        }
    }
}
