package io.portolan.sftp.internal.attributes;

import io.portolan.fs.AttributeChange;
import io.portolan.fs.FileInfo;
import io.portolan.fs.FileType;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/** Between SFTP's attributes and what file systems speak of. */
public final class FileInfoMapping {

    /** The times that can be set: the years 1 to 9999, for what lies beyond stores cut off or wrap around. */
    static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private static final int READ_WRITE_EXECUTE = 0777;
    private static final int SPECIAL_BITS = 07000;

    private static final int DEFAULT_FILE = 0644;
    private static final int DEFAULT_DIRECTORY = 0755;
    private static final int DEFAULT_LINK = 0777;

    private FileInfoMapping() {}

    /**
     * What a peer is told of a file. A store without permissions gets the usual ones, since version 3 tells by them what is a directory. A store that knows only
     * one of owner and group leaves the other empty.
     */
    public static SftpAttributes attributes(FileInfo info) {
        FileType type = info.type();
        SftpAttributes.Builder out = SftpAttributes.builder()
                .type(SftpFileType.of(type))
                .size(info.size())
                .permissions(info.permissionBits().orElse(defaultPermissions(type)))
                .modified(info.modified())
                .accessed(info.accessed().orElse(null))
                .created(info.created().orElse(null));
        if (info.ownerId().isPresent() && info.groupId().isPresent()) {
            out.ids(info.ownerId().getAsInt(), info.groupId().getAsInt());
        }
        Optional<String> owner = info.owner();
        Optional<String> group = info.group();
        if (owner.isPresent() || group.isPresent()) {
            out.ownership(orNumber(owner, info.ownerId()), orNumber(group, info.groupId()));
        }
        OptionalInt links = info.linkCount();
        if (links.isPresent()) {
            out.linkCount(links.getAsInt());
        }
        return out.build();
    }

    private static String orNumber(Optional<String> name, OptionalInt number) {
        return name.orElseGet(() -> number.isPresent() ? Integer.toString(number.getAsInt()) : "");
    }

    private static int defaultPermissions(FileType type) {
        return switch (type) {
            case FILE -> DEFAULT_FILE;
            case DIRECTORY -> DEFAULT_DIRECTORY;
            case SYMBOLIC_LINK, OTHER -> DEFAULT_LINK;
        };
    }

    /** What a client learns of a file from what the server has told. */
    public static FileInfo fileInfo(SftpAttributes attributes) {
        FileInfo.Builder out = FileInfo.builder(attributes.type().toFileType())
                .size(attributes.size().orElse(0))
                .modified(attributes.modified().orElse(Instant.EPOCH));
        attributes.accessed().ifPresent(out::accessed);
        attributes.created().ifPresent(out::created);
        attributes.permissions().ifPresent(out::permissionBits);
        attributes.owner().filter(name -> !name.isEmpty()).ifPresent(out::owner);
        attributes.group().filter(name -> !name.isEmpty()).ifPresent(out::group);
        if (attributes.userId().isPresent()) {
            out.ownerId((int) Math.min(attributes.userId().getAsLong(), Integer.MAX_VALUE));
        }
        if (attributes.groupId().isPresent()) {
            out.groupId((int) Math.min(attributes.groupId().getAsLong(), Integer.MAX_VALUE));
        }
        if (attributes.linkCount().isPresent()) {
            out.linkCount((int) Math.min(attributes.linkCount().getAsLong(), Integer.MAX_VALUE));
        }
        return out.build();
    }

    /**
     * What a peer wants to have set, but for the size, which is a matter of the content. Set-user-id, set-group-id and sticky are left out unless they are
     * allowed: they give rights to those who run or share a file. What no file system of ours can set (access control lists, bits, types of content, extended
     * attributes) is left out too, as draft-ietf-secsh-filexfer-13 section 7.1 has it for attributes that a server does not support.
     *
     * @throws IllegalArgumentException if a time lies outside of the years 1 to 9999
     */
    public static AttributeChange change(SftpAttributes attributes, boolean specialBits) {
        AttributeChange change = AttributeChange.nothing();
        if (attributes.permissions().isPresent()) {
            int allowed = specialBits ? READ_WRITE_EXECUTE | SPECIAL_BITS : READ_WRITE_EXECUTE;
            change = change.withPermissionBits(attributes.permissions().getAsInt() & allowed);
        }
        if (attributes.accessed().isPresent()) {
            change = change.withAccessed(checked(attributes.accessed().get()));
        }
        if (attributes.modified().isPresent()) {
            change = change.withModified(checked(attributes.modified().get()));
        }
        if (attributes.created().isPresent()) {
            change = change.withCreated(checked(attributes.created().get()));
        }
        String owner = Principals.name(attributes.owner(), attributes.userId());
        String group = Principals.name(attributes.group(), attributes.groupId());
        if (owner != null && !owner.isEmpty()) {
            change = change.withOwner(owner);
        }
        if (group != null && !group.isEmpty()) {
            change = change.withGroup(group);
        }
        return change;
    }

    /** What a client wants to have set, in the words of the protocol. */
    public static SftpAttributes attributes(AttributeChange change) {
        SftpAttributes.Builder out = SftpAttributes.builder()
                .accessed(change.accessed().orElse(null))
                .modified(change.modified().orElse(null))
                .created(change.created().orElse(null));
        change.permissionBits().ifPresent(out::permissions);
        if (change.owner().isPresent() || change.group().isPresent()) {
            out.ownership(change.owner().orElse(""), change.group().orElse(""));
        }
        return out.build();
    }

    private static Instant checked(Instant time) {
        if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
            throw new IllegalArgumentException("a time outside of the years 1 to 9999");
        }
        return time;
    }
}
