package io.portolan.sftp.server.internal.request;

import io.portolan.fs.AtomicReplace;
import io.portolan.fs.RenameMode;
import io.portolan.fs.VirtualPath;
import io.portolan.sftp.internal.SftpStatus;
import io.portolan.sftp.server.internal.engine.Plan;
import io.portolan.sftp.server.internal.engine.Request;
import io.portolan.sftp.server.internal.engine.RequestFailure;
import io.portolan.sftp.server.internal.engine.RequestHandler;
import io.portolan.sftp.server.internal.engine.SftpChannel;
import io.portolan.ssh.internal.wire.SshProtocolException;

/**
 * RENAME since version 5 (draft-ietf-secsh-filexfer-13 section 8.3). "Native" leaves it to the server what happens to a file at the new path, and ours replaces it;
 * "atomic" is refused where the store cannot promise that.
 */
final class FlaggedRenameRequest implements RequestHandler {

    private static final long OVERWRITE = 0x1;
    private static final long ATOMIC = 0x2;
    private static final long NATIVE = 0x4;

    @Override
    public Plan plan(Request request, SftpChannel channel) throws SshProtocolException, RequestFailure {
        VirtualPath from = channel.readPath(request);
        VirtualPath to = channel.readPath(request);
        // the first drafts of version 5 have no flags
        long flags = request.reader().remaining() == 0 ? 0 : request.reader().readUint32();
        if ((flags & ~(OVERWRITE | ATOMIC | NATIVE)) != 0) {
            throw new RequestFailure(SftpStatus.INVALID_PARAMETER, "There are no such flags");
        }
        if ((flags & ATOMIC) != 0
                && channel.services().files().capability(AtomicReplace.class).isEmpty()) {
            throw new RequestFailure(SftpStatus.OP_UNSUPPORTED, "Here files are not replaced in one step");
        }
        return RenameRequest.plan(
                request, channel, from, to, flags == 0 ? RenameMode.FAIL_IF_EXISTS : RenameMode.REPLACE);
    }
}
