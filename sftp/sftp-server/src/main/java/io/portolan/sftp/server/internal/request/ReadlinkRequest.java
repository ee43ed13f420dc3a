package io.portolan.sftp.server.internal.request;

import io.portolan.fs.Links;
import io.portolan.fs.OperationNotSupportedException;
import io.portolan.fs.VirtualPath;
import io.portolan.sftp.server.internal.engine.Plan;
import io.portolan.sftp.server.internal.engine.Request;
import io.portolan.sftp.server.internal.engine.RequestHandler;
import io.portolan.sftp.server.internal.engine.SftpChannel;
import io.portolan.ssh.internal.wire.SshProtocolException;

/** READLINK (draft-ietf-secsh-filexfer-02 section 6.10). Where the target lies in the store is not told: the file system gives what peers may see. */
final class ReadlinkRequest implements RequestHandler {

    @Override
    public Plan plan(Request request, SftpChannel channel) throws SshProtocolException {
        VirtualPath path = channel.readPath(request);
        return PathWork.look(channel, path, () -> {
            Links links = channel.services()
                    .files()
                    .capability(Links.class)
                    .orElseThrow(() -> new OperationNotSupportedException("read links", path));
            return channel.path(request, links.readLink(path));
        });
    }
}
