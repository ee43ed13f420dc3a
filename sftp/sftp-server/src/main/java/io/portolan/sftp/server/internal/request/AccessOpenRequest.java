package io.portolan.sftp.server.internal.request;

import io.portolan.fs.AttributeChange;
import io.portolan.fs.PositionalFiles.Access;
import io.portolan.fs.VirtualPath;
import io.portolan.sftp.internal.SftpStatus;
import io.portolan.sftp.server.internal.engine.Plan;
import io.portolan.sftp.server.internal.engine.Request;
import io.portolan.sftp.server.internal.engine.RequestFailure;
import io.portolan.sftp.server.internal.engine.RequestHandler;
import io.portolan.sftp.server.internal.engine.SftpChannel;
import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;
import java.util.EnumSet;
import java.util.Set;

/** OPEN since version 5 (draft-ietf-secsh-filexfer-13 section 8.1.1): what is wanted of the file, and what is to be there, are two fields. */
final class AccessOpenRequest implements RequestHandler {

    private final long supported;

    AccessOpenRequest(int version) {
        supported = version >= 6 ? OpenFlags.SUPPORTED_BY_6 : OpenFlags.SUPPORTED_BY_5;
    }

    @Override
    public Plan plan(Request request, SftpChannel channel) throws SshProtocolException, RequestFailure {
        SshReader reader = request.reader();
        VirtualPath path = channel.readPath(request);
        long desired = reader.readUint32();
        long flags = reader.readUint32();
        AttributeChange asked = channel.readWanted(request).change();
        if ((flags & ~supported) != 0) {
            throw new RequestFailure(SftpStatus.OP_UNSUPPORTED, "Flags that are not supported");
        }
        if ((desired & ~OpenFlags.KNOWN_ACCESS) != 0) {
            throw new RequestFailure(SftpStatus.INVALID_PARAMETER, "There is no such access");
        }
        return OpenOperation.plan(
                request, channel, path, access(desired, flags), OpenRequest.wish(asked), manner(flags));
    }

    private static OpenManner manner(long flags) throws RequestFailure {
        boolean reading = (flags & OpenFlags.BLOCK_READ) != 0;
        boolean writing = (flags & OpenFlags.BLOCK_WRITE) != 0;
        if ((reading || writing) && (flags & OpenFlags.BLOCK_ADVISORY) == 0) {
            throw new RequestFailure(SftpStatus.OP_UNSUPPORTED, "Locks are advisory here");
        }
        OpenManner.Lock lock =
                reading ? OpenManner.Lock.EXCLUSIVE : writing ? OpenManner.Lock.SHARED : OpenManner.Lock.NONE;
        return new OpenManner(
                (flags & OpenFlags.TEXT_MODE) != 0,
                (flags & OpenFlags.NO_FOLLOW) != 0,
                lock,
                (flags & OpenFlags.DELETE_ON_CLOSE) != 0);
    }

    private static Set<Access> access(long desired, long flags) throws RequestFailure {
        Set<Access> access = EnumSet.noneOf(Access.class);
        boolean writes = (desired & (OpenFlags.WRITE_DATA | OpenFlags.APPEND_DATA)) != 0;
        boolean appends = (flags & (OpenFlags.APPEND | OpenFlags.APPEND_ATOMIC)) != 0
                || (desired & (OpenFlags.WRITE_DATA | OpenFlags.APPEND_DATA)) == OpenFlags.APPEND_DATA;
        if ((desired & OpenFlags.READ_DATA) != 0 || !writes) {
            access.add(Access.READ);
        }
        if (writes) {
            access.add(Access.WRITE);
        }
        if (writes && appends) {
            access.add(Access.APPEND);
        }
        switch ((int) (flags & OpenFlags.DISPOSITION)) {
            case OpenFlags.CREATE_NEW -> access.add(Access.CREATE_NEW);
            case OpenFlags.CREATE_TRUNCATE -> {
                access.add(Access.CREATE);
                access.add(Access.TRUNCATE);
            }
            case OpenFlags.OPEN_EXISTING -> {
                // as it is
            }
            case OpenFlags.OPEN_OR_CREATE -> access.add(Access.CREATE);
            case OpenFlags.TRUNCATE_EXISTING -> access.add(Access.TRUNCATE);
            default -> throw new RequestFailure(SftpStatus.INVALID_PARAMETER, "There is no such disposition");
        }
        if (!writes && access.size() > 1) {
            throw new RequestFailure(
                    SftpStatus.PERMISSION_DENIED, "Cannot make or truncate a file that is not to be written");
        }
        return access;
    }
}
