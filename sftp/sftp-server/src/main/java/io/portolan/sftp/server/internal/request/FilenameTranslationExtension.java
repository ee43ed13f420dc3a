package io.portolan.sftp.server.internal.request;

import io.portolan.sftp.server.internal.engine.Plan;
import io.portolan.sftp.server.internal.engine.Request;
import io.portolan.sftp.server.internal.engine.RequestHandler;
import io.portolan.sftp.server.internal.engine.SftpChannel;
import io.portolan.ssh.internal.wire.SshProtocolException;

/**
 * filename-translation-control (draft-ietf-secsh-filexfer-13 section 6): whether names are turned into UTF-8. Ours are UTF-8 from the beginning, as "filename-charset"
 * tells, so that both answers are the same.
 */
final class FilenameTranslationExtension implements RequestHandler {

    @Override
    public Plan plan(Request request, SftpChannel channel) throws SshProtocolException {
        request.reader().readBoolean();
        return new Plan.Answer(channel.ok(request));
    }
}
