package io.portolan.fs.nio;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The names of what Portolan itself puts into the folders that it serves: uploads that are not whole yet ({@code .portolan-…​.part}) and parts kept of uploads
 * that broke ({@code .portolan-…​.kept}). No peer sees them or can say them. They are short whatever the file is called, since a name may be at its
 * store's limit already.
 */
final class HiddenNames {

    static final String PREFIX = ".portolan-";
    private static final String PART = ".part";
    private static final String KEPT = ".kept";

    /** 128 bits: nobody who can write to a folder guesses a name and puts a trap there. */
    private static final int RANDOM_BYTES = 16;

    /** 128 bits of SHA-256, so that no two names of a folder share a kept part. */
    private static final int HASH_BYTES = 16;

    private HiddenNames() {}

    /** A name that nobody can guess. */
    static String temporary() {
        byte[] random = new byte[RANDOM_BYTES];
        Generator.RANDOM.nextBytes(random);
        return PREFIX + HexFormat.of().formatHex(random) + PART;
    }

    /** The name under which the part of an upload to {@code name} is kept. */
    static String kept(String name) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return PREFIX + HexFormat.of().formatHex(hash, 0, HASH_BYTES) + KEPT;
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** Whether a name is one of ours; upper case counts too, since some stores do not tell it from lower case. */
    static boolean isHidden(String name) {
        return name.length() >= PREFIX.length()
                && name.charAt(0) == '.'
                && name.substring(0, PREFIX.length()).toLowerCase(Locale.ROOT).equals(PREFIX);
    }

    static boolean isTemporary(String name) {
        return isHidden(name) && name.endsWith(PART);
    }

    static boolean isKept(String name) {
        return isHidden(name) && name.endsWith(KEPT);
    }

    /** Made at the first use: a server that only reads never asks the system for random bytes. */
    private static final class Generator {
        static final SecureRandom RANDOM = new SecureRandom();
    }
}
