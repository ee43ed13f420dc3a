package io.portolan.sftp.server.internal.request;

import io.portolan.fs.FileInfo;
import io.portolan.fs.LinkHandling;
import io.portolan.fs.VirtualPath;
import io.portolan.sftp.internal.SftpStatus;
import io.portolan.sftp.internal.attributes.FileInfoMapping;
import io.portolan.sftp.internal.attributes.SftpAttributes;
import io.portolan.sftp.server.internal.engine.Plan;
import io.portolan.sftp.server.internal.engine.Request;
import io.portolan.sftp.server.internal.engine.RequestFailure;
import io.portolan.sftp.server.internal.engine.RequestHandler;
import io.portolan.sftp.server.internal.engine.SftpChannel;
import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;
import java.io.IOException;

/**
 * REALPATH of version 6 (draft-ietf-secsh-filexfer-13 section 8.9): goes along the paths that are to be appended, and says on demand whether there is something, and
 * what. Links on the way stay: what the peer names is where it is.
 */
final class CheckedRealpathRequest implements RequestHandler {

    private static final int NO_CHECK = 1;
    private static final int STAT_IF = 2;
    private static final int STAT_ALWAYS = 3;

    /** Paths that one request composes, at most: each costs work on the event loop. Clients compose one or two. */
    static final int MAX_COMPOSED = 16;

    @Override
    public Plan plan(Request request, SftpChannel channel) throws SshProtocolException, RequestFailure {
        SshReader reader = request.reader();
        VirtualPath path = channel.readPath(request);
        int check = reader.remaining() == 0 ? NO_CHECK : reader.readByte();
        for (int composed = 0; reader.remaining() > 0; composed++) {
            if (composed >= MAX_COMPOSED) {
                throw new RequestFailure(SftpStatus.INVALID_PARAMETER, "There are too many paths to be composed");
            }
            path = path.resolve(reader.readUtf8(SftpChannel.MAX_PATH_OCTETS));
        }
        VirtualPath result = path;
        return switch (check) {
            case NO_CHECK -> new Plan.Answer(channel.path(request, result.toString()));
            case STAT_IF ->
                PathWork.look(
                        channel, result, () -> channel.path(request, result.toString(), ifThere(channel, result)));
            case STAT_ALWAYS ->
                PathWork.look(channel, result, () -> channel.path(request, result.toString(), told(channel, result)));
            default -> throw new RequestFailure(SftpStatus.INVALID_PARAMETER, "There is no such check");
        };
    }

    private static SftpAttributes ifThere(SftpChannel channel, VirtualPath path) {
        try {
            return told(channel, path);
        } catch (IOException e) {
            // an unknown type is how the draft has it said
            return SftpAttributes.NONE;
        }
    }

    private static SftpAttributes told(SftpChannel channel, VirtualPath path) throws IOException {
        FileInfo info = channel.services().files().stat(path, LinkHandling.FOLLOW);
        return FileInfoMapping.attributes(info);
    }
}
