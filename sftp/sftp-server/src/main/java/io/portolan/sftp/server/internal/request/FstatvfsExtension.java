package io.portolan.sftp.server.internal.request;

import io.portolan.sftp.server.internal.engine.OpenHandle;
import io.portolan.sftp.server.internal.engine.Plan;
import io.portolan.sftp.server.internal.engine.Request;
import io.portolan.sftp.server.internal.engine.RequestFailure;
import io.portolan.sftp.server.internal.engine.RequestHandler;
import io.portolan.sftp.server.internal.engine.SftpChannel;
import io.portolan.ssh.internal.wire.SshProtocolException;

/** fstatvfs@openssh.com (OpenSSH PROTOCOL section 4.4). */
final class FstatvfsExtension implements RequestHandler {

    @Override
    public Plan plan(Request request, SftpChannel channel) throws SshProtocolException, RequestFailure {
        OpenHandle handle = channel.handles().read(request.reader(), OpenHandle.class);
        return PathWork.with(handle, false, () -> StatvfsReply.of(request, channel, handle.path()));
    }
}
