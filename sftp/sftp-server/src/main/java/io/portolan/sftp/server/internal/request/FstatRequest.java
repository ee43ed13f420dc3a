package io.portolan.sftp.server.internal.request;

import io.portolan.sftp.server.internal.engine.Plan;
import io.portolan.sftp.server.internal.engine.Request;
import io.portolan.sftp.server.internal.engine.RequestFailure;
import io.portolan.sftp.server.internal.engine.RequestHandler;
import io.portolan.sftp.server.internal.engine.SftpChannel;
import io.portolan.sftp.server.internal.handle.FileHandle;
import io.portolan.ssh.internal.wire.SshProtocolException;

/** FSTAT (draft-ietf-secsh-filexfer-02 section 6.8). */
final class FstatRequest implements RequestHandler {

    @Override
    public Plan plan(Request request, SftpChannel channel) throws SshProtocolException, RequestFailure {
        FileHandle file = channel.handles().read(request.reader(), FileHandle.class);
        return PathWork.with(file, false, () -> channel.attributes(request, file.info()));
    }
}
