package io.portolan.sftp.server.internal.session;

import io.portolan.auth.Identity;
import io.portolan.fs.FileSystemFactory;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.session.SessionInfo;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Opens the user's files along with the login: a user whose files cannot be had is not let in, and is told no more than with a wrong password. Called on the
 * session's lane; what is open may be asked for once the login is over.
 */
final class LoginFiles {

    private final FileSystemFactory factory;
    private final SessionInfo session;
    private volatile @Nullable VirtualFileSystem opened;

    LoginFiles(FileSystemFactory factory, SessionInfo session) {
        this.factory = factory;
        this.session = session;
    }

    /** Opens them. */
    void open(Identity identity) throws IOException {
        // those of a login that came to nothing after this
        close();
        opened = factory.open(identity, session);
    }

    /**
     * The user's files.
     *
     * @throws IllegalStateException if nobody has been let in
     */
    VirtualFileSystem opened() {
        VirtualFileSystem files = opened;
        if (files == null) {
            throw new IllegalStateException("nobody is logged in");
        }
        return files;
    }

    /** Closes what is open. On the lane. */
    void close() {
        VirtualFileSystem files = opened;
        opened = null;
        if (files == null) {
            return;
        }
        try {
            files.close();
        } catch (IOException | RuntimeException | Error e) {
            SessionLog.warn(session, "closing the file system failed", e);
        }
    }
}
