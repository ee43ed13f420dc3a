package io.portolan.sftp.server.internal.handle;

import io.portolan.fs.AttributeChange;
import io.portolan.fs.AttributeChanges;
import io.portolan.fs.AttributeChanges.Attribute;
import io.portolan.fs.LinkHandling;
import io.portolan.fs.OperationNotSupportedException;
import io.portolan.fs.PositionalFiles;
import io.portolan.fs.PositionalFiles.Access;
import io.portolan.fs.PositionalFiles.PositionalFile;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.VirtualPath;
import io.portolan.sftp.server.internal.engine.Wanted;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets attributes. What a store does not have is refused with {@link OperationNotSupportedException}, before anything is changed; that is what clients expect who
 * try it after each upload: WinSCP and FileZilla tell of it, or do not, and go on.
 */
public final class Changes {

    private static final Logger LOGGER = LoggerFactory.getLogger(Changes.class);

    private Changes() {}

    /** Sets the attributes of what is at a path. Blocks. */
    public static void set(VirtualFileSystem files, VirtualPath path, Wanted wanted, LinkHandling links)
            throws IOException {
        AttributeChange change = wanted.change();
        AttributeChanges changes = change.attributes().isEmpty() ? null : requireSettable(files, path, change);
        if (wanted.size().isPresent()) {
            resize(files, path, wanted.size().getAsLong());
        }
        if (changes != null) {
            changes.change(path, change, links);
        } else if (wanted.size().isEmpty()) {
            // nothing to be set, but something must be there
            files.stat(path, links);
        }
    }

    private static void resize(VirtualFileSystem files, VirtualPath path, long size) throws IOException {
        PositionalFiles positional = files.capability(PositionalFiles.class)
                .orElseThrow(() -> new OperationNotSupportedException("set a size", path));
        try (PositionalFile file = positional.openPositional(path, Set.of(Access.WRITE))) {
            file.truncate(size);
            file.commit();
        }
    }

    /** The permissions that a new directory should have, if they are not the usual ones, which stores give it anyway. */
    public static AttributeChange wishForDirectory(AttributeChange asked) {
        int bits = asked.permissionBits().orElse(0755) & 0777 & ~022;
        return bits == 0755
                ? AttributeChange.nothing()
                : AttributeChange.nothing().withPermissionBits(bits);
    }

    /** Sets as much as can be set of something that was just made. Blocks. */
    public static void tryTo(VirtualFileSystem files, VirtualPath path, AttributeChange wish) {
        AttributeChange possible = settable(files, wish);
        if (possible.attributes().isEmpty()) {
            return;
        }
        try {
            requireSettable(files, path, possible).change(path, possible, LinkHandling.NO_FOLLOW);
        } catch (IOException e) {
            LOGGER.debug("What a client wished for {} could not be set", path, e);
        }
    }

    static AttributeChanges requireSettable(VirtualFileSystem files, VirtualPath path, AttributeChange change)
            throws IOException {
        AttributeChanges changes = files.capability(AttributeChanges.class)
                .orElseThrow(() -> new OperationNotSupportedException("set attributes", path));
        if (!changes.settable().containsAll(change.attributes())) {
            throw new OperationNotSupportedException("set attributes", path);
        }
        return changes;
    }

    /** As much of a change as the store can make. */
    static AttributeChange settable(VirtualFileSystem files, AttributeChange change) {
        Set<Attribute> can = files.capability(AttributeChanges.class)
                .map(AttributeChanges::settable)
                .orElse(Set.of());
        AttributeChange result = AttributeChange.nothing();
        for (Attribute attribute : change.attributes()) {
            if (can.contains(attribute)) {
                result = with(result, change, attribute);
            }
        }
        return result;
    }

    /** Both, the later where they differ. */
    static AttributeChange merge(AttributeChange earlier, AttributeChange later) {
        AttributeChange result = earlier;
        for (Attribute attribute : later.attributes()) {
            result = with(result, later, attribute);
        }
        return result;
    }

    private static AttributeChange with(AttributeChange to, AttributeChange from, Attribute attribute) {
        return switch (attribute) {
            case MODIFIED -> with(to, from.modified(), AttributeChange::withModified);
            case ACCESSED -> with(to, from.accessed(), AttributeChange::withAccessed);
            case CREATED -> with(to, from.created(), AttributeChange::withCreated);
            case PERMISSIONS -> to.withPermissionBits(from.permissionBits().orElseThrow());
            case OWNER -> with(to, from.owner(), AttributeChange::withOwner);
            case GROUP -> with(to, from.group(), AttributeChange::withGroup);
        };
    }

    private static <V> AttributeChange with(
            AttributeChange to, Optional<V> value, BiFunction<AttributeChange, V, AttributeChange> setter) {
        return setter.apply(to, value.orElseThrow());
    }
}
