package io.portolan.sftp.server.internal.request;

import io.portolan.fs.AttributeChange;
import io.portolan.fs.VirtualPath;
import io.portolan.sftp.server.internal.engine.Plan;
import io.portolan.sftp.server.internal.engine.Request;
import io.portolan.sftp.server.internal.engine.RequestFailure;
import io.portolan.sftp.server.internal.engine.RequestHandler;
import io.portolan.sftp.server.internal.engine.SftpChannel;
import io.portolan.sftp.server.internal.handle.Changes;
import io.portolan.ssh.internal.wire.SshProtocolException;
import java.util.List;

/** MKDIR (draft-ietf-secsh-filexfer-02 section 6.6). The permissions that it carries are a wish: where they cannot be set, the directory is made all the same. */
final class MkdirRequest implements RequestHandler {

    @Override
    public Plan plan(Request request, SftpChannel channel) throws SshProtocolException, RequestFailure {
        VirtualPath path = channel.readPath(request);
        AttributeChange wish =
                Changes.wishForDirectory(channel.readWanted(request).change());
        return PathWork.change(channel, List.of(path), () -> {
            channel.services().files().createDirectory(path);
            Changes.tryTo(channel.services().files(), path, wish);
            channel.services().events().directoryCreated(path);
            return channel.ok(request);
        });
    }
}
