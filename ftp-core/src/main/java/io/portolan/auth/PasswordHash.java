package io.portolan.auth;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A password that is kept as its hash: PBKDF2 with HMAC-SHA-256 (RFC 8018 §5.2), in the text form {@code $pbkdf2-sha256$ITERATIONS$SALT$HASH} that other
 * tools write too. Salt and hash are in Base64 without padding and with {@code .} for {@code +}. Immutable.
 *
 * <p>To hash is slow on purpose, about a quarter of a second of processor time with the default: {@link #matches} is nothing for an event loop.
 */
public final class PasswordHash {

    /** The iterations of new hashes, as OWASP recommends for PBKDF2 with HMAC-SHA-256. */
    public static final int DEFAULT_ITERATIONS = 600_000;

    /** The fewest that are accepted: below it a hash protects nothing. */
    public static final int MIN_ITERATIONS = 1_000;

    /** The most that are accepted: a file of hashes must not stall the logins for minutes. */
    public static final int MAX_ITERATIONS = 10_000_000;

    private static final int SALT_BYTES = 16;

    private static final int HASH_BYTES = 32;

    /** Salts and hashes of other tools may be shorter or longer than ours, within reason. */
    private static final int MIN_BYTES = 8;

    private static final int MAX_BYTES = 64;

    private static final Pattern FORMAT =
            Pattern.compile("\\$pbkdf2-sha256\\$([1-9][0-9]{0,8})\\$([A-Za-z0-9./+]{1,100})\\$([A-Za-z0-9./+]{1,100})");

    private final int iterations;
    private final byte[] salt;
    private final byte[] hash;

    private PasswordHash(int iterations, byte[] salt, byte[] hash) {
        this.iterations = iterations;
        this.salt = salt;
        this.hash = hash;
    }

    /**
     * Hashes a password with a new salt and {@link #DEFAULT_ITERATIONS}.
     *
     * @param password the password, not empty; not changed
     * @return its hash
     */
    public static PasswordHash of(char[] password) {
        return of(password, DEFAULT_ITERATIONS);
    }

    /**
     * Hashes a password with a new salt.
     *
     * @param password the password, not empty; not changed
     * @param iterations how often to hash, {@link #MIN_ITERATIONS}–{@link #MAX_ITERATIONS}
     * @return its hash
     */
    public static PasswordHash of(char[] password, int iterations) {
        if (password.length == 0) {
            throw new IllegalArgumentException("password: is empty");
        }
        requireIterations(iterations);
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        return new PasswordHash(iterations, salt, derive(password, salt, iterations, HASH_BYTES));
    }

    /** A hash that is not of any password, to spend the same time on. */
    static PasswordHash unmatched(int iterations) {
        SecureRandom random = new SecureRandom();
        byte[] salt = new byte[SALT_BYTES];
        byte[] hash = new byte[HASH_BYTES];
        random.nextBytes(salt);
        random.nextBytes(hash);
        return new PasswordHash(iterations, salt, hash);
    }

    /**
     * Reads a hash.
     *
     * @param encoded what {@link #encoded()} gave
     * @return the hash
     * @throws IllegalArgumentException if that is not a hash, or its iterations are out of range; the message does not repeat it
     */
    public static PasswordHash parse(String encoded) {
        Matcher matcher = FORMAT.matcher(encoded);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not of the form $pbkdf2-sha256$ITERATIONS$SALT$HASH");
        }
        int iterations = Integer.parseInt(matcher.group(1));
        requireIterations(iterations);
        return new PasswordHash(iterations, decode(matcher.group(2), "salt"), decode(matcher.group(3), "hash"));
    }

    private static void requireIterations(int iterations) {
        if (iterations < MIN_ITERATIONS || iterations > MAX_ITERATIONS) {
            throw new IllegalArgumentException(
                    "iterations: " + iterations + " is not in " + MIN_ITERATIONS + "–" + MAX_ITERATIONS);
        }
    }

    private static byte[] decode(String text, String what) {
        byte[] bytes = Base64.getDecoder().decode(text.replace('.', '+'));
        if (bytes.length < MIN_BYTES || bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    what + ": " + bytes.length + " bytes are not in " + MIN_BYTES + "–" + MAX_BYTES);
        }
        return bytes;
    }

    /**
     * The hash as text.
     *
     * @return {@code $pbkdf2-sha256$ITERATIONS$SALT$HASH}
     */
    public String encoded() {
        return "$pbkdf2-sha256$" + iterations + "$" + encode(salt) + "$" + encode(hash);
    }

    private static String encode(byte[] bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes).replace('+', '.');
    }

    /**
     * How often was hashed.
     *
     * @return the iterations
     */
    public int iterations() {
        return iterations;
    }

    /**
     * Whether a password is the one that was hashed. Takes the same time for every password.
     *
     * @param password the password; not changed
     * @return whether it is
     */
    public boolean matches(char[] password) {
        // The JDK hashes no empty password. To hash another instead keeps the time the same.
        char[] hashed = password.length == 0 ? new char[] {'\0'} : password;
        boolean equal = MessageDigest.isEqual(hash, derive(hashed, salt, iterations, hash.length));
        return equal && password.length > 0;
    }

    private static byte[] derive(char[] password, byte[] salt, int iterations, int length) {
        PBEKeySpec spec = new PBEKeySpec(password, salt, iterations, length * Byte.SIZE);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no PBKDF2WithHmacSHA256", e);
        } finally {
            spec.clearPassword();
        }
    }

    /** Tells nothing of the hash. */
    @Override
    public String toString() {
        return "PasswordHash[" + iterations + " iterations]";
    }
}
