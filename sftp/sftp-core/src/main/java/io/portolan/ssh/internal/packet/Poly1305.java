package io.portolan.ssh.internal.packet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The one-time authenticator Poly1305 (RFC 8439, section 2.5) of one array, on limbs of 44, 44 and 42 bits: the JDK keeps its own to itself, and those on 26 bits take
 * several times as long. Neither branches nor indexes depend on key or data.
 *
 * <p>A product of two limbs is needed in two parts, below and from bit 44 (42 for the highest limb). Both factors are kept shifted by ten bits, so that the part from bit
 * 44 on is just the upper word of the product; the factors of what ends in the highest limb are shifted by two more.
 */
final class Poly1305 {

    static final int KEY_LENGTH = 32;
    static final int TAG_LENGTH = 16;

    private static final int BLOCK = 16;
    private static final int LIMB = 44;
    private static final int TOP_LIMB = 42;
    private static final long MASK = (1L << LIMB) - 1;
    private static final long TOP_MASK = (1L << TOP_LIMB) - 1;

    /** What a factor of a product is shifted by that is cut at bit 44, and at bit 42: together with the other's ten bits they make 64. */
    private static final int SHIFT = 10;

    private static final int TOP_SHIFT = 12;

    /** 2^128, which is added to each whole block, in the highest limb. */
    private static final long BLOCK_BIT = 1L << 40;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final long r0;
    private final long r1;
    private final long r2;
    private final long pad0;
    private final long pad1;
    private long h0;
    private long h1;
    private long h2;

    private Poly1305(byte[] key) {
        long low = (long) LONG.get(key, 0);
        long high = (long) LONG.get(key, 8);
        r0 = low & 0xffc0fffffffL;
        r1 = (low >>> 44 | high << 20) & 0xfffffc0ffffL;
        r2 = high >>> 24 & 0x00ffffffc0fL;
        pad0 = (long) LONG.get(key, 16);
        pad1 = (long) LONG.get(key, 24);
    }

    /**
     * Writes the tag of a message.
     *
     * @param key begins with the 32 octets of a key that serves for this message only
     * @param out gets 16 octets, which may follow the message in the same array
     */
    static void tag(byte[] key, byte[] message, int offset, int length, byte[] out, int outOffset) {
        Poly1305 poly = new Poly1305(key);
        int whole = length - length % BLOCK;
        poly.blocks(message, offset, whole, BLOCK_BIT);
        int rest = length - whole;
        if (rest > 0) {
            byte[] last = new byte[BLOCK];
            System.arraycopy(message, offset + whole, last, 0, rest);
            last[rest] = 1;
            poly.blocks(last, 0, BLOCK, 0);
        }
        poly.finish(out, outOffset);
    }

    private void blocks(byte[] in, int offset, int length, long blockBit) {
        long lowR0 = r0;
        long lowR1 = r1;
        long lowR2 = r2;
        // 2^132 is 20 modulo the prime: what leaves the highest limb comes back so.
        long lowS1 = lowR1 * 20;
        long lowS2 = lowR2 * 20;
        long highR0 = lowR0 << SHIFT;
        long highR1 = lowR1 << SHIFT;
        long highS1 = lowS1 << SHIFT;
        long highS2 = lowS2 << SHIFT;
        long topR0 = lowR0 << TOP_SHIFT;
        long topR1 = lowR1 << TOP_SHIFT;
        long topR2 = lowR2 << TOP_SHIFT;
        long a0 = h0;
        long a1 = h1;
        long a2 = h2;
        for (int at = offset; at < offset + length; at += BLOCK) {
            long low = (long) LONG.get(in, at);
            long high = (long) LONG.get(in, at + 8);
            a0 += low & MASK;
            a1 += (low >>> 44 | high << 20) & MASK;
            a2 += high >>> 24 | blockBit;
            long b0 = a0 << SHIFT;
            long b1 = a1 << SHIFT;
            long b2 = a2 << SHIFT;

            long d0 = (a0 * lowR0 & MASK) + (a1 * lowS2 & MASK) + (a2 * lowS1 & MASK);
            long d1 = (a0 * lowR1 & MASK) + (a1 * lowR0 & MASK) + (a2 * lowS2 & MASK);
            long d2 = (a0 * lowR2 & TOP_MASK) + (a1 * lowR1 & TOP_MASK) + (a2 * lowR0 & TOP_MASK);
            long c0 = Math.multiplyHigh(b0, highR0) + Math.multiplyHigh(b1, highS2) + Math.multiplyHigh(b2, highS1);
            long c1 = Math.multiplyHigh(b0, highR1) + Math.multiplyHigh(b1, highR0) + Math.multiplyHigh(b2, highS2);
            long c2 = Math.multiplyHigh(b0, topR2) + Math.multiplyHigh(b1, topR1) + Math.multiplyHigh(b2, topR0);

            a0 = d0 & MASK;
            d1 += c0 + (d0 >>> LIMB);
            a1 = d1 & MASK;
            d2 += c1 + (d1 >>> LIMB);
            a2 = d2 & TOP_MASK;
            // 2^130 is 5 modulo the prime.
            a0 += (c2 + (d2 >>> TOP_LIMB)) * 5;
            a1 += a0 >>> LIMB;
            a0 &= MASK;
        }
        h0 = a0;
        h1 = a1;
        h2 = a2;
    }

    /** The remainder modulo the prime plus the key's second half, modulo 2^128. */
    private void finish(byte[] out, int outOffset) {
        carry();
        carry();
        // Without the prime, 2^130 - 5, if that is not negative; chosen without a branch.
        long g0 = h0 + 5;
        long g1 = h1 + (g0 >>> LIMB);
        long g2 = h2 + (g1 >>> LIMB) - (1L << TOP_LIMB);
        long keep = g2 >> 63;
        long a0 = h0 & keep | g0 & MASK & ~keep;
        long a1 = h1 & keep | g1 & MASK & ~keep;
        long a2 = h2 & keep | g2 & ~keep;

        a0 += pad0 & MASK;
        a1 += ((pad0 >>> 44 | pad1 << 20) & MASK) + (a0 >>> LIMB);
        a2 += (pad1 >>> 24) + (a1 >>> LIMB);
        a0 &= MASK;
        a1 &= MASK;
        LONG.set(out, outOffset, a0 | a1 << 44);
        LONG.set(out, outOffset + 8, a1 >>> 20 | a2 << 24);
    }

    private void carry() {
        h1 += h0 >>> LIMB;
        h0 &= MASK;
        h2 += h1 >>> LIMB;
        h1 &= MASK;
        h0 += (h2 >>> TOP_LIMB) * 5;
        h2 &= TOP_MASK;
        h1 += h0 >>> LIMB;
        h0 &= MASK;
    }
}
