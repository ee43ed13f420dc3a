package io.portolan.auth;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Passwords' HMAC-SHA-256 under a random key that never leaves this object: cheap to compute, and of one length whatever the password's. */
final class KeyedDigest {

    private static final String ALGORITHM = "HmacSHA256";

    private static final int KEY_BYTES = 32;

    private final SecretKeySpec key;

    KeyedDigest() {
        byte[] bytes = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        key = new SecretKeySpec(bytes, ALGORITHM);
    }

    PasswordAccounts.Secret secret(char[] password) {
        byte[] expected = digest(password);
        return candidate -> MessageDigest.isEqual(expected, digest(candidate));
    }

    /** A secret that no password matches but by an accident of 2⁻²⁵⁶, and whose comparison costs what any other does. */
    PasswordAccounts.Secret unmatched() {
        byte[] random = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(random);
        return candidate -> MessageDigest.isEqual(random, digest(candidate));
    }

    private byte[] digest(char[] password) {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password));
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(bytes);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        } finally {
            wipe(bytes);
        }
    }

    private static void wipe(ByteBuffer bytes) {
        bytes.clear();
        while (bytes.hasRemaining()) {
            bytes.put((byte) 0);
        }
    }
}
