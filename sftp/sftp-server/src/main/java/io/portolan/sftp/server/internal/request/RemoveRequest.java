package io.portolan.sftp.server.internal.request;

import io.portolan.fs.VirtualPath;
import io.portolan.sftp.server.internal.engine.LinkTarget;
import io.portolan.sftp.server.internal.engine.Plan;
import io.portolan.sftp.server.internal.engine.Request;
import io.portolan.sftp.server.internal.engine.RequestHandler;
import io.portolan.sftp.server.internal.engine.SftpChannel;
import io.portolan.ssh.internal.wire.SshProtocolException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;

/** REMOVE (draft-ietf-secsh-filexfer-02 section 6.5): a file or a link, never a directory. */
final class RemoveRequest implements RequestHandler {

    @Override
    public Plan plan(Request request, SftpChannel channel) throws SshProtocolException {
        VirtualPath path = channel.readPath(request);
        return PathWork.change(channel, List.of(path), () -> {
            Optional<LinkTarget> link =
                    channel.openPaths().linkAt(channel.services().files(), path);
            delete(channel, path);
            channel.openPaths().removed(path, link);
            channel.services().events().deleted(path);
            return channel.ok(request);
        });
    }

    private static void delete(SftpChannel channel, VirtualPath path) throws IOException {
        try {
            channel.services().files().delete(path);
        } catch (NoSuchFileException e) {
            if (channel.openPaths().writtenAt(path).isEmpty()) {
                throw e;
            }
            // it is being written, and will not come to be
        }
    }
}
