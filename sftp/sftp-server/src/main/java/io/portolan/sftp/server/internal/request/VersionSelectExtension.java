package io.portolan.sftp.server.internal.request;

import io.portolan.sftp.internal.SftpStatus;
import io.portolan.sftp.server.internal.engine.Plan;
import io.portolan.sftp.server.internal.engine.ProtocolVersion;
import io.portolan.sftp.server.internal.engine.Request;
import io.portolan.sftp.server.internal.engine.RequestFailure;
import io.portolan.sftp.server.internal.engine.RequestHandler;
import io.portolan.sftp.server.internal.engine.SftpChannel;
import io.portolan.ssh.internal.wire.SshProtocolException;
import java.util.Optional;

/** version-select (draft-ietf-secsh-filexfer-13 section 5.5): another one of the versions that "versions" names, as the first request only. */
final class VersionSelectExtension implements RequestHandler {

    private static final int MAX_NAME = 64;

    @Override
    public Plan plan(Request request, SftpChannel channel) throws SshProtocolException, RequestFailure {
        Optional<ProtocolVersion> version = Versions.named(request.reader().readUtf8(MAX_NAME));
        if (version.isEmpty()) {
            throw new RequestFailure(SftpStatus.INVALID_PARAMETER, "There is no such version here");
        }
        if (!channel.select(version.get())) {
            throw new RequestFailure(SftpStatus.INVALID_PARAMETER, "The version is chosen with the first request");
        }
        return new Plan.Answer(channel.ok(request));
    }
}
