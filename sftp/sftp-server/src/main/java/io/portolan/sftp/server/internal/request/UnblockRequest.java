package io.portolan.sftp.server.internal.request;

import io.portolan.sftp.server.internal.engine.Plan;
import io.portolan.sftp.server.internal.engine.Request;
import io.portolan.sftp.server.internal.engine.RequestFailure;
import io.portolan.sftp.server.internal.engine.RequestHandler;
import io.portolan.sftp.server.internal.engine.SftpChannel;
import io.portolan.sftp.server.internal.handle.FileHandle;
import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;

/** UNBLOCK of version 6 (draft-ietf-secsh-filexfer-13 section 8.2.4): ends a lock, which must have been taken of just that part. */
final class UnblockRequest implements RequestHandler {

    @Override
    public Plan plan(Request request, SftpChannel channel) throws SshProtocolException, RequestFailure {
        SshReader reader = request.reader();
        FileHandle file = channel.handles().read(reader, FileHandle.class);
        long offset = reader.readUint64();
        long length = reader.readUint64();
        return PathWork.with(file, false, () -> {
            file.locks().unlock(offset, length);
            return channel.ok(request);
        });
    }
}
