package io.portolan.testing.fuzz;

import java.lang.reflect.Constructor;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where Jazzer begins; what it calls is a matter of names. */
public final class JazzerEntry {

    private static @Nullable FuzzTarget target;

    private JazzerEntry() {}

    /** Takes the name of a target's class. */
    public static void fuzzerInitialize(String... arguments) throws ReflectiveOperationException {
        target = named(arguments[0]);
    }

    /** Takes an input. */
    public static void fuzzerTestOneInput(byte[] input) throws Throwable {
        Objects.requireNonNull(target, "a target").take(input);
    }

    private static FuzzTarget named(String name) throws ReflectiveOperationException {
        Constructor<?> constructor = Class.forName(name).getDeclaredConstructor();
        constructor.setAccessible(true);
        return (FuzzTarget) constructor.newInstance();
    }
}
