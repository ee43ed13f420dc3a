package io.portolan.transfer;

import java.time.Duration;
import java.util.Objects;

/**
 * How often, and after which waits, what has failed in a way that may pass is tried again. Knows no protocol. Immutable.
 *
 * <p>The first wait is {@link #firstWait()}, each that follows {@link #factor()} times as long up to {@link #longestWait()}, and of each a part up to {@link #jitter()} is left out at random, so that clients that a
 * server has lost at one moment do not all come back at one moment. A transfer that has come further counts from the first attempt and the first wait again: what is bounded is the attempts that bring nothing.
 */
public final class RetryPolicy {

    /** With the other defaults some 15 seconds of waits: a server that restarts is back by then. */
    public static final int DEFAULT_ATTEMPTS = 5;

    /** Longer than what a lost packet or a full accept queue takes to heal. */
    public static final Duration DEFAULT_FIRST_WAIT = Duration.ofSeconds(1);

    /** What exponential back-off commonly doubles. */
    public static final double DEFAULT_FACTOR = 2;

    /** People notice half a minute after a server is back that nothing goes on. */
    public static final Duration DEFAULT_LONGEST_WAIT = Duration.ofSeconds(30);

    /** Enough to spread those who come back over half of each wait. */
    public static final double DEFAULT_JITTER = 0.5;

    /** A large file over a bad line takes hours; somebody wants to hear of what takes more than a day. */
    public static final Duration DEFAULT_TOTAL_TIME = Duration.ofDays(1);

    private static final int MOST_ATTEMPTS = 1_000_000;
    private static final double LARGEST_FACTOR = 100;
    private static final Duration LONGEST = Duration.ofDays(365);
    private static final RetryPolicy DEFAULTS = builder().build();
    private static final RetryPolicy NEVER = builder().attempts(1).build();

    private final int attempts;
    private final Duration firstWait;
    private final double factor;
    private final Duration longestWait;
    private final double jitter;
    private final Duration totalTime;

    private RetryPolicy(Builder builder) {
        attempts = builder.attempts;
        firstWait = builder.firstWait;
        factor = builder.factor;
        longestWait = builder.longestWait;
        jitter = builder.jitter;
        totalTime = builder.totalTime;
    }

    /**
     * The defaults: 5 attempts that bring nothing, waits of 1, 2, 4, 8 seconds, of which up to a half is left out.
     *
     * @return the policy
     */
    public static RetryPolicy defaults() {
        return DEFAULTS;
    }

    /**
     * One attempt.
     *
     * @return the policy that never tries again
     */
    public static RetryPolicy never() {
        return NEVER;
    }

    /**
     * Begins with the defaults.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The most attempts in a row that bring nothing, with the first.
     *
     * @return 1 or more
     */
    public int attempts() {
        return attempts;
    }

    /**
     * The wait behind the first attempt.
     *
     * @return the time
     */
    public Duration firstWait() {
        return firstWait;
    }

    /**
     * How much longer each wait is than the one before.
     *
     * @return 1 or more
     */
    public double factor() {
        return factor;
    }

    /**
     * What waits do not exceed.
     *
     * @return the time
     */
    public Duration longestWait() {
        return longestWait;
    }

    /**
     * Up to which part of each wait is left out at random.
     *
     * @return 0 to 1
     */
    public double jitter() {
        return jitter;
    }

    /**
     * The time since the beginning of the first attempt after which no other begins. What is under way then goes on: its own time-outs bound it.
     *
     * @return the time
     */
    public Duration totalTime() {
        return totalTime;
    }

    /** Makes {@link RetryPolicy policies}. Not for several threads at once. */
    public static final class Builder {
        private int attempts = DEFAULT_ATTEMPTS;
        private Duration firstWait = DEFAULT_FIRST_WAIT;
        private double factor = DEFAULT_FACTOR;
        private Duration longestWait = DEFAULT_LONGEST_WAIT;
        private double jitter = DEFAULT_JITTER;
        private Duration totalTime = DEFAULT_TOTAL_TIME;

        private Builder() {}

        /**
         * Sets how many attempts in a row may bring nothing, with the first.
         *
         * @param most 1–1,000,000; by default {@value RetryPolicy#DEFAULT_ATTEMPTS}
         * @return this builder
         */
        public Builder attempts(int most) {
            if (most < 1 || most > MOST_ATTEMPTS) {
                throw new IllegalArgumentException("attempts: " + most + " is not within 1 to " + MOST_ATTEMPTS);
            }
            attempts = most;
            return this;
        }

        /**
         * Sets the wait behind the first attempt.
         *
         * @param wait nothing to a year; by default a second
         * @return this builder
         */
        public Builder firstWait(Duration wait) {
            firstWait = within("firstWait", wait);
            return this;
        }

        /**
         * Sets how much longer each wait is than the one before.
         *
         * @param times 1–100; by default {@value RetryPolicy#DEFAULT_FACTOR}
         * @return this builder
         */
        public Builder factor(double times) {
            factor = within("factor", times, 1, LARGEST_FACTOR);
            return this;
        }

        /**
         * Sets what waits do not exceed, the first included.
         *
         * @param wait nothing to a year; by default 30 seconds
         * @return this builder
         */
        public Builder longestWait(Duration wait) {
            longestWait = within("longestWait", wait);
            return this;
        }

        /**
         * Sets up to which part of each wait is left out at random.
         *
         * @param part 0, for waits that are always as long, to 1; by default {@value RetryPolicy#DEFAULT_JITTER}
         * @return this builder
         */
        public Builder jitter(double part) {
            jitter = within("jitter", part, 0, 1);
            return this;
        }

        /**
         * Sets the time since the beginning of the first attempt after which no other begins.
         *
         * @param time nothing to a year; by default a day
         * @return this builder
         */
        public Builder totalTime(Duration time) {
            totalTime = within("totalTime", time);
            return this;
        }

        /**
         * Makes the policy.
         *
         * @return the policy
         */
        public RetryPolicy build() {
            return new RetryPolicy(this);
        }

        private static Duration within(String setting, Duration value) {
            Objects.requireNonNull(value, setting);
            if (value.isNegative() || value.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException(setting + ": " + value + " is not within nothing to " + LONGEST);
            }
            return value;
        }

        private static double within(String setting, double value, double least, double most) {
            // so that NaN is refused as well
            if (!(value >= least && value <= most)) {
                throw new IllegalArgumentException(setting + ": " + value + " is not within " + least + " to " + most);
            }
            return value;
        }
    }
}
