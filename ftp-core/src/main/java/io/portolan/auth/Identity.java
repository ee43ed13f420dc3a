package io.portolan.auth;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who is logged in: what the {@link Authenticator} found out, for the file-system factory and the listeners. Immutable. */
public final class Identity {

    private final String name;
    private final Map<String, Object> attributes;
    private final boolean protectedDataOnly;

    private Identity(String name, Map<String, Object> attributes, boolean protectedDataOnly) {
        this.name = name;
        this.attributes = attributes;
        this.protectedDataOnly = protectedDataOnly;
    }

    /**
     * A user of whom nothing is known but the name.
     *
     * @param name the name, not empty
     * @return the identity
     */
    public static Identity of(String name) {
        return of(name, Map.of());
    }

    /**
     * A user with attributes of the application's own, such as a row of its table of customers.
     *
     * @param name the name, not empty
     * @param attributes whatever the file-system factory will want; copied
     * @return the identity
     */
    public static Identity of(String name, Map<String, ?> attributes) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("name: is empty");
        }
        return new Identity(name, Map.copyOf(attributes), false);
    }

    /**
     * The name.
     *
     * @return the name, not empty
     */
    public String name() {
        return name;
    }

    /**
     * An attribute that the authenticator gave.
     *
     * @param key its name
     * @param type its type
     * @param <T> its type
     * @return the value, or empty if there is none or it has another type
     */
    public <T> Optional<T> attribute(String key, Class<T> type) {
        Object value = attributes.get(Objects.requireNonNull(key, "key"));
        return type.isInstance(value) ? Optional.of(type.cast(value)) : Optional.empty();
    }

    /**
     * All attributes that the authenticator gave.
     *
     * @return the attributes by their names; unmodifiable
     */
    public Map<String, Object> attributes() {
        return attributes;
    }

    /**
     * The same user, whose files and listings nobody on the way may read: FTP refuses data connections in the clear with 521, and PROT C with 534 (RFC 4217 §10), whatever the
     * server demands of others. It says nothing of the control connection, on which FTP's STAT and MLST tell of files as well; an authenticator that wants that protected too
     * rejects who comes over another, see {@link io.portolan.session.SessionInfo#isEncrypted()}.
     *
     * @return the identity
     */
    public Identity withProtectedDataOnly() {
        return new Identity(name, attributes, true);
    }

    /**
     * Whether this user's data must be protected on the way.
     *
     * @return false unless it is {@link #withProtectedDataOnly()}
     */
    public boolean isProtectedDataOnly() {
        return protectedDataOnly;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Identity identity
                && name.equals(identity.name)
                && attributes.equals(identity.attributes)
                && protectedDataOnly == identity.protectedDataOnly;
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
