package io.portolan.sftp.client.internal.hostkey;

import io.portolan.ssh.internal.trust.Wildcards;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** For which hosts a line is: names with wildcards, of which one with {@code !} keeps hosts out; or the digest of one name, which does not give the name away. */
sealed interface HostPatterns {

    /** Whether it is for a host, by its {@link HostName#known known name}. */
    boolean matches(String host);

    /** Whether it is for this host and for no other. */
    boolean isOnly(String host);

    /** Reads the first field of a line; nothing if it makes no sense. */
    static Optional<HostPatterns> parse(String field) {
        return field.startsWith("|") ? Hashed.read(field) : Optional.of(Listed.read(field));
    }

    /**
     * Names.
     *
     * @param patterns those that let hosts in
     * @param negated those that keep them out
     */
    record Listed(List<String> patterns, List<String> negated) implements HostPatterns {

        static HostPatterns read(String field) {
            List<String> all = Arrays.stream(field.toLowerCase(Locale.ROOT).split(","))
                    .filter(part -> !part.isEmpty())
                    .toList();
            return new Listed(
                    all.stream().filter(part -> !part.startsWith("!")).toList(),
                    all.stream()
                            .filter(part -> part.startsWith("!"))
                            .map(part -> part.substring(1))
                            .toList());
        }

        @Override
        public boolean matches(String host) {
            return patterns.stream().anyMatch(pattern -> Wildcards.matches(pattern, host))
                    && negated.stream().noneMatch(pattern -> Wildcards.matches(pattern, host));
        }

        @Override
        public boolean isOnly(String host) {
            return negated.isEmpty() && patterns.equals(List.of(host));
        }
    }

    /** {@code |1|salt|digest}: HMAC-SHA1 of the name under the salt. What SHA-1 is weak in does not matter here, and nobody knows another format. */
    @SuppressWarnings("ArrayRecordComponent") // made by this class only, and never changed
    record Hashed(byte[] salt, byte[] digest) implements HostPatterns {

        private static final String MAGIC = "|1|";
        private static final String ALGORITHM = "HmacSHA1";
        private static final int OCTETS = 20;

        static Optional<HostPatterns> read(String field) {
            String[] parts = field.split("\\|", -1);
            if (!field.startsWith(MAGIC) || parts.length != 4) {
                return Optional.empty();
            }
            try {
                byte[] salt = Base64.getDecoder().decode(parts[2]);
                byte[] digest = Base64.getDecoder().decode(parts[3]);
                return salt.length == OCTETS && digest.length == OCTETS
                        ? Optional.of(new Hashed(salt, digest))
                        : Optional.empty();
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }

        /** The field for a name. */
        static String write(String host, SecureRandom random) {
            byte[] salt = new byte[OCTETS];
            random.nextBytes(salt);
            Base64.Encoder encoder = Base64.getEncoder();
            return MAGIC + encoder.encodeToString(salt) + "|" + encoder.encodeToString(digest(salt, host));
        }

        private static byte[] digest(byte[] salt, String host) {
            try {
                Mac mac = Mac.getInstance(ALGORITHM);
                mac.init(new SecretKeySpec(salt, ALGORITHM));
                return mac.doFinal(host.getBytes(StandardCharsets.UTF_8));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this JVM has no " + ALGORITHM, e);
            }
        }

        @Override
        public boolean matches(String host) {
            return MessageDigest.isEqual(digest, digest(salt, host));
        }

        @Override
        public boolean isOnly(String host) {
            return matches(host);
        }
    }
}
