package io.portolan.sftp.server.internal.request;

import io.portolan.sftp.internal.SftpStatus;
import io.portolan.sftp.server.internal.engine.Plan;
import io.portolan.sftp.server.internal.engine.Request;
import io.portolan.sftp.server.internal.engine.RequestFailure;
import io.portolan.sftp.server.internal.engine.RequestHandler;
import io.portolan.sftp.server.internal.engine.SftpChannel;
import io.portolan.sftp.server.internal.handle.FileHandle;
import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;

/** BLOCK of version 6 (draft-ietf-secsh-filexfer-13 section 8.2.3): an advisory lock of a part of a file. Never waits. One that is to be binding is refused. */
final class BlockRequest implements RequestHandler {

    private static final long READ_AND_WRITE = OpenFlags.BLOCK_READ | OpenFlags.BLOCK_WRITE;

    @Override
    public Plan plan(Request request, SftpChannel channel) throws SshProtocolException, RequestFailure {
        SshReader reader = request.reader();
        FileHandle file = channel.handles().read(reader, FileHandle.class);
        long offset = reader.readUint64();
        long length = reader.readUint64();
        long mask = reader.readUint32();
        if (offset < 0 || length < 0) {
            throw new RequestFailure(SftpStatus.INVALID_PARAMETER, "No file is that long");
        }
        if ((mask & READ_AND_WRITE) == 0 || (mask & ~(READ_AND_WRITE | OpenFlags.BLOCK_ADVISORY)) != 0) {
            throw new RequestFailure(SftpStatus.INVALID_PARAMETER, "There is no such lock");
        }
        if ((mask & OpenFlags.BLOCK_ADVISORY) == 0) {
            throw new RequestFailure(SftpStatus.BYTE_RANGE_LOCK_REFUSED, "Locks are advisory here");
        }
        boolean exclusive = (mask & OpenFlags.BLOCK_READ) != 0;
        return PathWork.with(file, false, () -> {
            file.locks().lock(offset, length, exclusive);
            return channel.ok(request);
        });
    }
}
