package io.portolan.sftp.client;

import io.portolan.fs.FileInfo;
import io.portolan.fs.FileType;
import io.portolan.fs.VirtualPath;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A file, directory or link on a server, as the server tells of it. Immutable.
 *
 * <p>Its name is one segment of a path, whatever the server has sent: never {@code ..}, without a slash or a control character. A backslash or a colon may be in it where they separate nothing on the server; who
 * makes a file here of it has to look at what the system here makes of them.
 */
public final class RemoteEntry {

    private final String name;
    private final FileInfo info;
    private final boolean sized;
    private final @Nullable Duration precision;

    private RemoteEntry(String name, FileInfo info, boolean sized, @Nullable Duration precision) {
        this.name = name;
        this.info = info;
        this.sized = sized;
        this.precision = precision;
    }

    /**
     * Makes an entry, also for tests of code that handles some.
     *
     * @param name the name
     * @param info what is known of it
     * @param sized whether the size in it is that of the content
     * @param precision by how much the file may have been changed later than {@code info} says, or null if the time in it means nothing
     * @return the entry
     * @throws IllegalArgumentException if the name is not one segment of a path
     */
    public static RemoteEntry of(String name, FileInfo info, boolean sized, @Nullable Duration precision) {
        if (!VirtualPath.isValidName(name)) {
            throw new IllegalArgumentException("name: is not one segment of a path");
        }
        Objects.requireNonNull(info, "info");
        return new RemoteEntry(name, info, sized, precision);
    }

    /**
     * Its name.
     *
     * @return one segment of a path
     */
    public String name() {
        return name;
    }

    /**
     * All that is known of it, as file systems speak of it: a size or a time that the server does not tell is 0, or the beginning of 1970.
     *
     * @return what it was made of
     */
    public FileInfo info() {
        return info;
    }

    /**
     * What it is.
     *
     * @return the type
     */
    public FileType type() {
        return info.type();
    }

    /**
     * Whether it is a directory.
     *
     * @return whether its type is that
     */
    public boolean isDirectory() {
        return info.isDirectory();
    }

    /**
     * Whether it is a plain file.
     *
     * @return whether its type is that
     */
    public boolean isFile() {
        return info.isFile();
    }

    /**
     * How many octets it has.
     *
     * @return the size of a file's content, if the server tells it in octets
     */
    public OptionalLong size() {
        return sized ? OptionalLong.of(info.size()) : OptionalLong.empty();
    }

    /**
     * When its content was changed last.
     *
     * @return the time, if the server tells it: the earliest that what it tells may mean
     */
    public Optional<Instant> modified() {
        return precision == null ? Optional.empty() : Optional.of(info.modified());
    }

    /**
     * How exactly {@link #modified()} is told: a second in version 3, a part of it later. Two times are the same if they differ by less than the larger of their precisions.
     *
     * @return by how much the true time may be later; empty if there is no time
     */
    public Optional<Duration> modifiedPrecision() {
        return Optional.ofNullable(precision);
    }

    /**
     * When it was made.
     *
     * @return the time, if the server tells it
     */
    public Optional<Instant> created() {
        return info.created();
    }

    /**
     * Its permissions, as Unix has them.
     *
     * @return the lower twelve bits of the mode, if the server tells them
     */
    public OptionalInt permissionBits() {
        return info.permissionBits();
    }

    /**
     * Whose it is.
     *
     * @return the owner's name, if the server tells it (version 4 and later, or by users-groups-by-id@openssh.com)
     */
    public Optional<String> owner() {
        return info.owner();
    }

    /**
     * Which group's it is.
     *
     * @return the group's name, if the server tells it
     */
    public Optional<String> group() {
        return info.group();
    }

    /**
     * When its content was read last.
     *
     * @return the time, if the server tells it
     */
    public Optional<Instant> accessed() {
        return info.accessed();
    }

    /**
     * How many names it has.
     *
     * @return the number of hard links, if the server tells it (version 6)
     */
    public OptionalInt linkCount() {
        return info.linkCount();
    }

    /**
     * Whose it is, by number.
     *
     * @return the owner's number, if the server tells it (version 3)
     */
    public OptionalInt ownerId() {
        return info.ownerId();
    }

    /**
     * Which group's it is, by number.
     *
     * @return the group's number, if the server tells it (version 3)
     */
    public OptionalInt groupId() {
        return info.groupId();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RemoteEntry entry
                && name.equals(entry.name)
                && info.equals(entry.info)
                && sized == entry.sized
                && Objects.equals(precision, entry.precision);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, info);
    }

    @Override
    public String toString() {
        return name + (isDirectory() ? "/" : "");
    }
}
