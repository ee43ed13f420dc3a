package io.portolan.testing.fuzz;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

/** Makes of valid octets such as are nearly valid, and so get past the first look. */
public final class Mutation {

    private static final int MAX_CHANGES = 4;
    private static final int MAX_PIECE = 64;

    /** What lengths and counts are mistaken at. */
    private static final int[] NOTABLE = {
        0,
        1,
        2,
        127,
        128,
        255,
        256,
        32_767,
        32_768,
        65_535,
        65_536,
        1 << 18,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        -2,
        -1
    };

    private Mutation() {}

    /**
     * Changes a few places.
     *
     * @param octets what is to be changed; not touched
     * @param other where pieces are taken from
     */
    public static byte[] of(byte[] octets, byte[] other, Random random) {
        byte[] changed = octets.clone();
        int changes = 1 + random.nextInt(MAX_CHANGES);
        for (int i = 0; i < changes; i++) {
            changed = changedOnce(changed, other, random);
        }
        return changed;
    }

    private static byte[] changedOnce(byte[] octets, byte[] other, Random random) {
        if (octets.length == 0) {
            return other.clone();
        }
        int at = random.nextInt(octets.length);
        return switch (random.nextInt(9)) {
            case 0 -> {
                octets[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
                yield octets;
            }
            case 1 -> {
                octets[at] = (byte) random.nextInt(256);
                yield octets;
            }
            case 2 -> {
                octets[at] += (byte) (random.nextBoolean() ? 1 : -1);
                yield octets;
            }
            case 3 -> number(octets, at, random);
            case 4 -> Arrays.copyOf(octets, at);
            // cut out
            case 5 -> spliced(octets, at, piece(octets, at, random), new byte[0]);
            // twice
            case 6 -> spliced(octets, at, 0, Arrays.copyOfRange(octets, at, at + piece(octets, at, random)));
            // a piece of another in its place, or between
            case 7 -> {
                int from = other.length == 0 ? 0 : random.nextInt(other.length);
                byte[] put = Arrays.copyOfRange(other, from, from + piece(other, from, random));
                yield spliced(octets, at, random.nextBoolean() ? Math.min(put.length, octets.length - at) : 0, put);
            }
            default -> {
                byte[] filling = new byte[random.nextInt(MAX_PIECE)];
                random.nextBytes(filling);
                yield spliced(octets, at, 0, filling);
            }
        };
    }

    private static byte[] number(byte[] octets, int at, Random random) {
        if (octets.length - at >= Integer.BYTES) {
            ByteBuffer.wrap(octets).putInt(at, NOTABLE[random.nextInt(NOTABLE.length)]);
        }
        return octets;
    }

    private static int piece(byte[] octets, int at, Random random) {
        return random.nextInt(Math.min(MAX_PIECE, octets.length - at) + 1);
    }

    private static byte[] spliced(byte[] octets, int at, int removed, byte[] put) {
        byte[] all = new byte[octets.length - removed + put.length];
        System.arraycopy(octets, 0, all, 0, at);
        System.arraycopy(put, 0, all, at, put.length);
        System.arraycopy(octets, at + removed, all, at + put.length, octets.length - at - removed);
        return all;
    }
}
