package io.portolan.fs;

import io.portolan.fs.PositionalFiles.Access;
import java.util.EnumSet;
import java.util.Set;

/** What the flags of {@link PositionalFiles#openPositional} may be together. */
final class PositionalAccess {

    private PositionalAccess() {}

    /** Checks flags, and adds those that others imply. */
    static Set<Access> checked(Set<Access> access) {
        if (access.isEmpty()) {
            throw new IllegalArgumentException("access: a file is opened for something");
        }
        Set<Access> flags = EnumSet.copyOf(access);
        if (flags.contains(Access.APPEND)) {
            flags.add(Access.WRITE);
        }
        if (!flags.contains(Access.WRITE) && !flags.contains(Access.READ)) {
            throw new IllegalArgumentException("access: " + access + " has neither READ nor WRITE nor APPEND");
        }
        if (flags.contains(Access.TRUNCATE) && !flags.contains(Access.WRITE)) {
            throw new IllegalArgumentException("access: TRUNCATE needs WRITE");
        }
        return flags;
    }

    static boolean mayMake(Set<Access> flags) {
        return flags.contains(Access.CREATE) || flags.contains(Access.CREATE_NEW);
    }
}
