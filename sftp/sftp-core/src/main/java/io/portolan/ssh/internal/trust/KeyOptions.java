package io.portolan.ssh.internal.trust;

import java.net.InetAddress;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The options of a line of authorized_keys, as sshd(8) describes them. Those about terminals, forwarding, environment and rc files allow or forbid what this server never does, so they are
 * only read; all others are kept to. An option that is not known, or not well-formed, makes the line unusable.
 *
 * @param certAuthority whether the key is a CA's, so that its certificates log in and itself does not
 * @param principals whom certificates of the CA have to be for; empty for the user's own name
 * @param forcedCommand what runs whatever is asked for
 * @param from where the user may come from
 * @param expires when the key stops being good
 * @param touchRequired whether a security key has to be touched
 * @param verificationRequired whether a security key has to verify its user
 */
public record KeyOptions(
        boolean certAuthority,
        Optional<Set<String>> principals,
        Optional<String> forcedCommand,
        Optional<AddressPatterns> from,
        Optional<Instant> expires,
        boolean touchRequired,
        boolean verificationRequired) {

    static final KeyOptions NONE =
            new KeyOptions(false, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), true, false);

    private static final KeyOptions AUTHORITY =
            new KeyOptions(true, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), true, false);

    /** More than there are kinds of. */
    static final int MAX_OPTIONS = 64;

    private static final Set<String> IGNORED_FLAGS = Set.of(
            "restrict",
            "agent-forwarding",
            "no-agent-forwarding",
            "port-forwarding",
            "no-port-forwarding",
            "pty",
            "no-pty",
            "user-rc",
            "no-user-rc",
            "x11-forwarding",
            "no-x11-forwarding");

    private static final Set<String> FLAGS = Set.of("cert-authority", "no-touch-required", "verify-required");

    /** Those that may come several times. */
    private static final Set<String> IGNORED_VALUES = Set.of("environment", "permitlisten", "permitopen", "tunnel");

    private static final Set<String> VALUES = Set.of("command", "from", "expiry-time", "principals");

    private static final Pattern EXPIRY =
            Pattern.compile("([0-9]{4})([0-9]{2})([0-9]{2})(?:([0-9]{2})([0-9]{2})([0-9]{2})?)?(Z?)");

    static KeyOptions parse(String text) throws TrustException {
        Map<String, String> options = new HashMap<>();
        for (String option : split(text)) {
            add(option, options);
        }
        Optional<String> from = Optional.ofNullable(options.get("from"));
        Optional<String> expiry = Optional.ofNullable(options.get("expiry-time"));
        Optional<String> principals = Optional.ofNullable(options.get("principals"));
        boolean authority = options.containsKey("cert-authority");
        if (principals.isPresent() && !authority) {
            throw new TrustException("principals of a key that is no CA's");
        }
        return new KeyOptions(
                authority,
                principals.isPresent() ? Optional.of(names(principals.get())) : Optional.empty(),
                Optional.ofNullable(options.get("command")),
                from.isPresent() ? Optional.of(AddressPatterns.patterns(from.get())) : Optional.empty(),
                expiry.isPresent() ? Optional.of(expiry(expiry.get())) : Optional.empty(),
                !options.containsKey("no-touch-required"),
                options.containsKey("verify-required"));
    }

    private static List<String> split(String text) throws TrustException {
        List<String> options = new ArrayList<>();
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                options.add(text.substring(start, i));
                start = i + 1;
            }
        }
        if (quoted) {
            throw new TrustException("an option whose quote does not end");
        }
        options.add(text.substring(start));
        if (options.size() > MAX_OPTIONS) {
            throw new TrustException("more than " + MAX_OPTIONS + " options");
        }
        return options;
    }

    private static void add(String option, Map<String, String> options) throws TrustException {
        int equals = option.indexOf('=');
        String name = (equals < 0 ? option : option.substring(0, equals)).toLowerCase(Locale.ROOT);
        if (equals < 0 ? IGNORED_FLAGS.contains(name) : IGNORED_VALUES.contains(name)) {
            if (equals >= 0) {
                unquote(option.substring(equals + 1));
            }
            return;
        }
        if (!(equals < 0 ? FLAGS : VALUES).contains(name)) {
            throw new TrustException("an option that nobody knows");
        }
        if (options.put(name, equals < 0 ? "" : unquote(option.substring(equals + 1))) != null) {
            throw new TrustException("the option " + name + " twice");
        }
    }

    private static String unquote(String value) throws TrustException {
        if (value.length() < 2 || !value.startsWith("\"") || !value.endsWith("\"")) {
            throw new TrustException("an option without quotes");
        }
        String inside = value.substring(1, value.length() - 1);
        if (inside.replace("\\\"", "").contains("\"")) {
            throw new TrustException("an option with a quote in the middle");
        }
        return inside.replace("\\\"", "\"");
    }

    private static Set<String> names(String list) throws TrustException {
        Set<String> names =
                Set.copyOf(List.of(list.split(",", -1)).stream().distinct().toList());
        if (names.contains("")) {
            throw new TrustException("an empty principal");
        }
        return names;
    }

    /** The form of ssh-keygen(1): local time, unless it ends in Z. */
    private static Instant expiry(String text) throws TrustException {
        Matcher matcher = EXPIRY.matcher(text);
        if (!matcher.matches()) {
            throw new TrustException("a time that is none");
        }
        try {
            LocalDateTime time = LocalDateTime.of(
                    number(matcher.group(1)),
                    number(matcher.group(2)),
                    number(matcher.group(3)),
                    number(matcher.group(4)),
                    number(matcher.group(5)),
                    number(matcher.group(6)));
            ZoneId zone = matcher.group(7).isEmpty() ? ZoneId.systemDefault() : ZoneOffset.UTC;
            return time.atZone(zone).toInstant();
        } catch (DateTimeException e) {
            throw new TrustException("a time that is none", e);
        }
    }

    private static int number(@Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    /** Refuses who comes from elsewhere, or too late. */
    void require(InetAddress source, Instant now) throws TrustException {
        if (from.isPresent() && !from.get().allows(source)) {
            throw new TrustException("a key that is not good from there");
        }
        if (expires.isPresent() && !now.isBefore(expires.get())) {
            throw new TrustException("a key that has expired");
        }
    }

    /** Whether they restrict nothing. */
    boolean isPlain() {
        return equals(NONE) || equals(AUTHORITY);
    }
}
