package io.portolan.sftp.server.internal.scp;

import io.portolan.core.internal.session.SessionEvents;
import io.portolan.fs.AttributeChange;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.VirtualPath;
import io.portolan.sftp.server.internal.handle.Changes;
import io.portolan.sftp.server.internal.scp.ScpText.Times;
import java.nio.file.InvalidPathException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The files that are copied, and whom to tell. */
record ScpFiles(VirtualFileSystem files, VirtualPath home, SessionEvents events) {

    /** What group and others may not do with what is made for a peer that does not ask for exact permissions, as usual. */
    private static final int UMASK = 022;

    VirtualPath resolve(String path) throws ScpException {
        try {
            return home.resolve(path);
        } catch (InvalidPathException e) {
            throw new ScpException("path not allowed");
        }
    }

    /** The path of a name that a peer has sent, which is one segment and nothing else. */
    static VirtualPath child(VirtualPath directory, String name) throws ScpException {
        try {
            return directory.child(name);
        } catch (InvalidPathException e) {
            throw new ScpException("name not allowed");
        }
    }

    /** Sets what can be set. The copy does not fail by it. */
    void setAttributes(VirtualPath path, int permissionBits, boolean preserve, @Nullable Times times) {
        AttributeChange change =
                AttributeChange.nothing().withPermissionBits(preserve ? permissionBits : permissionBits & ~UMASK);
        if (preserve && times != null) {
            change = change.withModified(Instant.ofEpochSecond(clamp(times.modified())))
                    .withAccessed(Instant.ofEpochSecond(clamp(times.accessed())));
        }
        Changes.tryTo(files, path, change);
    }

    /** No store goes further than the year 9999. */
    private static long clamp(long seconds) {
        return Math.min(seconds, 253_402_300_799L);
    }
}
