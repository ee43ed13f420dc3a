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

/** hardlink@openssh.com (OpenSSH PROTOCOL section 4.5): another name for a file. */
final class HardlinkExtension implements RequestHandler {

    @Override
    public Plan plan(Request request, SftpChannel channel) throws SshProtocolException {
        VirtualPath existing = channel.readPath(request);
        VirtualPath path = channel.readPath(request);
        return PathWork.change(channel, List.of(existing, path), () -> {
            channel.services()
                    .files()
                    .capability(Links.class)
                    .orElseThrow(() -> new OperationNotSupportedException("make links", path))
                    .createHardLink(path, existing);
            return channel.ok(request);
        });
    }
}
