package io.portolan.auth;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Ready-made {@link Authenticator}s. All of them do as much work for a user who does not exist as for one who does. */
public final class Authenticators {

    private Authenticators() {}

    /**
     * Lets nobody in: the default of every server.
     *
     * @return the authenticator
     */
    public static Authenticator denyAll() {
        return request -> AuthenticationResult.rejected("nobody is let in");
    }

    /**
     * Lets one user in. As {@link #users}.
     *
     * @param name the user
     * @param password the password; copied, so that the caller can clear it
     * @return the authenticator
     */
    public static Authenticator user(String name, char[] password) {
        requireName(name);
        KeyedDigest digest = new KeyedDigest();
        return new PasswordAccounts(Map.of(name, digest.secret(password)), digest.unmatched());
    }

    /**
     * Lets one user in. As {@link #users}.
     *
     * @param name the user
     * @param password the password
     * @return the authenticator
     */
    public static Authenticator user(String name, String password) {
        return user(name, password.toCharArray());
    }

    /**
     * Lets users in whose passwords the application has in plain text.
     *
     * <p>What is kept is an HMAC-SHA-256 of each under a random key of this object. That is quick to compute, thousands of logins a second, where a password hash
     * is slow on purpose; the slowness protects hashes that are stolen from where they are stored, and these are stored nowhere: who can read this process's memory reads the
     * key beside them, and the plain text wherever the application had it from. For what is stored use {@link #hashed} or {@link #passwordFile}.
     *
     * @param passwords the password of each user; copied
     * @return the authenticator
     */
    public static Authenticator users(Map<String, String> passwords) {
        KeyedDigest digest = new KeyedDigest();
        Map<String, PasswordAccounts.Secret> secrets = new HashMap<>();
        passwords.forEach((name, password) -> {
            requireName(name);
            secrets.put(name, digest.secret(password.toCharArray()));
        });
        return new PasswordAccounts(secrets, digest.unmatched());
    }

    /**
     * Lets users in whose passwords are kept as hashes. Each login costs the time that {@link PasswordHash} says, also of one who is refused, so that the limits of
     * {@link io.portolan.guard} matter.
     *
     * @param encoded the hash of each user's password, as {@link PasswordHash#encoded()} gives it; copied
     * @return the authenticator
     * @throws IllegalArgumentException if one of them is not a hash; the message names the user
     */
    public static Authenticator hashed(Map<String, String> encoded) {
        Map<String, PasswordHash> hashes = new HashMap<>();
        encoded.forEach((name, hash) -> {
            requireName(name);
            try {
                hashes.put(name, PasswordHash.parse(hash));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("the hash of user " + name + ": " + e.getMessage(), e);
            }
        });
        return hashes(hashes);
    }

    static Authenticator hashes(Map<String, PasswordHash> hashes) {
        Map<String, PasswordAccounts.Secret> secrets = new HashMap<>();
        hashes.forEach((name, hash) -> secrets.put(name, hash::matches));
        // An unknown user costs what the dearest known one does.
        int iterations = hashes.values().stream()
                .map(PasswordHash::iterations)
                .max(Comparator.naturalOrder())
                .orElse(PasswordHash.MIN_ITERATIONS);
        PasswordHash nobody = PasswordHash.unmatched(iterations);
        return new PasswordAccounts(secrets, nobody::matches);
    }

    /**
     * Lets users in who stand in a file of lines {@code user:hash}, with hashes as {@link PasswordHash#encoded()} gives them. Lines that begin with {@code #} and
     * empty ones are skipped. The file is read again when it has changed; a line that is wrong then keeps its own user out, and a file that cannot be
     * read everybody.
     *
     * @param file the file, in UTF-8; on systems with POSIX permissions only its owner may be able to write it
     * @return the authenticator
     * @throws java.io.UncheckedIOException if the file cannot be read now, or others can write it
     * @throws IllegalArgumentException if a line is wrong; the message names it
     */
    public static Authenticator passwordFile(Path file) {
        return new PasswordFile(file);
    }

    /**
     * Lets in whoever comes as {@code anonymous}, as the user of that name.
     *
     * @return the authenticator
     */
    public static Authenticator anonymous() {
        return request -> request.credentials() instanceof Credentials.Anonymous
                ? AuthenticationResult.accepted(Identity.of("anonymous"))
                : AuthenticationResult.rejected("only anonymous users are let in");
    }

    /**
     * Asks several in turn: the first that does not reject decides. One that throws is passed over; if then nobody else lets the user in, that is what is thrown.
     *
     * @param authenticators whom to ask, in this order
     * @return the authenticator
     */
    public static Authenticator firstOf(Authenticator... authenticators) {
        return new FirstOf(List.of(authenticators));
    }

    private static void requireName(String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("name: is empty");
        }
    }
}
