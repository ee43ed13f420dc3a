package io.portolan.ftps.internal;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;

/**
 * A key and its certificates.
 *
 * @param key the private key
 * @param chain the certificates, the one of this key first
 */
public record KeyEntry(PrivateKey key, List<X509Certificate> chain) {

    /** Anything will do. */
    private static final byte[] PROBE = {'p', 'r', 'o', 'b', 'e'};

    /**
     * Checks whether they belong together.
     *
     * @throws IllegalArgumentException if they do not
     */
    public static KeyEntry of(PrivateKey key, List<X509Certificate> chain) {
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("there is no certificate with the key");
        }
        PublicKey certified = chain.get(0).getPublicKey();
        if (!key.getAlgorithm().equals(certified.getAlgorithm()) || differ(key, certified)) {
            throw new IllegalArgumentException("the key is not that of the certificate of "
                    + chain.get(0).getSubjectX500Principal().getName());
        }
        return new KeyEntry(key, List.copyOf(chain));
    }

    /** Where the numbers do not tell at once, a signature does. A key that this JVM cannot sign with here, such as one of hardware, is believed. */
    private static boolean differ(PrivateKey key, PublicKey certified) {
        if (key instanceof RSAPrivateKey one && certified instanceof RSAPublicKey other) {
            return !one.getModulus().equals(other.getModulus());
        }
        if (key instanceof ECPrivateKey one
                && certified instanceof ECPublicKey other
                && !one.getParams().getCurve().equals(other.getParams().getCurve())) {
            return true;
        }
        String algorithm = key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : key.getAlgorithm();
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(PROBE);
            byte[] signed = signature.sign();
            signature.initVerify(certified);
            signature.update(PROBE);
            return !signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
