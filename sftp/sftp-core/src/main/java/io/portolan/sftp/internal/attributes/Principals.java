package io.portolan.sftp.internal.attributes;

import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Numbers of users and groups, which version 3 knows only, and names, which the later ones know only. A name of digits is a number
 * (draft-ietf-secsh-filexfer-13 section 7.5), and {@code root} is 0, the only name that has the same number everywhere.
 */
final class Principals {

    private static final int UINT32_DIGITS = 10;
    private static final long UINT32 = 0xffff_ffffL;
    private static final long NONE = -1;

    private Principals() {}

    /** The number of a name, or -1 if it has none. */
    static long number(Optional<String> name) {
        return name.map(Principals::number).orElse(NONE);
    }

    private static long number(String name) {
        if (name.equals("root")) {
            return 0;
        }
        if (name.isEmpty() || name.length() > UINT32_DIGITS) {
            return NONE;
        }
        long value = 0;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c < '0' || c > '9') {
                return NONE;
            }
            value = value * 10 + c - '0';
        }
        return value <= UINT32 ? value : NONE;
    }

    /** The name, or the number in its stead. */
    static @Nullable String name(Optional<String> name, OptionalLong number) {
        if (name.isPresent()) {
            return name.get();
        }
        return number.isPresent() ? Long.toString(number.getAsLong()) : null;
    }
}
