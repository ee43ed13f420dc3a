package io.portolan.sftp.server.internal.request;

import io.portolan.sftp.server.internal.engine.Plan;
import io.portolan.sftp.server.internal.engine.Request;
import io.portolan.sftp.server.internal.engine.RequestFailure;
import io.portolan.sftp.server.internal.engine.RequestHandler;
import io.portolan.sftp.server.internal.engine.SftpChannel;
import io.portolan.sftp.server.internal.handle.FileHandle;
import io.portolan.ssh.internal.wire.SshProtocolException;

/** fsync@openssh.com (OpenSSH PROTOCOL section 4.6): what was written is on the storage device when it is answered. */
final class FsyncExtension implements RequestHandler {

    @Override
    public Plan plan(Request request, SftpChannel channel) throws SshProtocolException, RequestFailure {
        FileHandle file = channel.handles().read(request.reader(), FileHandle.class);
        return PathWork.with(file, true, () -> {
            file.force();
            return channel.ok(request);
        });
    }
}
