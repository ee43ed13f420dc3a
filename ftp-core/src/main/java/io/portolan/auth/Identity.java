package io.portolan.auth;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who is logged in: what the {@link Authenticator} found out, for the file-system factory and the listeners. Immutable. */
public final class Identity {

    private final String name;
    private final Map<String, Object> attributes;

    private Identity(String name, Map<String, Object> attributes) {
        this.name = name;
        this.attributes = attributes;
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
        return new Identity(name, Map.copyOf(attributes));
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

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Identity identity
                && name.equals(identity.name)
                && attributes.equals(identity.attributes);
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
