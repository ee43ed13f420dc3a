package io.portolan.ssh.internal.packet;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A cipher with the MAC that it needs, and keys made from a seed, so that both ends of a test have the same. */
record Protection(SshCipher cipher, SshMac mac) {

    private static final byte[] NOTHING = {};

    /** Everything that can be negotiated. */
    static List<Protection> all() {
        List<Protection> all = new ArrayList<>();
        for (SshCipher cipher : SshCipher.values()) {
            if (cipher.isAuthenticated()) {
                all.add(new Protection(cipher, null));
            } else {
                for (SshMac mac : SshMac.values()) {
                    all.add(new Protection(cipher, mac));
                }
            }
        }
        return all;
    }

    PacketCipher create(long seed) {
        try {
            return cipher.create(mac, iv(seed), key(seed), macKey(seed));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    byte[] iv(long seed) {
        return octets(seed, cipher.ivLength());
    }

    byte[] key(long seed) {
        return octets(seed + 1, cipher.keyLength());
    }

    byte[] macKey(long seed) {
        return mac == null ? NOTHING : octets(seed + 2, mac.keyLength());
    }

    boolean lengthIsEncrypted() {
        return cipher == SshCipher.CHACHA20_POLY1305 || mac != null && !mac.isEncryptThenMac();
    }

    static byte[] octets(long seed, int length) {
        byte[] octets = new byte[length];
        new Random(seed).nextBytes(octets);
        return octets;
    }

    @Override
    public String toString() {
        return mac == null ? cipher.sshName() : cipher.sshName() + " " + mac.sshName();
    }
}
