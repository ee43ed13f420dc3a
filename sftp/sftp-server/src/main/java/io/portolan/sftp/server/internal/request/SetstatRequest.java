package io.portolan.sftp.server.internal.request;

import io.portolan.fs.LinkHandling;
import io.portolan.fs.VirtualPath;
import io.portolan.sftp.server.internal.engine.OpenHandle;
import io.portolan.sftp.server.internal.engine.Plan;
import io.portolan.sftp.server.internal.engine.Request;
import io.portolan.sftp.server.internal.engine.RequestFailure;
import io.portolan.sftp.server.internal.engine.RequestHandler;
import io.portolan.sftp.server.internal.engine.SftpChannel;
import io.portolan.sftp.server.internal.engine.Wanted;
import io.portolan.sftp.server.internal.handle.Changes;
import io.portolan.ssh.internal.wire.SshProtocolException;
import java.util.List;
import java.util.Optional;

/** SETSTAT (draft-ietf-secsh-filexfer-02 section 6.9), and lsetstat@openssh.com, which is about a link itself. */
final class SetstatRequest implements RequestHandler {

    private final LinkHandling links;

    SetstatRequest(LinkHandling links) {
        this.links = links;
    }

    @Override
    public Plan plan(Request request, SftpChannel channel) throws SshProtocolException, RequestFailure {
        VirtualPath path = channel.readPath(request);
        Wanted wanted = channel.readWanted(request);
        return PathWork.change(channel, List.of(path), () -> {
            Optional<OpenHandle> written = channel.openPaths().writtenAt(path);
            if (written.isPresent()) {
                written.get().set(wanted);
            } else {
                Changes.set(channel.services().files(), path, wanted, links);
            }
            return channel.ok(request);
        });
    }
}
