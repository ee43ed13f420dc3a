package io.portolan.ssh.internal.packet;

import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's own ciphers, whatever provider an application has put first: Bouncy Castle's in Java alone are ten times slower. A JDK without SunJCE (FIPS) is asked
 * for what it has.
 */
final class JdkCrypto {

    private static final String PROVIDER = "SunJCE";

    private JdkCrypto() {}

    static Cipher cipher(String transformation) throws GeneralSecurityException {
        Provider provider = provider();
        if (provider != null) {
            try {
                return Cipher.getInstance(transformation, provider);
            } catch (NoSuchAlgorithmException e) {
                // Another provider may have it.
            }
        }
        return Cipher.getInstance(transformation);
    }

    static Mac mac(String algorithm) throws GeneralSecurityException {
        Provider provider = provider();
        if (provider != null) {
            try {
                return Mac.getInstance(algorithm, provider);
            } catch (NoSuchAlgorithmException e) {
                // Another provider may have it.
            }
        }
        return Mac.getInstance(algorithm);
    }

    private static @Nullable Provider provider() {
        return Security.getProvider(PROVIDER);
    }
}
