package io.portolan.core.internal.nio;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What an application has said when it made a file system. Messages name a key, and never its value. */
public final class Environment {

    private final Map<String, ?> values;

    /**
     * Takes what was said.
     *
     * @param values by key
     * @param known which keys there are
     * @throws IllegalArgumentException if there is another one, as what is misspelt would count for nothing
     */
    public Environment(Map<String, ?> values, Set<String> known) {
        this.values = values;
        for (String key : values.keySet()) {
            if (!known.contains(key)) {
                throw new IllegalArgumentException(
                        "environment: there is no key " + key + ", only " + new TreeSet<>(known));
            }
        }
    }

    /** A value. */
    public <T> Optional<T> get(String key, Class<T> type) {
        Object value = values.get(key);
        if (value != null && !type.isInstance(value)) {
            throw wrongType(key, type.getSimpleName());
        }
        return Optional.ofNullable(type.cast(value));
    }

    /** Whether something was said. */
    public boolean has(String key) {
        return values.get(key) != null;
    }

    /** Whoever tells a secret, which is asked for each time: a {@code char[]}, a text, or a supplier of one of both. */
    public Optional<Supplier<char[]>> secret(String key) {
        Object value = values.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof Supplier<?>) && characters(value) == null) {
            throw wrongType(key, "char[], CharSequence or Supplier");
        }
        Object kept = value instanceof char[] secret ? secret.clone() : value;
        return Optional.of(() -> {
            char[] told = characters(kept instanceof Supplier<?> supplier ? supplier.get() : kept);
            if (told == null) {
                throw wrongType(key, "Supplier of a char[] or CharSequence");
            }
            return told;
        });
    }

    private static char @Nullable [] characters(@Nullable Object value) {
        if (value instanceof char[] secret) {
            return secret.clone();
        }
        return value instanceof CharSequence text ? text.toString().toCharArray() : null;
    }

    private static IllegalArgumentException wrongType(String key, String type) {
        return new IllegalArgumentException("environment: " + key + " has to be a " + type);
    }
}
