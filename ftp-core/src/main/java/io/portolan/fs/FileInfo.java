package io.portolan.fs;

import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a file system tells of one file. Only the type, the size and the time of the last change are always there; what a store does not know is left
 * empty rather than invented. Immutable.
 */
public final class FileInfo {

    private static final int UNKNOWN = -1;

    private final FileType type;
    private final long size;
    private final Instant modified;
    private final @Nullable Instant accessed;
    private final @Nullable Instant created;
    private final int permissionBits;
    private final @Nullable String owner;
    private final @Nullable String group;
    private final int ownerId;
    private final int groupId;
    private final int linkCount;
    private final @Nullable Object fileKey;
    private final @Nullable String linkTarget;

    private FileInfo(Builder builder) {
        type = builder.type;
        size = builder.size;
        modified = builder.modified;
        accessed = builder.accessed;
        created = builder.created;
        permissionBits = builder.permissionBits;
        owner = builder.owner;
        group = builder.group;
        ownerId = builder.ownerId;
        groupId = builder.groupId;
        linkCount = builder.linkCount;
        fileKey = builder.fileKey;
        linkTarget = builder.linkTarget;
    }

    /**
     * An ordinary file of which nothing more is known.
     *
     * @param size bytes, 0 or more
     * @param modified when its content last changed
     * @return the description
     */
    public static FileInfo file(long size, Instant modified) {
        return builder(FileType.FILE).size(size).modified(modified).build();
    }

    /**
     * A directory of which nothing more is known.
     *
     * @param modified when its entries last changed
     * @return the description
     */
    public static FileInfo directory(Instant modified) {
        return builder(FileType.DIRECTORY).modified(modified).build();
    }

    /**
     * Begins a description.
     *
     * @param type the file's type
     * @return a builder, with size 0 and the epoch as the time of the last change
     */
    public static Builder builder(FileType type) {
        return new Builder(type);
    }

    /**
     * Begins a description like this one.
     *
     * @return a builder that holds what this holds
     */
    public Builder toBuilder() {
        Builder builder = new Builder(type).size(size).modified(modified);
        builder.accessed = accessed;
        builder.created = created;
        builder.permissionBits = permissionBits;
        builder.owner = owner;
        builder.group = group;
        builder.ownerId = ownerId;
        builder.groupId = groupId;
        builder.linkCount = linkCount;
        builder.fileKey = fileKey;
        builder.linkTarget = linkTarget;
        return builder;
    }

    /**
     * The type.
     *
     * @return what kind of thing it is
     */
    public FileType type() {
        return type;
    }

    /**
     * Whether it is a directory.
     *
     * @return whether the type is {@link FileType#DIRECTORY}
     */
    public boolean isDirectory() {
        return type == FileType.DIRECTORY;
    }

    /**
     * Whether it is an ordinary file.
     *
     * @return whether the type is {@link FileType#FILE}
     */
    public boolean isFile() {
        return type == FileType.FILE;
    }

    /**
     * The size.
     *
     * @return bytes, 0 or more; of a directory it means nothing
     */
    public long size() {
        return size;
    }

    /**
     * When the content last changed.
     *
     * @return the time
     */
    public Instant modified() {
        return modified;
    }

    /**
     * When it was last read.
     *
     * @return the time, if known
     */
    public Optional<Instant> accessed() {
        return Optional.ofNullable(accessed);
    }

    /**
     * When it was made.
     *
     * @return the time, if known
     */
    public Optional<Instant> created() {
        return Optional.ofNullable(created);
    }

    /**
     * The POSIX permission bits, 0 to 07777, with set-user-id, set-group-id and sticky.
     *
     * @return the bits, if the store has such permissions
     */
    public OptionalInt permissionBits() {
        return optional(permissionBits);
    }

    /**
     * The owner's name.
     *
     * @return the name, if known
     */
    public Optional<String> owner() {
        return Optional.ofNullable(owner);
    }

    /**
     * The group's name.
     *
     * @return the name, if known
     */
    public Optional<String> group() {
        return Optional.ofNullable(group);
    }

    /**
     * The owner's number.
     *
     * @return the number, if known
     */
    public OptionalInt ownerId() {
        return optional(ownerId);
    }

    /**
     * The group's number.
     *
     * @return the number, if known
     */
    public OptionalInt groupId() {
        return optional(groupId);
    }

    /**
     * The number of hard links.
     *
     * @return the number, if known
     */
    public OptionalInt linkCount() {
        return optional(linkCount);
    }

    /**
     * A text that two names share only if they stand for the same file (RFC 3659, {@code unique}).
     *
     * @return the text, without spaces and semicolons, if the store has one
     */
    public Optional<String> uniqueId() {
        return fileKey == null ? Optional.empty() : Optional.of(visibleAscii(fileKey.toString()));
    }

    /**
     * Where a symbolic link points to, as it is written in the link.
     *
     * @return the target, if this is a link and the file system tells
     */
    public Optional<String> linkTarget() {
        return Optional.ofNullable(linkTarget);
    }

    private static String visibleAscii(String text) {
        StringBuilder result = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > ' ' && c <= '~' && c != ';') {
                result.append(c);
            } else {
                result.append('%').append(Integer.toHexString(c)).append('%');
            }
        }
        return result.toString();
    }

    private static OptionalInt optional(int value) {
        return value == UNKNOWN ? OptionalInt.empty() : OptionalInt.of(value);
    }

    /**
     * The size, if it means something.
     *
     * @return the size of an ordinary file, else empty
     */
    public OptionalLong contentSize() {
        return type == FileType.FILE ? OptionalLong.of(size) : OptionalLong.empty();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FileInfo info
                && type == info.type
                && size == info.size
                && modified.equals(info.modified)
                && Objects.equals(accessed, info.accessed)
                && Objects.equals(created, info.created)
                && permissionBits == info.permissionBits
                && Objects.equals(owner, info.owner)
                && Objects.equals(group, info.group)
                && ownerId == info.ownerId
                && groupId == info.groupId
                && linkCount == info.linkCount
                && Objects.equals(fileKey, info.fileKey)
                && Objects.equals(linkTarget, info.linkTarget);
    }

    @Override
    public int hashCode() {
        return Objects.hash(type, size, modified, permissionBits, fileKey);
    }

    @Override
    public String toString() {
        return type + ", " + size + " bytes, " + modified;
    }

    /** Makes {@link FileInfo}s. Not for several threads at a time. */
    public static final class Builder {
        private final FileType type;
        private long size;
        private Instant modified = Instant.EPOCH;
        private @Nullable Instant accessed;
        private @Nullable Instant created;
        private int permissionBits = UNKNOWN;
        private @Nullable String owner;
        private @Nullable String group;
        private int ownerId = UNKNOWN;
        private int groupId = UNKNOWN;
        private int linkCount = UNKNOWN;
        private @Nullable Object fileKey;
        private @Nullable String linkTarget;

        private Builder(FileType type) {
            this.type = Objects.requireNonNull(type, "type");
        }

        /**
         * Sets the size.
         *
         * @param bytes 0 or more
         * @return this
         */
        public Builder size(long bytes) {
            if (bytes < 0) {
                throw new IllegalArgumentException("size: " + bytes + " is negative");
            }
            this.size = bytes;
            return this;
        }

        /**
         * Sets when the content last changed.
         *
         * @param time the time
         * @return this
         */
        public Builder modified(Instant time) {
            this.modified = Objects.requireNonNull(time, "modified");
            return this;
        }

        /**
         * Sets when it was last read.
         *
         * @param time the time
         * @return this
         */
        public Builder accessed(Instant time) {
            this.accessed = Objects.requireNonNull(time, "accessed");
            return this;
        }

        /**
         * Sets when it was made.
         *
         * @param time the time
         * @return this
         */
        public Builder created(Instant time) {
            this.created = Objects.requireNonNull(time, "created");
            return this;
        }

        /**
         * Sets the POSIX permission bits.
         *
         * @param bits 0 to 07777
         * @return this
         */
        public Builder permissionBits(int bits) {
            if ((bits & ~07777) != 0) {
                throw new IllegalArgumentException(
                        "permissionBits: 0" + Integer.toOctalString(bits) + " is beyond 07777");
            }
            this.permissionBits = bits;
            return this;
        }

        /**
         * Sets the POSIX permissions.
         *
         * @param permissions the permissions
         * @return this
         */
        public Builder permissions(Set<PosixFilePermission> permissions) {
            return permissionBits(FilePermissions.toBits(permissions));
        }

        /**
         * Sets the POSIX permissions from their nine letters.
         *
         * @param letters such as {@code rw-r-----}
         * @return this
         */
        public Builder permissions(String letters) {
            return permissions(PosixFilePermissions.fromString(letters));
        }

        /**
         * Sets the owner.
         *
         * @param name the name
         * @return this
         */
        public Builder owner(String name) {
            this.owner = Objects.requireNonNull(name, "owner");
            return this;
        }

        /**
         * Sets the group.
         *
         * @param name the name
         * @return this
         */
        public Builder group(String name) {
            this.group = Objects.requireNonNull(name, "group");
            return this;
        }

        /**
         * Sets the owner's number.
         *
         * @param id the number; a number above 2^31-1 is told as unknown
         * @return this
         */
        public Builder ownerId(int id) {
            this.ownerId = Math.max(id, UNKNOWN);
            return this;
        }

        /**
         * Sets the group's number.
         *
         * @param id the number; a number above 2^31-1 is told as unknown
         * @return this
         */
        public Builder groupId(int id) {
            this.groupId = Math.max(id, UNKNOWN);
            return this;
        }

        /**
         * Sets the number of hard links.
         *
         * @param count 0 or more
         * @return this
         */
        public Builder linkCount(int count) {
            this.linkCount = Math.max(count, UNKNOWN);
            return this;
        }

        /**
         * Sets the text that tells this file from all others.
         *
         * @param id the text: visible ASCII, no space, no semicolon
         * @return this
         */
        public Builder uniqueId(String id) {
            for (int i = 0; i < id.length(); i++) {
                char c = id.charAt(i);
                if (c <= ' ' || c > '~' || c == ';') {
                    throw new IllegalArgumentException("uniqueId: only visible ASCII without semicolons");
                }
            }
            this.fileKey = id;
            return this;
        }

        /**
         * Sets the store's own key for the file, from whose text {@link FileInfo#uniqueId()} is made when somebody asks: making it for each entry
         * of a listing would cost as much as looking the entry up.
         *
         * @param key a key such as {@link java.nio.file.attribute.BasicFileAttributes#fileKey()}, with {@code equals} and {@code toString}; null for none
         * @return this
         */
        public Builder fileKey(@Nullable Object key) {
            this.fileKey = key;
            return this;
        }

        /**
         * Sets where a symbolic link points to.
         *
         * @param target the text in the link
         * @return this
         */
        public Builder linkTarget(String target) {
            this.linkTarget = Objects.requireNonNull(target, "linkTarget");
            return this;
        }

        /**
         * Takes back where a symbolic link points to, for those who may not know.
         *
         * @return this
         */
        public Builder noLinkTarget() {
            this.linkTarget = null;
            return this;
        }

        /**
         * Makes the description.
         *
         * @return what was set
         */
        public FileInfo build() {
            return new FileInfo(this);
        }
    }
}
