package io.portolan.examples.standalone;

import io.portolan.auth.Authenticator;
import io.portolan.auth.Authenticators;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who may log in.
 *
 * @param authenticator decides it
 * @param generated the user that was made up, if none was named
 * @param example the name of one that may log in, for the line to paste; empty if only a file knows
 */
record Accounts(Authenticator authenticator, Optional<Generated> generated, Optional<String> example) {

    /** A user that nobody has named. */
    record Generated(String user, String password) {}

    private static final String GENERATED_USER = "portolan";

    /** Nothing that a shell or a URL would take for something else, and nothing that looks like something else. */
    private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    /** 57 characters to choose from, 16 times: 93 bits. */
    private static final int PASSWORD_LENGTH = 16;

    static Accounts of(ServeOptions options) {
        Map<String, String> users = new LinkedHashMap<>();
        for (String user : options.users) {
            int colon = user.indexOf(':');
            if (colon < 1 || colon == user.length() - 1) {
                throw options.wrong("--user: expected NAME:PASSWORD");
            }
            if (users.put(user.substring(0, colon), user.substring(colon + 1)) != null) {
                throw options.wrong("--user: '" + user.substring(0, colon) + "' is given twice");
            }
        }
        Optional<Generated> generated = Optional.empty();
        if (users.isEmpty() && options.passwordFile == null) {
            generated = Optional.of(new Generated(GENERATED_USER, newPassword()));
            generated.ifPresent(made -> users.put(made.user(), made.password()));
        }
        return new Accounts(
                authenticator(options, users),
                generated,
                users.keySet().stream().findFirst());
    }

    private static Authenticator authenticator(ServeOptions options, Map<String, String> users) {
        List<Authenticator> all = new ArrayList<>();
        if (!users.isEmpty()) {
            all.add(Authenticators.users(users));
        }
        if (options.passwordFile != null) {
            try {
                all.add(Authenticators.passwordFile(options.passwordFile));
            } catch (UncheckedIOException e) {
                throw options.wrong("--password-file: " + Failures.describe(e.getCause()));
            } catch (IllegalArgumentException e) {
                throw options.wrong("--password-file: " + e.getMessage());
            }
        }
        return Authenticators.firstOf(all.toArray(Authenticator[]::new));
    }

    private static String newPassword() {
        SecureRandom random = new SecureRandom();
        StringBuilder password = new StringBuilder();
        for (int i = 0; i < PASSWORD_LENGTH; i++) {
            password.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return password.toString();
    }
}
