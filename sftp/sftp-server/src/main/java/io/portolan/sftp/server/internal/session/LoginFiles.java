package io.portolan.sftp.server.internal.session;

import io.portolan.auth.AuthenticationRequest;
import io.portolan.auth.AuthenticationResult;
import io.portolan.auth.Authenticator;
import io.portolan.auth.Credentials;
import io.portolan.fs.FileSystemFactory;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.session.SessionInfo;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Opens the user's files along with the login: a user whose files cannot be had is not let in, and is told no more than with a wrong password. Called on the
 * session's lane; what is open may be asked for once the login is over.
 */
final class LoginFiles implements Authenticator {

    private final Authenticator decides;
    private final FileSystemFactory factory;
    private final SessionInfo session;
    private volatile @Nullable VirtualFileSystem opened;

    LoginFiles(Authenticator decides, FileSystemFactory factory, SessionInfo session) {
        this.decides = decides;
        this.factory = factory;
        this.session = session;
    }

    @Override
    public AuthenticationResult authenticate(AuthenticationRequest request) throws Exception {
        AuthenticationResult result = decides.authenticate(request);
        if (result instanceof AuthenticationResult.Accepted accepted && isProof(request.credentials())) {
            // a further step of the same login may have come to another identity
            close();
            opened = factory.open(accepted.identity(), session);
        }
        return result;
    }

    /** The question whether a key would do is none. */
    private static boolean isProof(Credentials credentials) {
        return !(credentials instanceof Credentials.PublicKey key) || key.signed();
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
