package io.portolan.sftp.server.internal.request;

import io.portolan.fs.VirtualPath;
import io.portolan.sftp.server.internal.engine.Plan;
import io.portolan.sftp.server.internal.engine.Request;
import io.portolan.sftp.server.internal.engine.RequestHandler;
import io.portolan.sftp.server.internal.engine.SftpChannel;
import io.portolan.ssh.internal.wire.SshProtocolException;

/** statvfs@openssh.com (OpenSSH PROTOCOL section 4.3). */
final class StatvfsExtension implements RequestHandler {

    @Override
    public Plan plan(Request request, SftpChannel channel) throws SshProtocolException {
        VirtualPath path = channel.readPath(request);
        return PathWork.look(channel, path, () -> StatvfsReply.of(request, channel, path));
    }
}
