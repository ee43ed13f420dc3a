package io.portolan.ssh.internal.kex;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.bouncycastle.pqc.crypto.ntruprime.SNTRUPrimeKEMGenerator;
import org.bouncycastle.pqc.crypto.ntruprime.SNTRUPrimeParameters;
import org.bouncycastle.pqc.crypto.ntruprime.SNTRUPrimePublicKeyParameters;
import org.junit.jupiter.api.Test;

/** Bouncy Castle opens what is ours, and gives another secret for everything that differs by a bit: it encrypts again and compares. */
final class Sntrup761Test {

    private static final int P = 761;
    private static final int Q = 4591;
    private static final int KEYS = 3;
    private static final int SECRETS_PER_KEY = 20;

    private final Sntrup761 kem = new Sntrup761();
    private final SecureRandom random = new SecureRandom();

    @Test
    void whatIsOursIsOpenedByBouncyCastle() {
        Set<String> secrets = new HashSet<>();
        for (int i = 0; i < KEYS; i++) {
            Kem.Receiver receiver = kem.generate(random);
            for (int j = 0; j < SECRETS_PER_KEY; j++) {
                KeyAgreement.ServerHalf half = kem.encapsulate(receiver.publicKey(), random);
                assertThat(half.share()).hasSize(kem.ciphertextOctets());
                assertThat(half.secret()).hasSize(32).isEqualTo(receiver.decapsulate(half.share()));
                secrets.add(Arrays.toString(half.secret()));
            }
        }
        assertThat(secrets).hasSize(KEYS * SECRETS_PER_KEY);
    }

    @Test
    void aShareWithAChangedBitGivesAnotherSecret() {
        Kem.Receiver receiver = kem.generate(random);
        KeyAgreement.ServerHalf half = kem.encapsulate(receiver.publicKey(), random);
        for (int at : new int[] {0, 1006, 1007, 1038}) {
            byte[] share = half.share().clone();
            share[at] ^= 1;
            assertThat(receiver.decapsulate(share)).as("octet %d", at).isNotEqualTo(half.secret());
        }
    }

    @Test
    void theSameRandomNumbersGiveWhatTheyGiveInBouncyCastle() {
        for (byte[] key : new byte[][] {kem.generate(random).publicKey(), new byte[kem.publicKeyOctets()]}) {
            KeyAgreement.ServerHalf ours = kem.encapsulate(key, new Repeated());
            var theirs = new SNTRUPrimeKEMGenerator(new Repeated())
                    .generateEncapsulated(new SNTRUPrimePublicKeyParameters(SNTRUPrimeParameters.sntrup761, key));
            assertThat(ours.share()).isEqualTo(theirs.getEncapsulation());
            assertThat(ours.secret()).isEqualTo(theirs.getSecret());
        }
    }

    /** The same numbers, however many octets are asked for at a time. */
    private static final class Repeated extends SecureRandom {
        private static final long serialVersionUID = 1;

        @Override
        public void nextBytes(byte[] bytes) {
            Arrays.fill(bytes, (byte) 0x5a);
        }
    }

    @Test
    void theProductIsThatOfTheDefinition() {
        Random numbers = new Random(761);
        for (int round = 0; round < 5; round++) {
            int[] key = numbers.ints(P, -Q / 2, Q / 2 + 1).toArray();
            int[] small = numbers.ints(P, -1, 2).toArray();
            if (round == 0) {
                // the largest sums
                Arrays.fill(key, Q / 2);
                Arrays.fill(small, 1);
            }
            assertThat(Sntrup761Encapsulation.multiply(key, small)).isEqualTo(product(key, small));
        }
    }

    /** x^761 is x + 1. */
    private static int[] product(int[] key, int[] small) {
        long[] sums = new long[2 * P];
        for (int i = 0; i < P; i++) {
            for (int j = 0; j < P; j++) {
                sums[i + j] += (long) key[i] * small[j];
            }
        }
        for (int i = 2 * P - 1; i >= P; i--) {
            sums[i - P] += sums[i];
            sums[i - P + 1] += sums[i];
        }
        int[] product = new int[P];
        for (int i = 0; i < P; i++) {
            int rest = BigInteger.valueOf(sums[i]).mod(BigInteger.valueOf(Q)).intValue();
            product[i] = rest > Q / 2 ? rest - Q : rest;
        }
        return product;
    }

    @Property(tries = 200)
    void sortsWithoutLooking(@ForAll @Size(max = 800) int[] numbers) {
        int[] sorted = numbers.clone();
        Arrays.sort(sorted);
        Sntrup761Encapsulation.sort(numbers);
        assertThat(numbers).isEqualTo(sorted);
    }
}
