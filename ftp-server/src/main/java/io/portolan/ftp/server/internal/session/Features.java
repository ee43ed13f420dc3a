package io.portolan.ftp.server.internal.session;

import io.portolan.core.internal.security.ServerSecurity;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.ftp.server.FtpServerConfig;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the lines of FEAT depend on. Looked at on the lane, since file systems may only be asked there.
 *
 * @param config the server's settings
 * @param mechanisms what AUTH can ask for
 * @param options what OPTS has set
 * @param files the user's files; null before login
 */
public record Features(
        FtpServerConfig config,
        List<ServerSecurity> mechanisms,
        SessionOptions options,
        @Nullable VirtualFileSystem files) {

    /** Whether the user's files have a capability. Before login it is not known whose they will be, so the server tells all that it can. */
    public boolean can(Class<?> capability) {
        return files == null || files.capability(capability).isPresent();
    }

    /** A capability of the user's files; empty before login as well. */
    public <C> Optional<C> capability(Class<C> type) {
        return files == null ? Optional.empty() : files.capability(type);
    }

    /** Whether the user's files can be changed, or nobody is logged in. */
    public boolean canWrite() {
        return files == null || !files.isReadOnly();
    }
}
