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

/** LINK of version 6 (draft-ietf-secsh-filexfer-13 section 8.7): the new link first, then what it points to, symbolic or hard. */
final class LinkRequest implements RequestHandler {

    @Override
    public Plan plan(Request request, SftpChannel channel) throws SshProtocolException {
        VirtualPath link = channel.readPath(request);
        String target = request.reader().readUtf8(SftpChannel.MAX_PATH_OCTETS);
        if (request.reader().readBoolean()) {
            return PathWork.change(channel, List.of(link), () -> {
                links(channel, link).createSymbolicLink(link, target);
                return channel.ok(request);
            });
        }
        VirtualPath existing = channel.services().home().resolve(target);
        return PathWork.change(channel, List.of(existing, link), () -> {
            links(channel, link).createHardLink(link, existing);
            return channel.ok(request);
        });
    }

    private static Links links(SftpChannel channel, VirtualPath link) throws OperationNotSupportedException {
        return channel.services()
                .files()
                .capability(Links.class)
                .orElseThrow(() -> new OperationNotSupportedException("make links", link));
    }
}
