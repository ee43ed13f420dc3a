package io.portolan.sftp.server.internal.request;

import io.portolan.fs.LinkHandling;
import io.portolan.fs.OperationNotSupportedException;
import io.portolan.fs.SpaceInfo;
import io.portolan.fs.SpaceInfo.Space;
import io.portolan.fs.VirtualPath;
import io.portolan.sftp.internal.SftpMessageNumber;
import io.portolan.sftp.server.internal.engine.Plan;
import io.portolan.sftp.server.internal.engine.Reply;
import io.portolan.sftp.server.internal.engine.Request;
import io.portolan.sftp.server.internal.engine.RequestHandler;
import io.portolan.sftp.server.internal.engine.SftpChannel;
import io.portolan.ssh.internal.wire.SshProtocolException;

/** space-available (draft-ietf-secsh-filexfer-extensions-00 section 4). What the user may use is what there is, as a quota is told by the file system in its stead. */
final class SpaceAvailableExtension implements RequestHandler {

    /** The draft has 0 for a unit that is not known. */
    private static final long UNIT_NOT_KNOWN = 0;

    @Override
    public Plan plan(Request request, SftpChannel channel) throws SshProtocolException {
        VirtualPath path = channel.readPath(request);
        return PathWork.look(channel, path, () -> {
            SpaceInfo info = channel.services()
                    .files()
                    .capability(SpaceInfo.class)
                    .orElseThrow(() -> new OperationNotSupportedException("tell the room", path));
            channel.services().files().stat(path, LinkHandling.FOLLOW);
            Space space = info.space(path);
            return new Reply.Packet(channel.packet(SftpMessageNumber.EXTENDED_REPLY, request)
                    .writeUint64(space.total())
                    .writeUint64(space.free())
                    .writeUint64(space.total())
                    .writeUint64(space.usable())
                    .writeUint32(UNIT_NOT_KNOWN));
        });
    }
}
