package io.portolan.guard;

/**
 * How many connections there may be at a time. Immutable.
 *
 * <p>Counted are control connections, that is, sessions. An IPv6 peer is counted by its /64, as anybody has all of one.
 */
public final class ConnectionLimits {

    /** The default of {@link #total()}: an idle session costs some KiB of memory and a file descriptor, so that these are some 100 MiB and a usual limit of descriptors. */
    public static final int DEFAULT_TOTAL = 10_000;

    /** The default of {@link #perAddress()}: room for an office behind one address, but not for one address to take all connections. */
    public static final int DEFAULT_PER_ADDRESS = 200;

    /** The default of {@link #perUser()}: high, as accounts are often shared by many machines, and all anonymous users are one. */
    public static final int DEFAULT_PER_USER = 1_000;

    private static final ConnectionLimits DEFAULTS = builder().build();

    private final int total;
    private final int perAddress;
    private final int perUser;

    private ConnectionLimits(Builder builder) {
        total = builder.total;
        perAddress = builder.perAddress;
        perUser = builder.perUser;
    }

    /**
     * The default limits.
     *
     * @return the defaults
     */
    public static ConnectionLimits defaults() {
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
     * Begins with these limits.
     *
     * @return a builder
     */
    public Builder toBuilder() {
        return new Builder().total(total).perAddress(perAddress).perUser(perUser);
    }

    /**
     * How many connections there may be in all.
     *
     * @return the number, 1 or more
     */
    public int total() {
        return total;
    }

    /**
     * How many there may be from one address (IPv4) or network (IPv6, /64).
     *
     * @return the number, 1 or more
     */
    public int perAddress() {
        return perAddress;
    }

    /**
     * How many there may be of one logged-in user.
     *
     * @return the number, 1 or more
     */
    public int perUser() {
        return perUser;
    }

    @Override
    public String toString() {
        return "ConnectionLimits[total " + total + ", per address " + perAddress + ", per user " + perUser + "]";
    }

    /** Makes {@link ConnectionLimits}. Not for several threads at once. */
    public static final class Builder {
        private int total = DEFAULT_TOTAL;
        private int perAddress = DEFAULT_PER_ADDRESS;
        private int perUser = DEFAULT_PER_USER;

        private Builder() {}

        /**
         * Sets how many connections there may be in all.
         *
         * @param connections the number, 1 or more; by default {@value ConnectionLimits#DEFAULT_TOTAL}
         * @return this builder
         */
        public Builder total(int connections) {
            this.total = connections;
            return this;
        }

        /**
         * Sets how many there may be from one address.
         *
         * @param connections the number, 1 or more; by default {@value ConnectionLimits#DEFAULT_PER_ADDRESS}
         * @return this builder
         */
        public Builder perAddress(int connections) {
            this.perAddress = connections;
            return this;
        }

        /**
         * Sets how many there may be of one logged-in user.
         *
         * @param connections the number, 1 or more; by default {@value ConnectionLimits#DEFAULT_PER_USER}
         * @return this builder
         */
        public Builder perUser(int connections) {
            this.perUser = connections;
            return this;
        }

        /**
         * Makes the limits.
         *
         * @return the limits
         * @throws IllegalArgumentException if a limit is less than 1; the message names it
         */
        public ConnectionLimits build() {
            requirePositive(total, "total");
            requirePositive(perAddress, "perAddress");
            requirePositive(perUser, "perUser");
            return new ConnectionLimits(this);
        }

        private static void requirePositive(int value, String setting) {
            if (value < 1) {
                throw new IllegalArgumentException(setting + ": " + value + " is less than 1");
            }
        }
    }
}
