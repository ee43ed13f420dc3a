package io.portolan.guard;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Each source has a bucket: a failure puts a drop in, and one drop leaks out every {@linkplain Builder#window window} ÷ {@linkplain Builder#failures failures}. Each
 * failure is answered later than the one before; when the bucket is full the source is locked out, each time twice as long as the time before. No more logins of a
 * source are checked at a time than it has failures left. A user who gets the
 * password right after some wrong ones takes those drops out again, but not those of other names: an attacker's own account washes nothing clean.
 *
 * <p>A source is an IPv4 address or an IPv6 /64. Memory is bounded by {@link Builder#sources}: beyond it the source unheard of for longest is forgotten.
 */
public final class StandardLoginGuard implements LoginGuard {

    /** The default of {@link Builder#failures}: more typing errors than a person makes in a row. */
    public static final int DEFAULT_FAILURES = 5;

    /** The default of {@link Builder#window}: with five failures, a guess every two minutes. */
    public static final Duration DEFAULT_WINDOW = Duration.ofMinutes(10);

    /** The default of {@link Builder#ban}: a person can wait for it. */
    public static final Duration DEFAULT_FIRST_BAN = Duration.ofMinutes(1);

    /** The default of {@link Builder#ban}: a machine that comes back after it can try a few hundred passwords a day. */
    public static final Duration DEFAULT_LONGEST_BAN = Duration.ofHours(1);

    /** The default of {@link Builder#delay}: for the first failure, and doubled with each. */
    public static final Duration DEFAULT_FIRST_DELAY = Duration.ofMillis(500);

    /** The default of {@link Builder#delay}: shorter than clients' patience. */
    public static final Duration DEFAULT_LONGEST_DELAY = Duration.ofSeconds(8);

    /** The default of {@link Builder#sources}: a few MiB. */
    public static final int DEFAULT_SOURCES = 10_000;

    /** How much of a user's name is remembered: no honest one is longer. */
    private static final int REMEMBERED_NAME_LENGTH = 64;

    private final int failures;
    private final long leakNanos;
    private final long firstBanNanos;
    private final long longestBanNanos;
    private final long firstDelayNanos;
    private final long longestDelayNanos;
    private final int sources;
    private final LongSupplier nanoTime;

    /** The longest unheard of come first. */
    private final Map<SourceNetwork, Source> table = new LinkedHashMap<>(16, 0.75f, true);

    /** How many checks are under way; as many sources as have connections. */
    private final Map<SourceNetwork, Integer> checks = new HashMap<>();

    private static final class Source {
        private double level;
        private long levelAt;
        private final List<String> users = new ArrayList<>(2);
        private int bans;
        private boolean banned;
        private long bannedUntil;
    }

    private StandardLoginGuard(Builder builder) {
        failures = builder.failures;
        leakNanos = builder.window.toNanos() / builder.failures;
        firstBanNanos = builder.firstBan.toNanos();
        longestBanNanos = builder.longestBan.toNanos();
        firstDelayNanos = builder.firstDelay.toNanos();
        longestDelayNanos = builder.longestDelay.toNanos();
        sources = builder.sources;
        nanoTime = builder.nanoTime;
    }

    /**
     * Begins with the defaults.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public synchronized boolean allowed(InetAddress address) {
        Source source = table.get(SourceNetwork.of(address));
        return source == null || !isBanned(source, nanoTime.getAsLong());
    }

    /** As many at a time as would lock the source out if all failed, though always one. */
    @Override
    public synchronized boolean beginCheck(InetAddress address) {
        SourceNetwork network = SourceNetwork.of(address);
        Source source = table.get(network);
        double level = 0;
        if (source != null) {
            long now = nanoTime.getAsLong();
            if (isBanned(source, now)) {
                return false;
            }
            leak(source, now);
            level = source.level;
        }
        int underWay = checks.getOrDefault(network, 0);
        if (underWay >= Math.max(1, (int) (failures - level))) {
            return false;
        }
        checks.put(network, underWay + 1);
        return true;
    }

    @Override
    public synchronized void endCheck(InetAddress address) {
        checks.computeIfPresent(SourceNetwork.of(address), (network, underWay) -> underWay > 1 ? underWay - 1 : null);
    }

    @Override
    public synchronized Duration failed(InetAddress address, String user) {
        long now = nanoTime.getAsLong();
        Source source = table.computeIfAbsent(SourceNetwork.of(address), network -> newSource(now));
        forgetEldest();
        leak(source, now);
        source.level = Math.min(failures, source.level + 1);
        if (source.users.size() == failures) {
            source.users.remove(0);
        }
        source.users.add(remembered(user));
        long delay = doubled(firstDelayNanos, (int) Math.ceil(source.level) - 1, longestDelayNanos);
        if (source.level > failures - 1 && !isBanned(source, now)) {
            ban(source, now);
        }
        return Duration.ofNanos(delay);
    }

    private void ban(Source source, long now) {
        source.banned = true;
        source.bannedUntil = now + doubled(firstBanNanos, source.bans, longestBanNanos);
        source.bans++;
        // One drop short of full: the first failure after the ban leads to the next one.
        source.level = Math.max(0, failures - 1);
        source.levelAt = source.bannedUntil;
        source.users.clear();
    }

    @Override
    public synchronized void succeeded(InetAddress address, String user) {
        Source source = table.get(SourceNetwork.of(address));
        if (source == null) {
            return;
        }
        String name = remembered(user);
        int before = source.users.size();
        source.users.removeIf(name::equals);
        source.level = Math.max(0, source.level - (before - source.users.size()));
    }

    @Override
    public synchronized boolean unban(InetAddress address) {
        Source source = table.remove(SourceNetwork.of(address));
        return source != null && isBanned(source, nanoTime.getAsLong());
    }

    @Override
    public synchronized List<Ban> bans() {
        long now = nanoTime.getAsLong();
        Instant present = Instant.now();
        List<Ban> result = new ArrayList<>();
        table.forEach((network, source) -> {
            if (isBanned(source, now)) {
                result.add(new Ban(
                        network.address(),
                        network.prefixLength(),
                        present.plusNanos(source.bannedUntil - now),
                        source.bans));
            }
        });
        return List.copyOf(result);
    }

    /** How many sources are remembered. */
    synchronized int size() {
        return table.size();
    }

    private static Source newSource(long now) {
        Source source = new Source();
        source.levelAt = now;
        return source;
    }

    private void forgetEldest() {
        if (table.size() > sources) {
            Iterator<SourceNetwork> eldest = table.keySet().iterator();
            eldest.next();
            eldest.remove();
        }
    }

    private boolean isBanned(Source source, long now) {
        if (source.banned && now - source.bannedUntil >= 0) {
            source.banned = false;
        }
        return source.banned;
    }

    /** After the longest ban's time without a failure beyond what leaks out, earlier bans are forgiven. */
    private void leak(Source source, long now) {
        long passed = now - source.levelAt;
        if (passed <= 0) {
            return;
        }
        source.level = Math.max(0, source.level - (double) passed / leakNanos);
        source.levelAt = now;
        if (source.level == 0) {
            source.users.clear();
            if (passed >= longestBanNanos) {
                source.bans = 0;
            }
        }
    }

    private static long doubled(long first, int times, long longest) {
        long result = first;
        for (int i = 0; i < times && result < longest; i++) {
            result *= 2;
        }
        return Math.min(result, longest);
    }

    private static String remembered(@Nullable String user) {
        String name = user == null ? "" : user;
        return name.length() <= REMEMBERED_NAME_LENGTH ? name : name.substring(0, REMEMBERED_NAME_LENGTH);
    }

    /** Makes {@link StandardLoginGuard}. Not for several threads at once. */
    public static final class Builder {
        private static final Duration MAX = Duration.ofDays(365);

        private int failures = DEFAULT_FAILURES;
        private Duration window = DEFAULT_WINDOW;
        private Duration firstBan = DEFAULT_FIRST_BAN;
        private Duration longestBan = DEFAULT_LONGEST_BAN;
        private Duration firstDelay = DEFAULT_FIRST_DELAY;
        private Duration longestDelay = DEFAULT_LONGEST_DELAY;
        private int sources = DEFAULT_SOURCES;
        private LongSupplier nanoTime = System::nanoTime;

        private Builder() {}

        /**
         * Sets how many failures in the window lock a source out.
         *
         * @param failures the number, 1–1000; by default {@value StandardLoginGuard#DEFAULT_FAILURES}
         * @return this builder
         */
        public Builder failures(int failures) {
            this.failures = failures;
            return this;
        }

        /**
         * Sets over how long failures count.
         *
         * @param window the time, more than zero and at most a year; by default ten minutes
         * @return this builder
         */
        public Builder window(Duration window) {
            this.window = window;
            return this;
        }

        /**
         * Sets how long a source is locked out.
         *
         * @param first the first time, more than zero; doubled each time; by default a minute
         * @param longest the most that it becomes, at most a year; by default an hour
         * @return this builder
         */
        public Builder ban(Duration first, Duration longest) {
            this.firstBan = first;
            this.longestBan = longest;
            return this;
        }

        /**
         * Sets how long the answer to a failed login is held back.
         *
         * @param first after the first failure; doubled with each; zero for not at all; by default half a second
         * @param longest the most that it becomes, at most a year; by default eight seconds
         * @return this builder
         */
        public Builder delay(Duration first, Duration longest) {
            this.firstDelay = first;
            this.longestDelay = longest;
            return this;
        }

        /**
         * Sets how many sources are remembered.
         *
         * @param sources the number, 1 or more; by default {@value StandardLoginGuard#DEFAULT_SOURCES}
         * @return this builder
         */
        public Builder sources(int sources) {
            this.sources = sources;
            return this;
        }

        /** The tests' clock. */
        Builder nanoTime(LongSupplier clock) {
            this.nanoTime = clock;
            return this;
        }

        /**
         * Makes the guard.
         *
         * @return a guard that has seen nobody
         * @throws IllegalArgumentException if a setting is out of its range; the message names it
         */
        public StandardLoginGuard build() {
            require(failures >= 1 && failures <= 1000, "failures: not in 1–1000");
            require(isPositive(window) && window.compareTo(MAX) <= 0, "window: not between zero and a year");
            require(
                    isPositive(firstBan) && firstBan.compareTo(longestBan) <= 0,
                    "ban: first is not between zero and longest");
            require(longestBan.compareTo(MAX) <= 0, "ban: longest is more than a year");
            require(
                    !firstDelay.isNegative() && firstDelay.compareTo(longestDelay) <= 0,
                    "delay: first is not between zero and longest");
            require(longestDelay.compareTo(MAX) <= 0, "delay: longest is more than a year");
            require(sources >= 1, "sources: less than 1");
            return new StandardLoginGuard(this);
        }

        private static boolean isPositive(Duration duration) {
            return !duration.isZero() && !duration.isNegative();
        }

        private static void require(boolean condition, String message) {
            if (!condition) {
                throw new IllegalArgumentException(message);
            }
        }
    }
}
