package io.portolan.sftp.server.internal.request;

import io.portolan.sftp.internal.SftpStatus;
import io.portolan.sftp.server.internal.engine.Footprint;
import io.portolan.sftp.server.internal.engine.Plan;
import io.portolan.sftp.server.internal.engine.Request;
import io.portolan.sftp.server.internal.engine.RequestFailure;
import io.portolan.sftp.server.internal.engine.RequestHandler;
import io.portolan.sftp.server.internal.engine.SftpChannel;
import io.portolan.sftp.server.internal.handle.FileHandle;
import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;

/** text-seek (draft-ietf-secsh-filexfer-13 section 8.2.2.1): goes on with a line of a file in text mode. A line that is not there is the end of the file. */
final class TextSeekExtension implements RequestHandler {

    @Override
    public Plan plan(Request request, SftpChannel channel) throws SshProtocolException, RequestFailure {
        SshReader reader = request.reader();
        FileHandle file = channel.handles().read(reader, FileHandle.class);
        long line = reader.readUint64();
        if (line < 0) {
            throw new RequestFailure(SftpStatus.INVALID_PARAMETER, "No file has so many lines");
        }
        Footprint footprint = Footprint.on(false, file);
        return LongWork.plan(
                channel,
                footprint,
                going -> file.seekLine(line, going)
                        ? channel.ok(request)
                        : channel.status(request, SftpStatus.EOF, "There is no such line"));
    }
}
