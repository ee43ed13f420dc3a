package io.portolan.sftp.server.internal.request;

import io.portolan.fs.VirtualPath;
import io.portolan.sftp.internal.SftpStatus;
import io.portolan.sftp.server.internal.engine.Plan;
import io.portolan.sftp.server.internal.engine.Request;
import io.portolan.sftp.server.internal.engine.RequestFailure;
import io.portolan.sftp.server.internal.engine.RequestHandler;
import io.portolan.sftp.server.internal.engine.SftpChannel;
import io.portolan.ssh.internal.wire.SshProtocolException;
import java.util.List;
import java.util.Optional;

/** RMDIR (draft-ietf-secsh-filexfer-02 section 6.6): an empty directory, in which no file is being written that will be there once it is closed. */
final class RmdirRequest implements RequestHandler {

    @Override
    public Plan plan(Request request, SftpChannel channel) throws SshProtocolException {
        VirtualPath path = channel.readPath(request);
        return PathWork.change(channel, List.of(path), () -> {
            if (channel.openPaths().isWrittenBelow(path)) {
                throw new RequestFailure(SftpStatus.DIR_NOT_EMPTY, "A file in it is being written");
            }
            channel.services().files().deleteDirectory(path);
            channel.openPaths().removed(path, Optional.empty());
            channel.services().events().deleted(path);
            return channel.ok(request);
        });
    }
}
