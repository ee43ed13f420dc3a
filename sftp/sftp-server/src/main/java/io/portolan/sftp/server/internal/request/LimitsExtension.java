package io.portolan.sftp.server.internal.request;

import io.portolan.sftp.internal.SftpMessageNumber;
import io.portolan.sftp.server.internal.engine.Plan;
import io.portolan.sftp.server.internal.engine.Reply;
import io.portolan.sftp.server.internal.engine.Request;
import io.portolan.sftp.server.internal.engine.RequestHandler;
import io.portolan.sftp.server.internal.engine.SftpChannel;
import io.portolan.sftp.server.internal.engine.SftpLimits;
import io.portolan.ssh.internal.wire.SshProtocolException;

/** limits@openssh.com (OpenSSH PROTOCOL section 4.8): the largest packet, READ and WRITE, and how many handles there may be. */
final class LimitsExtension implements RequestHandler {

    /** What OpenSSH tells. We take a little more. */
    private static final int MAX_PACKET = 256 * 1024;

    @Override
    public Plan plan(Request request, SftpChannel channel) throws SshProtocolException {
        return new Plan.Answer(new Reply.Packet(channel.packet(SftpMessageNumber.EXTENDED_REPLY, request)
                .writeUint64(MAX_PACKET)
                .writeUint64(SftpLimits.MAX_DATA)
                .writeUint64(SftpLimits.MAX_DATA)
                .writeUint64(channel.services().limits().openHandles())));
    }
}
