package io.portolan.ftp.security;

import java.util.Locale;
import java.util.Optional;

/** How a connection is protected: the argument of PROT (RFC 2228 §3). */
public enum ProtectionLevel {
    /** Not at all. */
    CLEAR('C'),
    /** Against changes. */
    SAFE('S'),
    /** Against readers. */
    CONFIDENTIAL('E'),
    /** Against changes and readers: what TLS does. */
    PRIVATE('P');

    private final char letter;

    ProtectionLevel(char letter) {
        this.letter = letter;
    }

    /**
     * The letter that PROT is told.
     *
     * @return {@code C}, {@code S}, {@code E} or {@code P}
     */
    public char letter() {
        return letter;
    }

    /**
     * Reads PROT's argument, in either case.
     *
     * @param argument the argument
     * @return the level, or empty if it is none
     */
    public static Optional<ProtectionLevel> parse(String argument) {
        String upper = argument.toUpperCase(Locale.ROOT);
        for (ProtectionLevel level : values()) {
            if (upper.length() == 1 && upper.charAt(0) == level.letter) {
                return Optional.of(level);
            }
        }
        return Optional.empty();
    }
}
