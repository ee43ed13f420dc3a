package io.portolan.fs;

import io.portolan.auth.Identity;
import io.portolan.session.SessionInfo;
import java.io.IOException;

/**
 * Gives each login its file system. Called on a worker thread, once the user is known.
 */
@FunctionalInterface
public interface FileSystemFactory {

    /**
     * Opens the user's view. It belongs to the session, which closes it at its end; a factory that hands out one shared tree returns it through
     * {@link FileSystems#shared}.
     *
     * @param user who logged in
     * @param session the session
     * @return the file system, confined to what this user may see
     * @throws IOException if it cannot be opened; the login is refused
     */
    VirtualFileSystem open(Identity user, SessionInfo session) throws IOException;

    /**
     * Gives every session the same file system, which stays open.
     *
     * @param fileSystem the file system
     * @return the factory
     */
    static FileSystemFactory shared(VirtualFileSystem fileSystem) {
        VirtualFileSystem view = FileSystems.shared(fileSystem);
        return (user, session) -> view;
    }
}
