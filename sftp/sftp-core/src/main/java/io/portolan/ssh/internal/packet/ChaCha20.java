package io.portolan.ssh.internal.packet;

import java.security.GeneralSecurityException;

/**
 * The stream cipher ChaCha20 (RFC 8439, section 2.4) under one key, whose nonces are the sequence numbers of packets. An object encrypts one packet at a time: first
 * {@link #begin}, then {@link #apply} for what follows block 0.
 */
sealed interface ChaCha20 permits JdkChaCha20, LaneChaCha20 {

    int KEY_LENGTH = 32;
    int BLOCK = 64;

    /** From here on the JDK has it written for the processor (JDK-8247645); before, it is far slower than what its compiler makes of {@link LaneChaCha20}. */
    int FIRST_JDK_WITH_INTRINSICS = 20;

    /** The one that is fast on this JVM. */
    static ChaCha20 of(byte[] keys, int offset) throws GeneralSecurityException {
        return Runtime.version().feature() >= FIRST_JDK_WITH_INTRINSICS
                ? new JdkChaCha20(keys, offset)
                : new LaneChaCha20(keys, offset);
    }

    /**
     * Begins with a packet.
     *
     * @param sequence its number, which has not been used with this key before
     * @param block gets block 0 of the key stream
     */
    void begin(int sequence, byte[] block) throws GeneralSecurityException;

    /**
     * Encrypts, or decrypts, with block 1 and those that follow. Once per packet.
     *
     * @param out another array
     */
    void apply(byte[] in, int offset, int length, byte[] out, int outOffset) throws GeneralSecurityException;
}
