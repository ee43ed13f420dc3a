package io.portolan.sftp.server.internal.request;

import io.portolan.sftp.internal.SftpMessageNumber;
import io.portolan.sftp.internal.SftpStatus;
import io.portolan.sftp.server.internal.engine.Plan;
import io.portolan.sftp.server.internal.engine.Reply;
import io.portolan.sftp.server.internal.engine.Request;
import io.portolan.sftp.server.internal.engine.RequestFailure;
import io.portolan.sftp.server.internal.engine.RequestHandler;
import io.portolan.sftp.server.internal.engine.SeenPrincipals;
import io.portolan.sftp.server.internal.engine.SftpChannel;
import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;
import io.portolan.ssh.internal.wire.SshWriter;
import java.util.function.LongFunction;

/**
 * users-groups-by-id@openssh.com (OpenSSH PROTOCOL section 4.12): the names of users and groups by their numbers, by which OpenSSH's client writes its listings. Only
 * names that the channel's listings have told anyway; all others are empty, as the extension has it for those that are not known.
 */
final class UsersGroupsExtension implements RequestHandler {

    /** How many numbers of each kind one request may have: those of a packet's worth of files. */
    static final int MAX_NUMBERS = 1024;

    @Override
    public Plan plan(Request request, SftpChannel channel) throws SshProtocolException, RequestFailure {
        SshReader reader = request.reader();
        SeenPrincipals seen = channel.principals();
        byte[] users = names(reader.readNested(), seen::user);
        byte[] groups = names(reader.readNested(), seen::group);
        return new Plan.Answer(new Reply.Packet(channel.packet(SftpMessageNumber.EXTENDED_REPLY, request)
                .writeString(users)
                .writeString(groups)));
    }

    private static byte[] names(SshReader numbers, LongFunction<String> name)
            throws SshProtocolException, RequestFailure {
        if (numbers.remaining() > MAX_NUMBERS * Integer.BYTES) {
            throw new RequestFailure(SftpStatus.INVALID_PARAMETER, "At most " + MAX_NUMBERS + " numbers at a time");
        }
        SshWriter names = new SshWriter();
        while (numbers.remaining() > 0) {
            names.writeString(name.apply(numbers.readUint32()));
        }
        return names.toByteArray();
    }
}
