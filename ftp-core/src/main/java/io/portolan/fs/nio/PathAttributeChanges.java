package io.portolan.fs.nio;

import io.portolan.fs.AttributeChange;
import io.portolan.fs.AttributeChanges;
import io.portolan.fs.FilePermissions;
import io.portolan.fs.LinkHandling;
import io.portolan.fs.NotAFileException;
import io.portolan.fs.OperationNotSupportedException;
import io.portolan.fs.VirtualPath;
import java.io.IOException;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sets times everywhere, permissions and owners on POSIX stores. Set-user-id, set-group-id and sticky bits are not set for a peer: what lies above 0777 is left out.
 */
final class PathAttributeChanges implements AttributeChanges {

    private final Store store;
    private final Set<Attribute> settable;

    PathAttributeChanges(Store store) {
        this.store = store;
        Set<Attribute> attributes = EnumSet.of(Attribute.MODIFIED, Attribute.ACCESSED);
        if (store.root().posix()) {
            attributes.addAll(EnumSet.of(Attribute.PERMISSIONS, Attribute.OWNER, Attribute.GROUP));
        }
        this.settable = Set.copyOf(attributes);
    }

    @Override
    public Set<Attribute> settable() {
        return settable;
    }

    @Override
    public void change(VirtualPath path, AttributeChange change, LinkHandling links) throws IOException {
        for (Attribute attribute : change.attributes()) {
            if (!settable.contains(attribute)) {
                throw new OperationNotSupportedException("set " + attribute, path);
            }
        }
        try (Place place = store.walker().find(path, links)) {
            BasicFileAttributes attributes = place.attributes();
            // a file is opened to be changed, which a pipe or a device must not be
            if (!attributes.isRegularFile() && !attributes.isDirectory() && !attributes.isSymbolicLink()) {
                throw new NotAFileException(path);
            }
            Folder folder = place.folder();
            String name = place.isFolderItself() ? null : place.name();
            setOwnership(path, folder, name, change);
            setTimes(path, folder, name, change);
        } catch (IOException failed) {
            throw Failures.of(path, failed);
        } catch (UnsupportedOperationException failed) {
            throw Failures.of(path, "set attributes", failed);
        }
    }

    private void setOwnership(VirtualPath path, Folder folder, @Nullable String name, AttributeChange change)
            throws IOException {
        if (change.owner().isEmpty()
                && change.group().isEmpty()
                && change.permissionBits().isEmpty()) {
            return;
        }
        PosixFileAttributeView view = folder.view(name, PosixFileAttributeView.class);
        if (view == null) {
            throw new OperationNotSupportedException("set permissions", path);
        }
        UserPrincipalLookupService names = folder.location.getFileSystem().getUserPrincipalLookupService();
        // both are looked up before either is set
        Optional<String> owner = change.owner();
        Optional<String> group = change.group();
        UserPrincipal user = owner.isPresent() ? names.lookupPrincipalByName(owner.get()) : null;
        GroupPrincipal users = group.isPresent() ? names.lookupPrincipalByGroupName(group.get()) : null;
        if (user != null) {
            view.setOwner(user);
        }
        if (users != null) {
            view.setGroup(users);
        }
        if (change.permissionBits().isPresent()) {
            view.setPermissions(FilePermissions.fromBits(change.permissionBits().getAsInt()));
        }
    }

    private static void setTimes(VirtualPath path, Folder folder, @Nullable String name, AttributeChange change)
            throws IOException {
        if (change.modified().isEmpty() && change.accessed().isEmpty()) {
            return;
        }
        BasicFileAttributeView view = folder.view(name, BasicFileAttributeView.class);
        if (view == null) {
            throw new OperationNotSupportedException("set times", path);
        }
        view.setTimes(time(change.modified()), time(change.accessed()), null);
    }

    private static @Nullable FileTime time(Optional<Instant> instant) {
        return instant.isPresent() ? FileTime.from(instant.get()) : null;
    }
}
