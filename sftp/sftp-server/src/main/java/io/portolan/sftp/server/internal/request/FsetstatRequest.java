package io.portolan.sftp.server.internal.request;

import io.portolan.sftp.server.internal.engine.Plan;
import io.portolan.sftp.server.internal.engine.Request;
import io.portolan.sftp.server.internal.engine.RequestFailure;
import io.portolan.sftp.server.internal.engine.RequestHandler;
import io.portolan.sftp.server.internal.engine.SftpChannel;
import io.portolan.sftp.server.internal.engine.Wanted;
import io.portolan.sftp.server.internal.handle.FileHandle;
import io.portolan.ssh.internal.wire.SshProtocolException;

/** FSETSTAT (draft-ietf-secsh-filexfer-02 section 6.9). */
final class FsetstatRequest implements RequestHandler {

    @Override
    public Plan plan(Request request, SftpChannel channel) throws SshProtocolException, RequestFailure {
        FileHandle file = channel.handles().read(request.reader(), FileHandle.class);
        Wanted wanted = channel.readWanted(request);
        Runnable whenRefused = () -> {
            if (wanted.size().isPresent() && file.isWritable()) {
                file.incomplete();
            }
        };
        return PathWork.with(
                file,
                true,
                () -> {
                    file.set(wanted);
                    return channel.ok(request);
                },
                whenRefused);
    }
}
