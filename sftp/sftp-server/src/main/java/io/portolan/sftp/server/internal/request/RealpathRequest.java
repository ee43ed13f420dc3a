package io.portolan.sftp.server.internal.request;

import io.portolan.sftp.server.internal.engine.Plan;
import io.portolan.sftp.server.internal.engine.Request;
import io.portolan.sftp.server.internal.engine.RequestHandler;
import io.portolan.sftp.server.internal.engine.SftpChannel;
import io.portolan.ssh.internal.wire.SshProtocolException;

/** REALPATH of versions 3 to 5 (draft-ietf-secsh-filexfer-02 section 6.11): the path without {@code .} and {@code ..}, from the root on. It need not exist, and links in it stay. */
final class RealpathRequest implements RequestHandler {

    @Override
    public Plan plan(Request request, SftpChannel channel) throws SshProtocolException {
        return new Plan.Answer(channel.path(request, channel.readPath(request).toString()));
    }
}
