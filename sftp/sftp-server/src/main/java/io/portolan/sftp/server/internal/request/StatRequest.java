package io.portolan.sftp.server.internal.request;

import io.portolan.fs.LinkHandling;
import io.portolan.fs.VirtualPath;
import io.portolan.sftp.server.internal.engine.OpenHandle;
import io.portolan.sftp.server.internal.engine.Plan;
import io.portolan.sftp.server.internal.engine.Request;
import io.portolan.sftp.server.internal.engine.RequestHandler;
import io.portolan.sftp.server.internal.engine.SftpChannel;
import io.portolan.ssh.internal.wire.SshProtocolException;
import java.util.Optional;

/** STAT and LSTAT (draft-ietf-secsh-filexfer-02 section 6.8). */
final class StatRequest implements RequestHandler {

    private final LinkHandling links;

    StatRequest(LinkHandling links) {
        this.links = links;
    }

    @Override
    public Plan plan(Request request, SftpChannel channel) throws SshProtocolException {
        VirtualPath path = channel.readPath(request);
        return PathWork.look(channel, path, () -> {
            Optional<OpenHandle> written = channel.openPaths().writtenAt(path);
            return channel.attributes(
                    request,
                    written.isPresent()
                            ? written.get().info()
                            : channel.services().files().stat(path, links));
        });
    }
}
