package io.portolan.fs;

import io.portolan.fs.AttributeChanges.Attribute;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which attributes of a file are to be set, and to what. Immutable: each {@code with…} method gives another one. */
public final class AttributeChange {

    private static final AttributeChange NOTHING = new AttributeChange(null, null, null, null, null, null);

    private final @Nullable Instant modified;
    private final @Nullable Instant accessed;
    private final @Nullable Instant created;
    private final @Nullable Integer permissionBits;
    private final @Nullable String owner;
    private final @Nullable String group;

    private AttributeChange(
            @Nullable Instant modified,
            @Nullable Instant accessed,
            @Nullable Instant created,
            @Nullable Integer permissionBits,
            @Nullable String owner,
            @Nullable String group) {
        this.modified = modified;
        this.accessed = accessed;
        this.created = created;
        this.permissionBits = permissionBits;
        this.owner = owner;
        this.group = group;
    }

    /**
     * A change of nothing, to begin with.
     *
     * @return the empty change
     */
    public static AttributeChange nothing() {
        return NOTHING;
    }

    /**
     * This change, and the time of the last change of content.
     *
     * @param time the time to set
     * @return the change
     */
    public AttributeChange withModified(Instant time) {
        return new AttributeChange(Objects.requireNonNull(time), accessed, created, permissionBits, owner, group);
    }

    /**
     * This change, and the time of the last reading.
     *
     * @param time the time to set
     * @return the change
     */
    public AttributeChange withAccessed(Instant time) {
        return new AttributeChange(modified, Objects.requireNonNull(time), created, permissionBits, owner, group);
    }

    /**
     * This change, and the time of making.
     *
     * @param time the time to set
     * @return the change
     */
    public AttributeChange withCreated(Instant time) {
        return new AttributeChange(modified, accessed, Objects.requireNonNull(time), permissionBits, owner, group);
    }

    /**
     * This change, and the POSIX permission bits.
     *
     * @param bits 0 to 07777
     * @return the change
     */
    public AttributeChange withPermissionBits(int bits) {
        if ((bits & ~07777) != 0) {
            throw new IllegalArgumentException("permissionBits: 0" + Integer.toOctalString(bits) + " is beyond 07777");
        }
        return new AttributeChange(modified, accessed, created, bits, owner, group);
    }

    /**
     * This change, and the owner.
     *
     * @param nameOrNumber the owner's name, or number in digits
     * @return the change
     */
    public AttributeChange withOwner(String nameOrNumber) {
        return new AttributeChange(
                modified, accessed, created, permissionBits, Objects.requireNonNull(nameOrNumber), group);
    }

    /**
     * This change, and the group.
     *
     * @param nameOrNumber the group's name, or number in digits
     * @return the change
     */
    public AttributeChange withGroup(String nameOrNumber) {
        return new AttributeChange(
                modified, accessed, created, permissionBits, owner, Objects.requireNonNull(nameOrNumber));
    }

    /**
     * Which attributes are to be set.
     *
     * @return the attributes
     */
    public Set<Attribute> attributes() {
        Set<Attribute> result = EnumSet.noneOf(Attribute.class);
        add(result, Attribute.MODIFIED, modified);
        add(result, Attribute.ACCESSED, accessed);
        add(result, Attribute.CREATED, created);
        add(result, Attribute.PERMISSIONS, permissionBits);
        add(result, Attribute.OWNER, owner);
        add(result, Attribute.GROUP, group);
        return result;
    }

    private static void add(Set<Attribute> set, Attribute attribute, @Nullable Object value) {
        if (value != null) {
            set.add(attribute);
        }
    }

    /**
     * The time of the last change of content.
     *
     * @return what to set, if at all
     */
    public Optional<Instant> modified() {
        return Optional.ofNullable(modified);
    }

    /**
     * The time of the last reading.
     *
     * @return what to set, if at all
     */
    public Optional<Instant> accessed() {
        return Optional.ofNullable(accessed);
    }

    /**
     * The time of making.
     *
     * @return what to set, if at all
     */
    public Optional<Instant> created() {
        return Optional.ofNullable(created);
    }

    /**
     * The POSIX permission bits.
     *
     * @return what to set, if at all
     */
    public OptionalInt permissionBits() {
        return permissionBits == null ? OptionalInt.empty() : OptionalInt.of(permissionBits);
    }

    /**
     * The owner.
     *
     * @return name or number to set, if at all
     */
    public Optional<String> owner() {
        return Optional.ofNullable(owner);
    }

    /**
     * The group.
     *
     * @return name or number to set, if at all
     */
    public Optional<String> group() {
        return Optional.ofNullable(group);
    }
}
