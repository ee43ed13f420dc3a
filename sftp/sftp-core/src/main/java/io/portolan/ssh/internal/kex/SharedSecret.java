package io.portolan.ssh.internal.kex;

import io.portolan.ssh.internal.wire.SshWriter;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * K of RFC 4253 section 8, in the form in which it is hashed. That form is the method's: an {@code mpint} for Diffie-Hellman of all kinds, a
 * {@code string} for the hybrid methods. To mix them up works 255 times of 256 or half of the time, and then fails.
 */
public final class SharedSecret implements AutoCloseable {

    private final byte[] encoded;

    private SharedSecret(byte[] encoded) {
        this.encoded = encoded;
    }

    /** K as a number; what was handed in is zeroed. */
    static SharedSecret number(byte[] magnitude) {
        return take(new SshWriter(magnitude.length + 5).writeMpint(magnitude), magnitude);
    }

    /** K as octets; what was handed in is zeroed. */
    static SharedSecret octets(byte[] octets) {
        return take(new SshWriter(octets.length + 4).writeString(octets), octets);
    }

    private static SharedSecret take(SshWriter writer, byte[] source) {
        byte[] encoded = writer.toByteArray();
        writer.wipe();
        Arrays.fill(source, (byte) 0);
        return new SharedSecret(encoded);
    }

    void update(MessageDigest digest) {
        digest.update(encoded);
    }

    /** Zeroes it. */
    @Override
    public void close() {
        Arrays.fill(encoded, (byte) 0);
    }
}
