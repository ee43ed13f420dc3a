package io.portolan.core.internal.nio;

import io.portolan.core.internal.nio.RemoteFiles.Ability;
import io.portolan.fs.AttributeChange;
import io.portolan.fs.LinkHandling;
import java.io.IOException;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The views of a file's attributes. */
final class AttributeViews {

    private static final Map<Class<? extends FileAttributeView>, String> NAMES = Map.of(
            BasicFileAttributeView.class, "basic",
            PosixFileAttributeView.class, "posix",
            FileOwnerAttributeView.class, "owner");

    private AttributeViews() {}

    static boolean isSupported(Set<String> views, Class<? extends FileAttributeView> type) {
        String name = NAMES.get(type);
        return name != null && views.contains(name);
    }

    /** A view, if there is one of that type. */
    static <V extends FileAttributeView> @Nullable V of(RemotePath path, Class<V> type, LinkHandling links) {
        if (!isSupported(path.getFileSystem().supportedFileAttributeViews(), type)) {
            return null;
        }
        View all = new View(path, links, String.valueOf(NAMES.get(type)));
        if (type == BasicFileAttributeView.class) {
            return type.cast(new BasicView(all));
        }
        return type.cast(type == FileOwnerAttributeView.class ? new OwnerView(all) : all);
    }

    /** No more than its name says: the JDK's copying sets permissions by any view that could. */
    private record BasicView(View all) implements BasicFileAttributeView {
        @Override
        public String name() {
            return all.name();
        }

        @Override
        public BasicFileAttributes readAttributes() throws IOException {
            return all.readAttributes();
        }

        @Override
        public void setTimes(@Nullable FileTime modified, @Nullable FileTime accessed, @Nullable FileTime created)
                throws IOException {
            all.setTimes(modified, accessed, created);
        }
    }

    /** Likewise. */
    private record OwnerView(View all) implements FileOwnerAttributeView {
        @Override
        public String name() {
            return all.name();
        }

        @Override
        public UserPrincipal getOwner() throws IOException {
            return all.getOwner();
        }

        @Override
        public void setOwner(UserPrincipal owner) throws IOException {
            all.setOwner(owner);
        }
    }

    static RemoteAttributes read(RemotePath path, LinkHandling links) throws IOException {
        return new RemoteAttributes(path.getFileSystem().operations().get(path, links));
    }

    /** With permissions, which not every FTP server tells. */
    static RemoteAttributes readPosix(RemotePath path, LinkHandling links) throws IOException {
        RemoteAttributes attributes = read(path, links);
        if (!attributes.hasPermissions()) {
            throw new UnsupportedOperationException("the server does not tell permissions");
        }
        return attributes;
    }

    /** All views in one, as the largest has what the others have. */
    private record View(RemotePath path, LinkHandling links, String name) implements PosixFileAttributeView {

        private void change(AttributeChange change) throws IOException {
            if (!change.attributes().isEmpty()) {
                path.getFileSystem().operations().change(path, change, links);
            }
        }

        private void changeOwner(AttributeChange change) throws IOException {
            path.getFileSystem().operations().require(Ability.OWNERS);
            change(change);
        }

        @Override
        public PosixFileAttributes readAttributes() throws IOException {
            return name.equals("posix") ? readPosix(path, links) : read(path, links);
        }

        @Override
        public void setTimes(@Nullable FileTime modified, @Nullable FileTime accessed, @Nullable FileTime created)
                throws IOException {
            AttributeChange change = AttributeChange.nothing();
            if (modified != null) {
                change = change.withModified(modified.toInstant());
            }
            if (accessed != null) {
                change = change.withAccessed(accessed.toInstant());
            }
            if (created != null) {
                change = change.withCreated(created.toInstant());
            }
            change(change);
        }

        @Override
        public void setPermissions(Set<PosixFilePermission> permissions) throws IOException {
            change(AttributeChange.nothing().withPermissionBits(RemoteAttributes.bits(permissions)));
        }

        @Override
        public UserPrincipal getOwner() throws IOException {
            return read(path, links).owner();
        }

        @Override
        public void setOwner(UserPrincipal owner) throws IOException {
            changeOwner(AttributeChange.nothing().withOwner(RemotePrincipals.wire(owner)));
        }

        @Override
        public void setGroup(GroupPrincipal group) throws IOException {
            changeOwner(AttributeChange.nothing().withGroup(RemotePrincipals.wire(group)));
        }
    }
}
