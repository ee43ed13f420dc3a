package io.portolan.sftp.server.internal.request;

import io.portolan.fs.Links;
import io.portolan.fs.OperationNotSupportedException;
import io.portolan.fs.VirtualPath;
import io.portolan.sftp.server.internal.engine.Plan;
import io.portolan.sftp.server.internal.engine.Request;
import io.portolan.sftp.server.internal.engine.RequestHandler;
import io.portolan.sftp.server.internal.engine.SftpChannel;
import io.portolan.ssh.internal.wire.SshProtocolException;
import java.util.List;

/** SYMLINK of versions 3 to 5. The draft (draft-ietf-secsh-filexfer-02 section 6.10) has the link first; OpenSSH has had the target first from the beginning, and clients follow it. */
final class SymlinkRequest implements RequestHandler {

    @Override
    public Plan plan(Request request, SftpChannel channel) throws SshProtocolException {
        String target = request.reader().readUtf8(SftpChannel.MAX_PATH_OCTETS);
        VirtualPath path = channel.readPath(request);
        return PathWork.change(channel, List.of(path), () -> {
            channel.services()
                    .files()
                    .capability(Links.class)
                    .orElseThrow(() -> new OperationNotSupportedException("make links", path))
                    .createSymbolicLink(path, target);
            return channel.ok(request);
        });
    }
}
