package io.portolan.core.internal.session;

import java.security.SecureRandom;

/** Makes {@link io.portolan.session.SessionInfo#id() identifiers} that nobody can guess, so that knowing one is knowing of the session. Safe to use from any thread. */
public final class SessionIds {

    /** Crockford's Base32: letters and digits that cannot be mistaken for one another when somebody reads them out from a log. */
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

    /** 60 bits: a thousand million sessions have met the same one with a probability of less than one half. */
    private static final int LENGTH = 12;

    private static final int BITS_PER_CHARACTER = 5;

    private final SecureRandom random = new SecureRandom();

    /**
     * Makes an identifier.
     *
     * @return twelve letters and digits
     */
    public String next() {
        long bits = random.nextLong();
        StringBuilder id = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            id.append(ALPHABET.charAt((int) (bits & (ALPHABET.length() - 1))));
            bits >>>= BITS_PER_CHARACTER;
        }
        return id.toString();
    }
}
