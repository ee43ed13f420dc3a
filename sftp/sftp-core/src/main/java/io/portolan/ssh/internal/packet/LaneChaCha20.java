package io.portolan.ssh.internal.packet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Written so that the JVM's compiler makes vectors of it: the same word of many blocks lies in one array, and each step is a loop over the blocks. Made of additions,
 * exclusive ors and rotations alone, without a branch or an index that depends on key or data.
 */
final class LaneChaCha20 implements ChaCha20 {

    private static final int WORDS = 16;
    private static final int ROUNDS = 20;
    private static final int COUNTER = 12;
    private static final int SEQUENCE = 15;

    /** How many blocks are made at a time: so many that the loops' ends do not count, so few that all their words stay in the processor's nearest cache. */
    static final int LANES = 256;

    /** From so many blocks on vectors are worth their beginning. */
    static final int FEW = 12;

    /** A loop's length is a multiple of this: what vectors leave over would be done word by word. */
    private static final int STEP = 16;

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int[][] NONE = {};

    /** What each block begins with, but for its counter. */
    private final int[] start = new int[WORDS];

    private final int[] one = new int[WORDS];
    private final byte[] last = new byte[BLOCK];

    /** Made for the first packet that is long: many sessions never have one. */
    private int[][] lanes = NONE;

    LaneChaCha20(byte[] keys, int offset) {
        // "expand 32-byte k"
        start[0] = 0x61707865;
        start[1] = 0x3320646e;
        start[2] = 0x79622d32;
        start[3] = 0x6b206574;
        for (int i = 0; i < KEY_LENGTH / Integer.BYTES; i++) {
            start[4 + i] = (int) INT.get(keys, offset + Integer.BYTES * i);
        }
    }

    @Override
    public void begin(int sequence, byte[] block) {
        start[SEQUENCE] = Integer.reverseBytes(sequence);
        makeOne(0);
        for (int i = 0; i < WORDS; i++) {
            INT.set(block, Integer.BYTES * i, one[i]);
        }
    }

    @Override
    public void apply(byte[] in, int offset, int length, byte[] out, int outOffset) {
        int done = 0;
        int counter = 1;
        while (length - done >= FEW * BLOCK) {
            int blocks = Math.min((length - done) / BLOCK, LANES);
            makeMany(counter, blocks);
            for (int i = 0; i < blocks; i++) {
                applyLane(i, counter + i, in, offset + done, out, outOffset + done);
                done += BLOCK;
            }
            counter += blocks;
        }
        for (; done < length; done += BLOCK, counter++) {
            makeOne(counter);
            applyOne(in, offset + done, Math.min(length - done, BLOCK), out, outOffset + done);
        }
    }

    private void makeOne(int counter) {
        start[COUNTER] = counter;
        int[] x = one;
        System.arraycopy(start, 0, x, 0, WORDS);
        for (int i = 0; i < ROUNDS; i += 2) {
            quarterRound(x, 0, 4, 8, 12);
            quarterRound(x, 1, 5, 9, 13);
            quarterRound(x, 2, 6, 10, 14);
            quarterRound(x, 3, 7, 11, 15);
            quarterRound(x, 0, 5, 10, 15);
            quarterRound(x, 1, 6, 11, 12);
            quarterRound(x, 2, 7, 8, 13);
            quarterRound(x, 3, 4, 9, 14);
        }
        for (int i = 0; i < WORDS; i++) {
            x[i] += start[i];
        }
    }

    private static void quarterRound(int[] x, int a, int b, int c, int d) {
        x[a] += x[b];
        x[d] = Integer.rotateLeft(x[d] ^ x[a], 16);
        x[c] += x[d];
        x[b] = Integer.rotateLeft(x[b] ^ x[c], 12);
        x[a] += x[b];
        x[d] = Integer.rotateLeft(x[d] ^ x[a], 8);
        x[c] += x[d];
        x[b] = Integer.rotateLeft(x[b] ^ x[c], 7);
    }

    private void applyOne(byte[] in, int offset, int length, byte[] out, int outOffset) {
        for (int i = 0; i < WORDS; i++) {
            INT.set(last, Integer.BYTES * i, one[i]);
        }
        for (int i = 0; i < length; i++) {
            out[outOffset + i] = (byte) (in[offset + i] ^ last[i]);
        }
    }

    private void makeMany(int counter, int blocks) {
        if (lanes.length == 0) {
            lanes = new int[WORDS][LANES];
        }
        int[][] x = lanes;
        int count = (blocks + STEP - 1) / STEP * STEP;
        for (int i = 0; i < WORDS; i++) {
            Arrays.fill(x[i], 0, count, start[i]);
        }
        for (int i = 0; i < count; i++) {
            x[COUNTER][i] = counter + i;
        }
        for (int i = 0; i < ROUNDS; i += 2) {
            quarterRounds(x[0], x[4], x[8], x[12], count);
            quarterRounds(x[1], x[5], x[9], x[13], count);
            quarterRounds(x[2], x[6], x[10], x[14], count);
            quarterRounds(x[3], x[7], x[11], x[15], count);
            quarterRounds(x[0], x[5], x[10], x[15], count);
            quarterRounds(x[1], x[6], x[11], x[12], count);
            quarterRounds(x[2], x[7], x[8], x[13], count);
            quarterRounds(x[3], x[4], x[9], x[14], count);
        }
    }

    private static void quarterRounds(int[] as, int[] bs, int[] cs, int[] ds, int count) {
        for (int i = 0; i < count; i++) {
            int a = as[i];
            int b = bs[i];
            int c = cs[i];
            int d = ds[i];
            a += b;
            d = Integer.rotateLeft(d ^ a, 16);
            c += d;
            b = Integer.rotateLeft(b ^ c, 12);
            a += b;
            d = Integer.rotateLeft(d ^ a, 8);
            c += d;
            b = Integer.rotateLeft(b ^ c, 7);
            as[i] = a;
            bs[i] = b;
            cs[i] = c;
            ds[i] = d;
        }
    }

    /** Two words at a time: there is one block in a lane, and its words lie far from each other. */
    private void applyLane(int lane, int counter, byte[] in, int offset, byte[] out, int outOffset) {
        int[][] x = lanes;
        start[COUNTER] = counter;
        for (int i = 0; i < WORDS; i += 2) {
            int low = x[i][lane] + start[i];
            int high = x[i + 1][lane] + start[i + 1];
            long both = Integer.toUnsignedLong(low) | (long) high << Integer.SIZE;
            int at = Integer.BYTES * i;
            LONG.set(out, outOffset + at, (long) LONG.get(in, offset + at) ^ both);
        }
    }
}
