package io.portolan.ssh.internal.kex;

import java.security.MessageDigest;
import java.util.Arrays;

/** Keys from the secret (RFC 4253 section 7.2). It lasts as long as the secret, which its owner closes. */
public final class KeyDerivation {

    private final KexMethod method;
    private final SharedSecret secret;
    private final byte[] exchangeHash;
    private final byte[] sessionId;

    /**
     * For one key exchange.
     *
     * @param exchangeHash H of this exchange
     * @param sessionId H of the connection's first exchange
     */
    public KeyDerivation(KexMethod method, SharedSecret secret, byte[] exchangeHash, byte[] sessionId) {
        this.method = method;
        this.secret = secret;
        this.exchangeHash = exchangeHash.clone();
        this.sessionId = sessionId.clone();
    }

    /** So many octets for a purpose; the caller zeroes them when they are used up. */
    public byte[] derive(KeyPurpose purpose, int octets) {
        MessageDigest digest = method.newDigest();
        byte[] key = new byte[octets];
        byte[] block = {(byte) purpose.letter()};
        for (int size = 0; size < octets; ) {
            secret.update(digest);
            digest.update(exchangeHash);
            if (size == 0) {
                digest.update(block);
                digest.update(sessionId);
            } else {
                digest.update(key, 0, size);
            }
            block = digest.digest();
            int taken = Math.min(block.length, octets - size);
            System.arraycopy(block, 0, key, size, taken);
            Arrays.fill(block, (byte) 0);
            size += taken;
        }
        return key;
    }
}
