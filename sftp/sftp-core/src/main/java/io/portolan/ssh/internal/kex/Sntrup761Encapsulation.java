package io.portolan.ssh.internal.kex;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * The server's half of Streamlined NTRU Prime 761 (RFC 9941; the scheme is that of the third round of NIST's competition, section 4 there): a secret for the owner of
 * a public key. OpenSSH's clients of versions 9.0 to 9.8 want it with each login, and the product of polynomials took Bouncy Castle longer than all the rest of a
 * login, as it reduces each of its 579,121 partial products; here the sums are reduced, which fit.
 *
 * <p>What is secret are the small polynomial, and the product before it is rounded. No branch and no index depends on them, and nothing is divided by what would make
 * the time of a division tell them.
 */
final class Sntrup761Encapsulation {

    /** The number of coefficients. */
    private static final int P = 761;

    /** Coefficients count modulo this, and are kept between minus and plus {@link #HALF}. */
    private static final int Q = 4591;

    private static final int HALF = (Q - 1) / 2;

    /** How many coefficients of a small polynomial are not zero. */
    private static final int WEIGHT = 286;

    /** Rounded coefficients are multiples of three: so many are possible. */
    private static final int ROUNDED = (Q + 2) / 3;

    private static final int ROUNDED_OCTETS = 1007;
    private static final int HASH_OCTETS = 32;

    /** Numbers that are encoded together are cut to less than this, octet by octet. */
    private static final int CUT = 1 << 14;

    /** What hashes begin with, one for each purpose. */
    private static final byte SESSION = 1;

    private static final byte CONFIRMATION = 2;
    private static final byte SMALL = 3;
    private static final byte KEY = 4;

    private Sntrup761Encapsulation() {}

    /** A fresh secret. Any octets of the right length are a key. */
    static KeyAgreement.ServerHalf encapsulate(byte[] publicKey, SecureRandom random) {
        int[] small = randomSmall(random);
        byte[] encodedSmall = encodeSmall(small);
        int[] key = decode(moduli(Q), ByteBuffer.wrap(publicKey));
        for (int i = 0; i < P; i++) {
            key[i] -= HALF;
        }
        int[] product = multiply(key, small);
        ByteBuffer share = ByteBuffer.allocate(ROUNDED_OCTETS + HASH_OCTETS);
        encode(rounded(product), moduli(ROUNDED), share);
        byte[] hashedSmall = hash(SMALL, encodedSmall);
        share.put(hash(CONFIRMATION, hashedSmall, hash(KEY, publicKey)));
        byte[] secret = hash(SESSION, hashedSmall, share.array());
        Arrays.fill(small, 0);
        Arrays.fill(product, 0);
        Arrays.fill(encodedSmall, (byte) 0);
        Arrays.fill(hashedSmall, (byte) 0);
        return new KeyAgreement.ServerHalf(share.array(), secret);
    }

    /** As many ones and minus ones as there must be, and zeros, in an order that sorting random numbers gives. */
    private static int[] randomSmall(SecureRandom random) {
        byte[] octets = new byte[P * Integer.BYTES];
        random.nextBytes(octets);
        int[] small = new int[P];
        ByteBuffer.wrap(octets).asIntBuffer().get(small);
        Arrays.fill(octets, (byte) 0);
        // the two lowest bits are the coefficient plus one
        for (int i = 0; i < WEIGHT; i++) {
            small[i] &= ~1;
        }
        for (int i = WEIGHT; i < P; i++) {
            small[i] = small[i] & ~3 | 1;
        }
        sort(small);
        for (int i = 0; i < P; i++) {
            small[i] = (small[i] & 3) - 1;
        }
        return small;
    }

    /** Batcher's network (Knuth, The Art of Computer Programming, volume 3, algorithm 5.2.2M): which numbers are compared depends on their count only. */
    static void sort(int[] numbers) {
        int top = Integer.highestOneBit(numbers.length - 1);
        for (int p = top; p > 0; p /= 2) {
            int distance = p;
            int phase = 0;
            for (int q = top; true; q /= 2) {
                for (int i = 0; i < numbers.length - distance; i++) {
                    if ((i & p) == phase) {
                        order(numbers, i, i + distance);
                    }
                }
                if (q == p) {
                    break;
                }
                distance = q - p;
                phase = p;
            }
        }
    }

    private static void order(int[] numbers, int low, int high) {
        int one = numbers[low];
        int other = numbers[high];
        int swap = (one ^ other) & (int) ((long) other - one >> 63);
        numbers[low] = one ^ swap;
        numbers[high] = other ^ swap;
    }

    /** The product modulo x^761 - x - 1. Each of its 1521 coefficients is a sum of at most 286 that are not zero: none comes near the limits of an int. */
    static int[] multiply(int[] key, int[] small) {
        int[] sums = new int[2 * P];
        int[] padded = new int[P + 3];
        System.arraycopy(key, 0, padded, 3, P);
        // four at a time, so that each sum is loaded and stored a quarter as often; 761 is one more than a multiple of
        // four
        for (int i = 0; i < P - 1; i += 4) {
            addProducts(sums, i, padded, small[i], small[i + 1], small[i + 2], small[i + 3]);
        }
        int last = small[P - 1];
        for (int j = 0; j < P; j++) {
            sums[P - 1 + j] += last * key[j];
        }
        for (int i = 2 * P - 2; i >= P; i--) {
            sums[i - P] += sums[i];
            sums[i - P + 1] += sums[i];
        }
        int[] product = new int[P];
        for (int i = 0; i < P; i++) {
            product[i] = reduce(sums[i]);
        }
        Arrays.fill(sums, 0);
        return product;
    }

    private static void addProducts(int[] sums, int at, int[] padded, int s0, int s1, int s2, int s3) {
        for (int j = 0; j < P; j++) {
            sums[at + j] += s0 * padded[j + 3] + s1 * padded[j + 2] + s2 * padded[j + 1] + s3 * padded[j];
        }
        // the highest coefficients, which the later ones of the four reach only
        sums[at + P] += s1 * padded[P + 2] + s2 * padded[P + 1] + s3 * padded[P];
        sums[at + P + 1] += s2 * padded[P + 2] + s3 * padded[P + 1];
        sums[at + P + 2] += s3 * padded[P + 2];
    }

    /** The remainder that is nearest to zero. */
    private static int reduce(int value) {
        // the quotient or one less, as 2^32 / 4591 is rounded down
        int rest = value - (int) (value * (0x1_0000_0000L / Q) >> 32) * Q;
        rest -= Q & HALF - rest >> 31;
        rest -= Q & HALF - rest >> 31;
        return rest + (Q & rest + HALF >> 31);
    }

    /** Each coefficient as the number of the multiple of three that it is nearest to, the lowest being 0. */
    private static int[] rounded(int[] polynomial) {
        int[] rounded = new int[P];
        for (int i = 0; i < P; i++) {
            // a third, as 10923 is a little more than a third of 2^15
            rounded[i] = (polynomial[i] + HALF + 1) * 10923 >> 15;
        }
        return rounded;
    }

    private static int[] moduli(int modulus) {
        int[] moduli = new int[P];
        Arrays.fill(moduli, modulus);
        return moduli;
    }

    private static byte[] encodeSmall(int[] small) {
        byte[] encoded = new byte[(P + 3) / 4];
        for (int i = 0; i < P; i++) {
            encoded[i / 4] |= (byte) (small[i] + 1 << 2 * (i % 4));
        }
        return encoded;
    }

    /** Writes numbers that are below their moduli in about as many bits as they have choices: by pairs, each of which is a number again, once its lowest octets have been written. */
    private static void encode(int[] numbers, int[] moduli, ByteBuffer out) {
        int count = numbers.length;
        if (count == 1) {
            for (int number = numbers[0], modulus = moduli[0]; modulus > 1; modulus = above(modulus)) {
                out.put((byte) number);
                number >>= 8;
            }
            return;
        }
        int[] pairs = Arrays.copyOfRange(numbers, count / 2, count);
        int[] their = Arrays.copyOfRange(moduli, count / 2, count);
        for (int i = 0; i < count / 2; i++) {
            int number = numbers[2 * i] + numbers[2 * i + 1] * moduli[2 * i];
            int modulus = moduli[2 * i] * moduli[2 * i + 1];
            while (modulus >= CUT) {
                out.put((byte) number);
                number >>= 8;
                modulus = above(modulus);
            }
            pairs[i] = number;
            their[i] = modulus;
        }
        encode(pairs, their, out);
    }

    /** How many choices are left of so many when an octet has been written. */
    private static int above(int modulus) {
        return modulus + 0xff >> 8;
    }

    /** Reads what {@link #encode} has written. What was written otherwise gives numbers that are below their moduli, too. */
    private static int[] decode(int[] moduli, ByteBuffer in) {
        int count = moduli.length;
        if (count == 1) {
            int number = 0;
            int shift = 0;
            for (int modulus = moduli[0]; modulus > 1; modulus = above(modulus)) {
                number |= (in.get() & 0xff) << shift;
                shift += 8;
            }
            return new int[] {number % moduli[0]};
        }
        int[] lowest = new int[count / 2];
        int[] shifts = new int[count / 2];
        int[] their = Arrays.copyOfRange(moduli, count / 2, count);
        for (int i = 0; i < count / 2; i++) {
            int modulus = moduli[2 * i] * moduli[2 * i + 1];
            while (modulus >= CUT) {
                lowest[i] |= (in.get() & 0xff) << shifts[i];
                shifts[i] += 8;
                modulus = above(modulus);
            }
            their[i] = modulus;
        }
        int[] pairs = decode(their, in);
        int[] numbers = new int[count];
        numbers[count - 1] = pairs[pairs.length - 1];
        for (int i = 0; i < count / 2; i++) {
            int number = lowest[i] + (pairs[i] << shifts[i]);
            numbers[2 * i] = number % moduli[2 * i];
            numbers[2 * i + 1] = number / moduli[2 * i] % moduli[2 * i + 1];
        }
        return numbers;
    }

    private static byte[] hash(byte purpose, byte[]... parts) {
        MessageDigest digest = Digests.named("SHA-512");
        digest.update(purpose);
        for (byte[] part : parts) {
            digest.update(part);
        }
        return Arrays.copyOf(digest.digest(), HASH_OCTETS);
    }
}
