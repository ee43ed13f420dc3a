package io.portolan.testing.fuzz;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;

/** Gives a target its seeds, and then what comes of them; without a look at what is reached, so that it costs little and needs nothing. */
public final class Fuzzing {

    /** Far beyond what any target takes for an input of this size, on a busy machine too. */
    private static final Duration TOO_LONG = Duration.ofSeconds(10);

    private Fuzzing() {}

    /**
     * Runs a target; the same inputs for the same seed.
     *
     * @throws AssertionFailedError with the input, if one was too much for it
     */
    public static void run(FuzzTarget target, int times, long seed) throws Exception {
        List<byte[]> seeds = target.seeds();
        for (byte[] octets : seeds) {
            take(target, octets);
        }
        Random random = new Random(seed);
        for (int i = 0; i < times; i++) {
            byte[] from = seeds.get(random.nextInt(seeds.size()));
            take(target, Mutation.of(from, seeds.get(random.nextInt(seeds.size())), random));
        }
    }

    private static void take(FuzzTarget target, byte[] input) {
        long begun = System.nanoTime();
        @Nullable Throwable fault = fault(target, input);
        if (fault != null) {
            throw new AssertionFailedError(
                    target.getClass().getSimpleName() + " fails with "
                            + HexFormat.of().formatHex(input),
                    fault);
        }
        Duration taken = Duration.ofNanos(System.nanoTime() - begun);
        if (taken.compareTo(TOO_LONG) > 0) {
            throw new AssertionFailedError(target.getClass().getSimpleName() + " takes " + taken + " for "
                    + HexFormat.of().formatHex(input));
        }
    }

    private static @Nullable Throwable fault(FuzzTarget target, byte[] input) {
        try {
            target.take(input);
            return null;
        } catch (Throwable e) {
            return e;
        }
    }
}
