package io.portolan.sftp.server.internal.request;

import io.portolan.fs.VirtualPath;
import io.portolan.sftp.server.internal.engine.Plan;
import io.portolan.sftp.server.internal.engine.Request;
import io.portolan.sftp.server.internal.engine.RequestFailure;
import io.portolan.sftp.server.internal.engine.RequestHandler;
import io.portolan.sftp.server.internal.engine.SftpChannel;
import io.portolan.ssh.internal.wire.SshProtocolException;

/** expand-path@openssh.com (OpenSSH PROTOCOL section 4.9): REALPATH that knows {@code ~}, the home directory of whoever asks, and {@code ~name} if that is their own name. */
final class ExpandPathExtension implements RequestHandler {

    @Override
    public Plan plan(Request request, SftpChannel channel) throws SshProtocolException, RequestFailure {
        String path = request.reader().readUtf8(SftpChannel.MAX_PATH_OCTETS);
        VirtualPath home = channel.services().home();
        if (!path.startsWith("~")) {
            return new Plan.Answer(channel.path(request, home.resolve(path).toString()));
        }
        int end = path.indexOf('/');
        HomeDirectoryExtension.requireSelf(channel, path.substring(1, end < 0 ? path.length() : end));
        String rest = end < 0 ? "" : path.substring(end).replaceFirst("^/+", "");
        return new Plan.Answer(channel.path(request, home.resolve(rest).toString()));
    }
}
