package io.portolan.pool;

import java.time.Duration;
import java.util.Objects;

/** How large a pool may become, and how long what waits. Immutable. */
public final class PoolOptions {

    /** Servers commonly allow a user or an address 8 to 10 connections, and a few are enough to fill a line. */
    public static final int DEFAULT_MAX_CONNECTIONS = 8;

    /** More than the threads of a busy application, few enough to tell early that the pool is too small. */
    public static final int DEFAULT_MAX_WAITING = 1_000;

    /** As long as people wait for a reply. */
    public static final Duration DEFAULT_MAX_WAIT = Duration.ofSeconds(30);

    /** Less than the shortest time after which servers commonly end an idle session: theirs is 2 to 15 minutes. */
    public static final Duration DEFAULT_IDLE_TIME = Duration.ofMinutes(1);

    /** A connection that was used a moment ago is trusted; a broken one shows by itself soon after. */
    public static final Duration DEFAULT_CHECK_AFTER = Duration.ofSeconds(10);

    /** Others who had used the server up have often gone after a minute. */
    public static final Duration DEFAULT_LIMIT_RETRY = Duration.ofMinutes(1);

    private static final int MOST_CONNECTIONS = 10_000;
    private static final int MOST_WAITING = 1_000_000;
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final PoolOptions DEFAULTS = builder().build();

    private final int maxConnections;
    private final int maxWaiting;
    private final Duration maxWait;
    private final Duration idleTime;
    private final Duration checkAfter;
    private final Duration limitRetry;

    private PoolOptions(Builder builder) {
        maxConnections = builder.maxConnections;
        maxWaiting = builder.maxWaiting;
        maxWait = builder.maxWait;
        idleTime = builder.idleTime;
        checkAfter = builder.checkAfter;
        limitRetry = builder.limitRetry;
    }

    /**
     * The defaults: 8 connections, 1,000 that wait 30 seconds at the most, a minute of idleness.
     *
     * @return the options
     */
    public static PoolOptions defaults() {
        return DEFAULTS;
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
     * The most connections.
     *
     * @return how many may be open
     */
    public int maxConnections() {
        return maxConnections;
    }

    /**
     * How many may wait for a connection.
     *
     * @return how many; one more fails at once
     */
    public int maxWaiting() {
        return maxWaiting;
    }

    /**
     * How long to wait for a connection.
     *
     * @return the time, after which to wait fails
     */
    public Duration maxWait() {
        return maxWait;
    }

    /**
     * How long a connection that nobody uses stays open.
     *
     * @return the time
     */
    public Duration idleTime() {
        return idleTime;
    }

    /**
     * After what idleness a connection is tried before somebody gets it.
     *
     * @return the time; zero to try it each time
     */
    public Duration checkAfter() {
        return checkAfter;
    }

    /**
     * When to try for one connection more than the server has allowed.
     *
     * @return the time since it has refused one, or since the last of these tries
     */
    public Duration limitRetry() {
        return limitRetry;
    }

    /** Makes {@link PoolOptions}. Not for several threads at once. */
    public static final class Builder {
        private int maxConnections = DEFAULT_MAX_CONNECTIONS;
        private int maxWaiting = DEFAULT_MAX_WAITING;
        private Duration maxWait = DEFAULT_MAX_WAIT;
        private Duration idleTime = DEFAULT_IDLE_TIME;
        private Duration checkAfter = DEFAULT_CHECK_AFTER;
        private Duration limitRetry = DEFAULT_LIMIT_RETRY;

        private Builder() {}

        /**
         * Sets how many connections may be open.
         *
         * @param connections 1–10,000; by default {@value PoolOptions#DEFAULT_MAX_CONNECTIONS}
         * @return this builder
         */
        public Builder maxConnections(int connections) {
            maxConnections = within("maxConnections", connections, MOST_CONNECTIONS);
            return this;
        }

        /**
         * Sets how many may wait for a connection, those included for whom one is being opened.
         *
         * @param waiting 1–1,000,000; by default {@value PoolOptions#DEFAULT_MAX_WAITING}
         * @return this builder
         */
        public Builder maxWaiting(int waiting) {
            maxWaiting = within("maxWaiting", waiting, MOST_WAITING);
            return this;
        }

        /**
         * Sets how long to wait for a connection.
         *
         * @param time a millisecond to a day; by default 30 seconds
         * @return this builder
         */
        public Builder maxWait(Duration time) {
            maxWait = within("maxWait", time, Duration.ofMillis(1));
            return this;
        }

        /**
         * Sets how long a connection that nobody uses stays open.
         *
         * @param time a millisecond to a day; by default a minute
         * @return this builder
         */
        public Builder idleTime(Duration time) {
            idleTime = within("idleTime", time, Duration.ofMillis(1));
            return this;
        }

        /**
         * Sets after what idleness a connection is tried before somebody gets it, which costs a round trip.
         *
         * @param time nothing to a day; by default 10 seconds
         * @return this builder
         */
        public Builder checkAfter(Duration time) {
            checkAfter = within("checkAfter", time, Duration.ZERO);
            return this;
        }

        /**
         * Sets when to try for one connection more than the server has allowed.
         *
         * @param time a millisecond to a day; by default a minute
         * @return this builder
         */
        public Builder limitRetry(Duration time) {
            limitRetry = within("limitRetry", time, Duration.ofMillis(1));
            return this;
        }

        /**
         * Makes the options.
         *
         * @return the options
         */
        public PoolOptions build() {
            return new PoolOptions(this);
        }

        private static int within(String setting, int value, int most) {
            if (value < 1 || value > most) {
                throw new IllegalArgumentException(setting + ": " + value + " is not within 1 to " + most);
            }
            return value;
        }

        private static Duration within(String setting, Duration value, Duration least) {
            Objects.requireNonNull(value, setting);
            if (value.compareTo(least) < 0 || value.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException(
                        setting + ": " + value + " is not within " + least + " to " + LONGEST);
            }
            return value;
        }
    }
}
