package io.portolan.ftps.internal;

import java.security.PrivateKey;
import java.security.PublicKey;
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

    /**
     * Checks as much as can be seen of whether they belong together.
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

    private static boolean differ(PrivateKey key, PublicKey certified) {
        if (key instanceof RSAPrivateKey one && certified instanceof RSAPublicKey other) {
            return !one.getModulus().equals(other.getModulus());
        }
        if (key instanceof ECPrivateKey one && certified instanceof ECPublicKey other) {
            return !one.getParams().getCurve().equals(other.getParams().getCurve());
        }
        return false;
    }
}
