package io.portolan.ssh.internal.auth;

import io.portolan.sftp.auth.LoginMethod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What can be chosen about logins. Immutable; one for all connections. */
public final class UserAuthSettings {

    /** OpenSSH's number: enough for the keys of an agent and some typing errors, few for guessing. */
    public static final int DEFAULT_MAX_ATTEMPTS = 6;

    /** More than any agent holds; a query costs the account's look-up, and lets nobody in. */
    public static final int DEFAULT_MAX_KEY_QUERIES = 32;

    /** OpenSSH's number: time to type a password and to look for the telephone that has the second factor. */
    public static final Duration DEFAULT_LOGIN_GRACE = Duration.ofMinutes(2);

    /** A directory service that needs longer is down. */
    public static final Duration DEFAULT_DECISION_TIME = Duration.ofSeconds(30);

    /** OpenSSH's number: longer than the look-up of an account in memory, so that this cannot be told from one that fails. */
    public static final Duration DEFAULT_MIN_FAILURE_TIME = Duration.ofMillis(5);

    /** Octets of a banner; RFC 4252 has no limit, but each connection buys it before login. */
    public static final int MAX_BANNER_OCTETS = 8 * 1024;

    private final AuthChains chains;
    private final int maxAttempts;
    private final int maxKeyQueries;
    private final Duration loginGrace;
    private final Duration decisionTime;
    private final FailureTime failureTime;
    private final String banner;
    private final List<String> keyAlgorithms;
    private final boolean passwordPrompt;

    private UserAuthSettings(Builder builder) {
        chains = new AuthChains(builder.chains);
        maxAttempts = builder.maxAttempts;
        maxKeyQueries = builder.maxKeyQueries;
        loginGrace = builder.loginGrace;
        decisionTime = builder.decisionTime;
        failureTime = new FailureTime(builder.minFailureTime);
        banner = builder.banner;
        keyAlgorithms = List.copyOf(builder.keyAlgorithms);
        passwordPrompt = builder.passwordPrompt;
    }

    /** Public keys, passwords and keyboard-interactive, each of which is enough. */
    public static UserAuthSettings defaults() {
        return builder().build();
    }

    /** The defaults, to be changed. */
    public static Builder builder() {
        return new Builder();
    }

    AuthChains chains() {
        return chains;
    }

    int maxAttempts() {
        return maxAttempts;
    }

    int maxKeyQueries() {
        return maxKeyQueries;
    }

    Duration loginGrace() {
        return loginGrace;
    }

    Duration decisionTime() {
        return decisionTime;
    }

    FailureTime failureTime() {
        return failureTime;
    }

    String banner() {
        return banner;
    }

    /** What {@code server-sig-algs} should tell: the algorithms that keys may sign with. */
    public List<String> keyAlgorithms() {
        return keyAlgorithms;
    }

    boolean passwordPrompt() {
        return passwordPrompt;
    }

    /** Collects settings. */
    public static final class Builder {
        private final List<List<LoginMethod>> chains = new ArrayList<>();
        private int maxAttempts = DEFAULT_MAX_ATTEMPTS;
        private int maxKeyQueries = DEFAULT_MAX_KEY_QUERIES;
        private Duration loginGrace = DEFAULT_LOGIN_GRACE;
        private Duration decisionTime = DEFAULT_DECISION_TIME;
        private Duration minFailureTime = DEFAULT_MIN_FAILURE_TIME;
        private String banner = "";
        private List<String> keyAlgorithms = KeyAlgorithms.ALL;
        private boolean passwordPrompt = true;

        private Builder() {}

        /** One more way in: these methods, each of which has to succeed, in order. Without any, each method alone is one. */
        public Builder chain(LoginMethod... methods) {
            chains.add(List.of(methods));
            return this;
        }

        /** After how many failures the connection ends, 1 or more. */
        public Builder maxAttempts(int attempts) {
            maxAttempts = positive("maxAttempts", attempts);
            return this;
        }

        /** How many keys a client may ask about before the connection ends, 1 or more. */
        public Builder maxKeyQueries(int queries) {
            maxKeyQueries = positive("maxKeyQueries", queries);
            return this;
        }

        /** How long a client has until it is logged in. */
        public Builder loginGrace(Duration grace) {
            loginGrace = positive("loginGrace", grace);
            return this;
        }

        /** How long the authenticator has for one answer; no answer is a rejection. */
        public Builder decisionTime(Duration time) {
            decisionTime = positive("decisionTime", time);
            return this;
        }

        /** How long each rejection takes at least. */
        public Builder minFailureTime(Duration time) {
            minFailureTime = positive("minFailureTime", time);
            return this;
        }

        /** What the user is shown before login; empty for nothing. */
        public Builder banner(String text) {
            if (text.length() > MAX_BANNER_OCTETS) {
                throw new IllegalArgumentException("banner: longer than " + MAX_BANNER_OCTETS);
            }
            banner = text;
            return this;
        }

        /** The algorithms that keys may sign with, of {@link KeyAlgorithms#ALL}. */
        public Builder keyAlgorithms(List<String> algorithms) {
            if (!KeyAlgorithms.ALL.containsAll(algorithms)) {
                throw new IllegalArgumentException("keyAlgorithms: one of them is not known: " + algorithms);
            }
            keyAlgorithms = algorithms;
            return this;
        }

        /** Whether keyboard-interactive asks for the password where the authenticator has no questions of its own. */
        public Builder passwordPrompt(boolean prompt) {
            passwordPrompt = prompt;
            return this;
        }

        /** The settings. */
        public UserAuthSettings build() {
            if (chains.isEmpty()) {
                Arrays.stream(LoginMethod.values()).forEach(this::chain);
            }
            return new UserAuthSettings(this);
        }

        private static int positive(String name, int value) {
            if (value < 1) {
                throw new IllegalArgumentException(name + ": " + value + " is less than 1");
            }
            return value;
        }

        private static Duration positive(String name, Duration value) {
            if (value.isNegative() || value.isZero()) {
                throw new IllegalArgumentException(name + ": " + value + " is not more than nothing");
            }
            return value;
        }
    }
}
