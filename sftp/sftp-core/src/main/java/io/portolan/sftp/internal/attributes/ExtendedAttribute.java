package io.portolan.sftp.internal.attributes;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An attribute that the drafts do not know, named as extensions are, such as {@code foo@example.com}. */
public final class ExtendedAttribute {
    private final String name;
    private final byte[] value;

    public ExtendedAttribute(String name, byte[] value) {
        this.name = name;
        this.value = value.clone();
    }

    public String name() {
        return name;
    }

    public byte[] value() {
        return value.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ExtendedAttribute attribute
                && name.equals(attribute.name)
                && Arrays.equals(value, attribute.value);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return name + " of " + value.length + " octets";
    }
}
