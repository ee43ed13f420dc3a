package io.portolan.ftp.server;

import java.time.Duration;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which ports passive data connections (PASV and EPSV, RFC 959 and RFC 2428) use, and what happens when they run out. Immutable.
 *
 * <p>A port is shared by clients with different addresses: it is busy only for the address that it was announced to, and only until that
 * client has connected (and TLS, where it can tell, has shown that it was that one). So a range of N ports lets each client address have N data connections pending at a time, and carries far more than N
 * transfers.
 *
 * <p>When a client address has all ports of the range already, as with many clients behind one NAT address, up to eight sessions of that address share a port if TLS tells
 * their data connections apart: those with {@code PROT P} on a server that requires data connections to resume the TLS session of their control connection, which is the
 * default. Whose a connection is is read from the session that the client asks for in its first message; a connection that asks for none of theirs is closed, and the sessions
 * still wait for theirs. Sessions in the clear, with client certificates, or on an {@link javax.net.ssl.SSLContext} of the application's wait for a port of their own.
 */
public final class PassivePorts {

    /** Long enough for a burst of transfers to pass, well below the 30 s and more that clients wait for an answer. */
    public static final Duration DEFAULT_MAX_WAIT = Duration.ofSeconds(5);

    /** More commands than this waiting for a port mean that the range is too small, not that a burst has to pass. */
    public static final int DEFAULT_MAX_WAITING = 256;

    /** A choice among 128 open ports costs no system call, and 128 descriptors are few for a server. See {@link Builder#idleListeners(int)}. */
    public static final int DEFAULT_IDLE_LISTENERS = 128;

    /** Fewer open listeners to choose from would let others guess where the next data connection goes. */
    public static final int MIN_IDLE_LISTENERS = 64;

    private static final int MAX_PORT = 65_535;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
    private static final Pattern RANGE = Pattern.compile("\\s*(\\d{1,5})\\s*(?:[-:]\\s*(\\d{1,5})\\s*)?");
    private static final PassivePorts ANY = new Builder(0, 0).build();

    private final int first;
    private final int last;
    private final Duration maxWait;
    private final int maxWaiting;
    private final int idleListeners;
    private final boolean samePeerAddressRequired;

    private PassivePorts(Builder builder) {
        this.first = builder.first;
        this.last = builder.last;
        this.maxWait = builder.maxWait;
        this.maxWaiting = builder.maxWaiting;
        this.idleListeners = builder.idleListeners;
        this.samePeerAddressRequired = builder.samePeerAddressRequired;
    }

    /**
     * Any port that the system has free: for tests, and for servers without a firewall in front.
     *
     * @return the default
     */
    public static PassivePorts any() {
        return ANY;
    }

    /**
     * A range of ports, both ends included, such as 60000–65535.
     *
     * @param first the lowest port, 1–65535
     * @param last the highest port, {@code first}–65535
     * @return the range with all other settings at their defaults
     * @throws IllegalArgumentException if that is no range of ports
     */
    public static PassivePorts range(int first, int last) {
        if (first < 1 || last > MAX_PORT) {
            throw new IllegalArgumentException(
                    "passive ports " + first + "-" + last + ": a port is a number from 1 to 65535");
        }
        if (first > last) {
            throw new IllegalArgumentException(
                    "passive ports " + first + "-" + last + ": the range begins after its end");
        }
        return new Builder(first, last).build();
    }

    /**
     * Reads a range as people write it: {@code 60000-65535}, {@code 60000:65535}, one port, or {@code 0} for any.
     *
     * @param text the range
     * @return the range with all other settings at their defaults
     * @throws IllegalArgumentException if it cannot be read; the message says what is expected, for a command line
     */
    public static PassivePorts parse(String text) {
        Matcher matcher = RANGE.matcher(Objects.requireNonNull(text, "text"));
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "passive ports \"" + text + "\": expected FROM-TO such as 60000-65535, or 0 for any free port");
        }
        int first = Integer.parseInt(matcher.group(1));
        @Nullable String end = matcher.group(2);
        if (first == 0 && (end == null || Integer.parseInt(end) == 0)) {
            return any();
        }
        return range(first, end == null ? first : Integer.parseInt(end));
    }

    /**
     * Whether the system chooses the port.
     *
     * @return true for {@link #any()}
     */
    public boolean isAny() {
        return first == 0;
    }

    /**
     * The lowest port.
     *
     * @return 1–65535, or 0 for any
     */
    public int first() {
        return first;
    }

    /**
     * The highest port.
     *
     * @return 1–65535, or 0 for any
     */
    public int last() {
        return last;
    }

    /**
     * How many ports there are to choose from.
     *
     * @return the size of the range, or 65535 for any
     */
    public int size() {
        return isAny() ? MAX_PORT : last - first + 1;
    }

    /**
     * How long a command waits for a port when all are busy for its client's address.
     *
     * @return the time, zero or more
     */
    public Duration maxWait() {
        return maxWait;
    }

    /**
     * How many commands may wait for a port at a time, of all sessions together.
     *
     * @return the number, zero or more
     */
    public int maxWaiting() {
        return maxWaiting;
    }

    /**
     * How many unused listeners stay open for the next transfers.
     *
     * @return the number, zero or at least {@value #MIN_IDLE_LISTENERS}
     */
    public int idleListeners() {
        return idleListeners;
    }

    /**
     * Whether a data connection must come from the address of its control connection.
     *
     * @return the setting
     */
    public boolean isSamePeerAddressRequired() {
        return samePeerAddressRequired;
    }

    /**
     * A builder that starts from these settings.
     *
     * @return a new builder
     */
    public Builder toBuilder() {
        Builder builder = new Builder(first, last);
        builder.maxWait = maxWait;
        builder.maxWaiting = maxWaiting;
        builder.idleListeners = idleListeners;
        builder.samePeerAddressRequired = samePeerAddressRequired;
        return builder;
    }

    /**
     * The range as {@link #parse(String)} reads it.
     *
     * @return such as {@code 60000-65535}, or {@code 0}
     */
    @Override
    public String toString() {
        if (isAny()) {
            return "0";
        }
        return first == last ? Integer.toString(first) : first + "-" + last;
    }

    /** Changes settings of {@link PassivePorts}. Not thread-safe. */
    public static final class Builder {

        private final int first;
        private final int last;
        private Duration maxWait = DEFAULT_MAX_WAIT;
        private int maxWaiting = DEFAULT_MAX_WAITING;
        private int idleListeners = DEFAULT_IDLE_LISTENERS;
        private boolean samePeerAddressRequired = true;

        private Builder(int first, int last) {
            this.first = first;
            this.last = last;
        }

        /**
         * Sets how long a command waits when all ports are busy for its client's address; then it is answered by 425.
         *
         * @param wait zero (do not wait) up to 5 minutes
         * @return this
         */
        public Builder maxWait(Duration wait) {
            this.maxWait = Objects.requireNonNull(wait, "maxWait");
            return this;
        }

        /**
         * Sets how many commands may wait at a time, of all sessions together; further ones are answered by 425 at once.
         *
         * @param number zero or more
         * @return this
         */
        public Builder maxWaiting(int number) {
            this.maxWaiting = number;
            return this;
        }

        /**
         * Sets how many unused listeners stay open for a while, to save opening and closing one for each small file. As soon as so many are
         * open, the next port is drawn from the open ones, otherwise from the whole range; zero always draws from the whole range and pays
         * for it with a few system calls per transfer.
         *
         * @param number zero or at least {@value PassivePorts#MIN_IDLE_LISTENERS}
         * @return this
         */
        public Builder idleListeners(int number) {
            this.idleListeners = number;
            return this;
        }

        /**
         * Sets whether a data connection must come from the address of its control connection (RFC 2577 section 8.1); others are closed and
         * the right one is still awaited. When it need not, whoever connects first gets the data, and ports are no longer shared. Only for
         * clients behind a translator that gives the two connections different addresses.
         *
         * @param required true is the default
         * @return this
         */
        public Builder requireSamePeerAddress(boolean required) {
            this.samePeerAddressRequired = required;
            return this;
        }

        /**
         * Checks the settings.
         *
         * @return the immutable settings
         * @throws IllegalArgumentException if one is out of its range; the message names it
         */
        public PassivePorts build() {
            if (maxWait.isNegative() || maxWait.compareTo(LONGEST_WAIT) > 0) {
                throw new IllegalArgumentException("maxWait " + maxWait + ": expected zero to " + LONGEST_WAIT);
            }
            if (maxWaiting < 0) {
                throw new IllegalArgumentException("maxWaiting " + maxWaiting + ": expected zero or more");
            }
            if (idleListeners != 0 && idleListeners < MIN_IDLE_LISTENERS) {
                throw new IllegalArgumentException(
                        "idleListeners " + idleListeners + ": expected zero or at least " + MIN_IDLE_LISTENERS);
            }
            return new PassivePorts(this);
        }
    }
}
