package io.portolan.core.internal.nio;

import io.portolan.fs.FileInfo;
import io.portolan.fs.FileType;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a file, in Java's words. A time that the server does not tell is that of the last change, and the beginning of 1970 if it does not tell that.
 *
 * @param info in ours
 */
record RemoteAttributes(FileInfo info) implements PosixFileAttributes {

    @Override
    public FileTime lastModifiedTime() {
        return FileTime.from(info.modified());
    }

    @Override
    public FileTime lastAccessTime() {
        return FileTime.from(info.accessed().orElse(info.modified()));
    }

    @Override
    public FileTime creationTime() {
        return FileTime.from(info.created().orElse(info.modified()));
    }

    @Override
    public boolean isRegularFile() {
        return info.isFile();
    }

    @Override
    public boolean isDirectory() {
        return info.isDirectory();
    }

    @Override
    public boolean isSymbolicLink() {
        return info.type() == FileType.SYMBOLIC_LINK;
    }

    @Override
    public boolean isOther() {
        return info.type() == FileType.OTHER;
    }

    @Override
    public long size() {
        return info.size();
    }

    @Override
    public @Nullable Object fileKey() {
        return info.uniqueId().orElse(null);
    }

    @Override
    public UserPrincipal owner() {
        return RemotePrincipals.owner(info);
    }

    @Override
    public GroupPrincipal group() {
        return RemotePrincipals.group(info);
    }

    /** Whether the server tells permissions at all. */
    boolean hasPermissions() {
        return info.permissionBits().isPresent();
    }

    @Override
    public Set<PosixFilePermission> permissions() {
        return permissions(info.permissionBits()
                .orElseThrow(() -> new UnsupportedOperationException("the server does not tell permissions")));
    }

    private static Set<PosixFilePermission> permissions(int bits) {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (PosixFilePermission each : PosixFilePermission.values()) {
            if ((bits & bit(each)) != 0) {
                permissions.add(each);
            }
        }
        return permissions;
    }

    static int bits(Set<PosixFilePermission> permissions) {
        return permissions.stream().mapToInt(RemoteAttributes::bit).reduce(0, (all, bit) -> all | bit);
    }

    private static int bit(PosixFilePermission permission) {
        return switch (permission) {
            case OWNER_READ -> 0400;
            case OWNER_WRITE -> 0200;
            case OWNER_EXECUTE -> 0100;
            case GROUP_READ -> 040;
            case GROUP_WRITE -> 020;
            case GROUP_EXECUTE -> 010;
            case OTHERS_READ -> 04;
            case OTHERS_WRITE -> 02;
            case OTHERS_EXECUTE -> 01;
        };
    }
}
