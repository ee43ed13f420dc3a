package io.portolan.sftp.server.internal.request;

import io.portolan.fs.RenameMode;
import io.portolan.fs.VirtualPath;
import io.portolan.sftp.server.internal.engine.Plan;
import io.portolan.sftp.server.internal.engine.Request;
import io.portolan.sftp.server.internal.engine.RequestHandler;
import io.portolan.sftp.server.internal.engine.SftpChannel;
import io.portolan.ssh.internal.wire.SshProtocolException;
import java.util.List;

/** RENAME of versions 3 and 4 (draft-ietf-secsh-filexfer-02 section 6.5), which fails if something is at the new path, and posix-rename@openssh.com, which replaces it. */
final class RenameRequest implements RequestHandler {

    private final RenameMode mode;

    RenameRequest(RenameMode mode) {
        this.mode = mode;
    }

    @Override
    public Plan plan(Request request, SftpChannel channel) throws SshProtocolException {
        VirtualPath from = channel.readPath(request);
        VirtualPath to = channel.readPath(request);
        return plan(request, channel, from, to, mode);
    }

    /** Plans it, whatever the request looks like. */
    static Plan plan(Request request, SftpChannel channel, VirtualPath from, VirtualPath to, RenameMode mode) {
        return PathWork.change(channel, List.of(from, to), () -> {
            channel.services().files().rename(from, to, mode);
            channel.services().events().renamed(from, to);
            return channel.ok(request);
        });
    }
}
