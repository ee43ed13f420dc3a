package io.portolan.examples.standalone;

import io.portolan.auth.Authenticator;
import io.portolan.auth.Authenticators;
import io.portolan.sftp.auth.AuthorizedKeys;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
                withKeys(options, users.keySet(), authenticator(options, users)),
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

    private static Authenticator withKeys(ServeOptions options, Set<String> users, Authenticator passwords) {
        Path file = options.authorizedKeys;
        if (file == null) {
            return passwords;
        }
        List<Authenticator> all = new ArrayList<>(List.of(passwords));
        if (file.toString().contains("%u")) {
            all.add(keysOfEach(file.toAbsolutePath().normalize()));
        } else if (users.isEmpty()) {
            throw options.wrong("--authorized-keys: whose keys are they? Name users by --user, or the file with %u");
        } else if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw options.wrong("--authorized-keys: " + file + ": is no file that this user can read");
        } else {
            users.forEach(user -> all.add(AuthorizedKeys.file(user, file)));
        }
        return Authenticators.firstOf(all.toArray(Authenticator[]::new));
    }

    /** What stands before the folder or file that has the name in it is the same for all. */
    private static Authenticator keysOfEach(Path pattern) {
        int own = 0;
        while (!pattern.getName(own).toString().contains("%u")) {
            own++;
        }
        Path root = pattern.getRoot();
        Path shared = own == 0 ? root : root.resolve(pattern.subpath(0, own));
        return AuthorizedKeys.folder(
                shared, pattern.subpath(own, pattern.getNameCount()).toString());
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
