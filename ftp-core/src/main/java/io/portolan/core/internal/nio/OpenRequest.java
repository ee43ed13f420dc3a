package io.portolan.core.internal.nio;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.SPARSE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;

/**
 * How a file is to be opened, with what Java leaves to be understood: {@code READ} if nothing else is said, and nothing of what is about writing for who reads.
 *
 * @param options those of Java, without {@code SPARSE}, which is a hint, and {@code DELETE_ON_CLOSE}
 * @param deleteOnClose whether it is gone when it is closed
 * @param followLinks whether a link may be opened
 * @param permissionBits what a new file is to have
 */
public record OpenRequest(
        Set<StandardOpenOption> options, boolean deleteOnClose, boolean followLinks, OptionalInt permissionBits) {

    /** Keeps a copy. */
    public OpenRequest {
        options = Set.copyOf(options);
    }

    /** Of what a channel is asked for. */
    static OpenRequest of(Collection<? extends OpenOption> options, OptionalInt permissionBits) {
        Set<StandardOpenOption> standard = EnumSet.noneOf(StandardOpenOption.class);
        boolean follow = true;
        for (OpenOption option : options) {
            Objects.requireNonNull(option, "options");
            if (option == LinkOption.NOFOLLOW_LINKS) {
                follow = false;
            } else if (option instanceof StandardOpenOption known
                    && known != StandardOpenOption.SYNC
                    && known != StandardOpenOption.DSYNC) {
                standard.add(known);
            } else {
                throw new UnsupportedOperationException("options: there is no " + option + " here");
            }
        }
        if (standard.contains(APPEND)) {
            if (standard.contains(READ) || standard.contains(TRUNCATE_EXISTING)) {
                throw new IllegalArgumentException("options: APPEND with READ or TRUNCATE_EXISTING");
            }
            standard.add(WRITE);
        }
        if (!standard.contains(WRITE)) {
            standard.add(READ);
            standard.removeAll(Set.of(CREATE, CREATE_NEW, TRUNCATE_EXISTING));
        }
        boolean delete = standard.remove(DELETE_ON_CLOSE);
        standard.remove(SPARSE);
        return new OpenRequest(standard, delete, follow, permissionBits);
    }

    /** Of what a stream to write to is asked for. */
    static OpenRequest toWrite(OpenOption... options) {
        if (options.length == 0) {
            return of(List.of(CREATE, TRUNCATE_EXISTING, WRITE), OptionalInt.empty());
        }
        List<OpenOption> all = new ArrayList<>(List.of(options));
        if (all.contains(READ)) {
            throw new IllegalArgumentException("READ not allowed");
        }
        all.add(WRITE);
        return of(all, OptionalInt.empty());
    }

    /** Of what a stream to read from is asked for. */
    static OpenRequest toRead(OpenOption... options) {
        for (OpenOption option : options) {
            if (option == APPEND || option == WRITE) {
                throw new UnsupportedOperationException("'" + option + "' not allowed");
            }
        }
        return of(List.of(options), OptionalInt.empty());
    }

    /** Whether an option is among them. */
    public boolean has(StandardOpenOption option) {
        return options.contains(option);
    }

    /** Whether it is for reading. */
    public boolean reads() {
        return has(READ);
    }

    /** Whether it is for writing. */
    public boolean writes() {
        return has(WRITE);
    }
}
