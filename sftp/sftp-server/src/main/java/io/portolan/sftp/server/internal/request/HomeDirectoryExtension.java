package io.portolan.sftp.server.internal.request;

import io.portolan.auth.Identity;
import io.portolan.sftp.internal.SftpStatus;
import io.portolan.sftp.server.internal.engine.Plan;
import io.portolan.sftp.server.internal.engine.Request;
import io.portolan.sftp.server.internal.engine.RequestFailure;
import io.portolan.sftp.server.internal.engine.RequestHandler;
import io.portolan.sftp.server.internal.engine.SftpChannel;
import io.portolan.ssh.internal.wire.SshProtocolException;

/**
 * home-directory (draft-ietf-secsh-filexfer-extensions-00 section 5). Told to users of themselves only: of others nothing is told, not even whether there are such.
 */
final class HomeDirectoryExtension implements RequestHandler {

    static final int MAX_USER = 1024;

    @Override
    public Plan plan(Request request, SftpChannel channel) throws SshProtocolException, RequestFailure {
        requireSelf(channel, request.reader().readUtf8(MAX_USER));
        return new Plan.Answer(channel.path(request, channel.services().home().toString()));
    }

    /** Refuses all users but the one who asks, who may also be nobody by name. */
    static void requireSelf(SftpChannel channel, String user) throws RequestFailure {
        boolean self = user.isEmpty()
                || channel.services()
                        .events()
                        .session()
                        .user()
                        .map(Identity::name)
                        .filter(user::equals)
                        .isPresent();
        if (!self) {
            throw new RequestFailure(SftpStatus.PERMISSION_DENIED, "Nothing is told of other users");
        }
    }
}
