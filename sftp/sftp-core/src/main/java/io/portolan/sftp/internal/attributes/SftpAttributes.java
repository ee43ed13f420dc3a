package io.portolan.sftp.internal.attributes;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of a file: those that are told or to be set, all others empty. One value for all versions; what a version has no field for is left out when it is
 * written. Immutable; arrays that are given out are not to be changed.
 */
public final class SftpAttributes {

    /** Nothing told, nothing to be set. */
    public static final SftpAttributes NONE = builder().build();

    private static final int UNKNOWN = -1;

    private final SftpFileType type;
    private final long size;
    private final long allocationSize;
    private final long userId;
    private final long groupId;
    private final @Nullable String owner;
    private final @Nullable String group;
    private final int permissions;
    private final @Nullable Instant accessed;
    private final @Nullable Instant created;
    private final @Nullable Instant modified;
    private final @Nullable Instant changed;
    private final byte @Nullable [] acl;
    private final long bits;
    private final long validBits;
    private final int textHint;
    private final @Nullable String mimeType;
    private final long linkCount;
    private final byte @Nullable [] untranslatedName;
    private final List<ExtendedAttribute> extended;

    private SftpAttributes(Builder builder) {
        type = builder.type;
        size = builder.size;
        allocationSize = builder.allocationSize;
        userId = builder.userId;
        groupId = builder.groupId;
        owner = builder.owner;
        group = builder.group;
        permissions = builder.permissions;
        accessed = builder.accessed;
        created = builder.created;
        modified = builder.modified;
        changed = builder.changed;
        acl = builder.acl;
        bits = builder.bits;
        validBits = builder.validBits;
        textHint = builder.textHint;
        mimeType = builder.mimeType;
        linkCount = builder.linkCount;
        untranslatedName = builder.untranslatedName;
        extended = builder.extended;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** What kind of thing it is, {@link SftpFileType#UNKNOWN} if that is not told. */
    public SftpFileType type() {
        return type;
    }

    /** Octets of content, 0 or more. */
    public OptionalLong size() {
        return optional(size);
    }

    /** Octets that the store sets aside for it, 0 or more; version 6. */
    public OptionalLong allocationSize() {
        return optional(allocationSize);
    }

    /** The owner's number, a {@code uint32}, always together with that of the group; version 3. */
    public OptionalLong userId() {
        return optional(userId);
    }

    /** The group's number, a {@code uint32}; version 3. */
    public OptionalLong groupId() {
        return optional(groupId);
    }

    /** The owner's name, always together with that of the group, both perhaps empty; version 4 and later. */
    public Optional<String> owner() {
        return Optional.ofNullable(owner);
    }

    /** The group's name; version 4 and later. */
    public Optional<String> group() {
        return Optional.ofNullable(group);
    }

    /** The permission bits of POSIX, 0 to 07777. */
    public OptionalInt permissions() {
        return permissions == UNKNOWN ? OptionalInt.empty() : OptionalInt.of(permissions);
    }

    /** When it was last read. Version 3 has whole seconds, and this only together with {@link #modified()}. */
    public Optional<Instant> accessed() {
        return Optional.ofNullable(accessed);
    }

    /** When it was made; version 4 and later. */
    public Optional<Instant> created() {
        return Optional.ofNullable(created);
    }

    /** When its content last changed. */
    public Optional<Instant> modified() {
        return Optional.ofNullable(modified);
    }

    /** When its attributes last changed; version 6. */
    public Optional<Instant> changed() {
        return Optional.ofNullable(changed);
    }

    /** The access control list as it is on the wire, version 4 and later; its form has changed with version 6. */
    public Optional<byte[]> acl() {
        return Optional.ofNullable(acl);
    }

    /** The {@link AttributeBits}, a {@code uint32}; version 5 and later. */
    public OptionalLong bits() {
        return optional(bits);
    }

    /** Which of the bits mean something. Version 5 does not tell; all that it knows do. */
    public OptionalLong validBits() {
        return optional(validBits);
    }

    /** Whether it is text: 0 known to be, 1 guessed, 2 known to be binary, 3 guessed; version 6. */
    public OptionalInt textHint() {
        return textHint == UNKNOWN ? OptionalInt.empty() : OptionalInt.of(textHint);
    }

    /** The type of its content, such as {@code text/plain}; version 6. */
    public Optional<String> mimeType() {
        return Optional.ofNullable(mimeType);
    }

    /** The number of hard links, a {@code uint32}; version 6. */
    public OptionalLong linkCount() {
        return optional(linkCount);
    }

    /** The name's octets before they were turned into UTF-8; version 6. */
    public Optional<byte[]> untranslatedName() {
        return Optional.ofNullable(untranslatedName);
    }

    /** What the drafts do not know. */
    public List<ExtendedAttribute> extended() {
        return extended;
    }

    private static OptionalLong optional(long value) {
        return value == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(value);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SftpAttributes that
                && type == that.type
                && size == that.size
                && allocationSize == that.allocationSize
                && userId == that.userId
                && groupId == that.groupId
                && Objects.equals(owner, that.owner)
                && Objects.equals(group, that.group)
                && permissions == that.permissions
                && Objects.equals(accessed, that.accessed)
                && Objects.equals(created, that.created)
                && Objects.equals(modified, that.modified)
                && Objects.equals(changed, that.changed)
                && Arrays.equals(acl, that.acl)
                && bits == that.bits
                && validBits == that.validBits
                && textHint == that.textHint
                && Objects.equals(mimeType, that.mimeType)
                && linkCount == that.linkCount
                && Arrays.equals(untranslatedName, that.untranslatedName)
                && extended.equals(that.extended);
    }

    @Override
    public int hashCode() {
        return Objects.hash(type, size, userId, owner, permissions, modified);
    }

    @Override
    public String toString() {
        return type + ", size " + size + ", permissions " + Integer.toOctalString(permissions) + ", owner " + owner
                + "/"
                + userId + ", group " + group + "/" + groupId + ", accessed " + accessed + ", created " + created
                + ", modified " + modified + ", changed " + changed + ", bits " + bits + "/" + validBits + ", links "
                + linkCount + ", " + extended.size() + " extended";
    }

    /** Makes {@link SftpAttributes}. Not for several threads at a time. */
    public static final class Builder {
        private static final long UINT32 = 0xffff_ffffL;
        private static final int PERMISSION_BITS = 07777;

        private SftpFileType type = SftpFileType.UNKNOWN;
        private long size = UNKNOWN;
        private long allocationSize = UNKNOWN;
        private long userId = UNKNOWN;
        private long groupId = UNKNOWN;
        private @Nullable String owner;
        private @Nullable String group;
        private int permissions = UNKNOWN;
        private @Nullable Instant accessed;
        private @Nullable Instant created;
        private @Nullable Instant modified;
        private @Nullable Instant changed;
        private byte @Nullable [] acl;
        private long bits = UNKNOWN;
        private long validBits = UNKNOWN;
        private int textHint = UNKNOWN;
        private @Nullable String mimeType;
        private long linkCount = UNKNOWN;
        private byte @Nullable [] untranslatedName;
        private List<ExtendedAttribute> extended = List.of();

        private Builder() {}

        public Builder type(SftpFileType value) {
            type = value;
            return this;
        }

        public Builder size(long octets) {
            size = notNegative(octets);
            return this;
        }

        public Builder allocationSize(long octets) {
            allocationSize = notNegative(octets);
            return this;
        }

        public Builder ids(long user, long newGroup) {
            userId = user & UINT32;
            groupId = newGroup & UINT32;
            return this;
        }

        public Builder ownership(String newOwner, String newGroup) {
            owner = newOwner;
            group = newGroup;
            return this;
        }

        /** The permissions; what is beyond 07777 is left out. */
        public Builder permissions(int mode) {
            permissions = mode & PERMISSION_BITS;
            return this;
        }

        public Builder accessed(@Nullable Instant time) {
            accessed = time;
            return this;
        }

        public Builder created(@Nullable Instant time) {
            created = time;
            return this;
        }

        public Builder modified(@Nullable Instant time) {
            modified = time;
            return this;
        }

        public Builder changed(@Nullable Instant time) {
            changed = time;
            return this;
        }

        public Builder acl(byte[] value) {
            acl = value;
            return this;
        }

        public Builder bits(long value, long valid) {
            bits = value & UINT32;
            validBits = valid & UINT32;
            return this;
        }

        public Builder textHint(int value) {
            textHint = value & 0xff;
            return this;
        }

        public Builder mimeType(String value) {
            mimeType = value;
            return this;
        }

        public Builder linkCount(long value) {
            linkCount = value & UINT32;
            return this;
        }

        public Builder untranslatedName(byte[] value) {
            untranslatedName = value;
            return this;
        }

        public Builder extended(List<ExtendedAttribute> values) {
            extended = List.copyOf(values);
            return this;
        }

        public SftpAttributes build() {
            return new SftpAttributes(this);
        }

        private static long notNegative(long octets) {
            if (octets < 0) {
                throw new IllegalArgumentException("size: " + octets + " is negative");
            }
            return octets;
        }
    }
}
