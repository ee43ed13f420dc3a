package io.portolan.core.internal.nio;

import io.portolan.fs.FileInfo;
import java.nio.file.ProviderMismatchException;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Users and groups of a server: names or numbers, which mean something to the server only. */
final class RemotePrincipals {

    /** Nobody can be looked up at a server: whether there is a user of a name shows when a file is to be theirs. */
    static final UserPrincipalLookupService LOOKUP = new UserPrincipalLookupService() {
        @Override
        public UserPrincipal lookupPrincipalByName(String name) {
            return new User(Objects.requireNonNull(name, "name"), name);
        }

        @Override
        public GroupPrincipal lookupPrincipalByGroupName(String group) {
            return new Group(Objects.requireNonNull(group, "group"), group);
        }
    };

    private static final String UNKNOWN = "unknown";

    private RemotePrincipals() {}

    /** Whoever can be told to the server. */
    sealed interface Principal {
        /** A name, or a number where the server knows of numbers only. */
        String wire();
    }

    /** The same as everybody of that name. */
    private record User(String getName, String wire) implements UserPrincipal, Principal {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof User that && getName.equals(that.getName);
        }

        @Override
        public int hashCode() {
            return getName.hashCode();
        }

        @Override
        public String toString() {
            return getName;
        }
    }

    /** The same as everybody of that name. */
    private record Group(String getName, String wire) implements GroupPrincipal, Principal {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Group that && getName.equals(that.getName);
        }

        @Override
        public int hashCode() {
            return getName.hashCode();
        }

        @Override
        public String toString() {
            return getName;
        }
    }

    static UserPrincipal owner(FileInfo info) {
        String wire = wire(info.owner(), info.ownerId());
        return new User(info.owner().orElse(wire), wire);
    }

    static GroupPrincipal group(FileInfo info) {
        String wire = wire(info.group(), info.groupId());
        return new Group(info.group().orElse(wire), wire);
    }

    /** The number, if there is one: it is what a server that tells one wants to have. */
    private static String wire(Optional<String> name, OptionalInt id) {
        return id.isPresent() ? Integer.toString(id.getAsInt()) : name.orElse(UNKNOWN);
    }

    /** What a principal of ours, or of another file system, is called at the server. */
    static String wire(@Nullable Object principal) {
        if (principal instanceof Principal ours) {
            return ours.wire();
        }
        throw new ProviderMismatchException("a principal of another file system");
    }
}
