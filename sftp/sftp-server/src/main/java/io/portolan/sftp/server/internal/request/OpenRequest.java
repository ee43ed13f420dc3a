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
import java.util.OptionalInt;
import java.util.Set;

/**
 * OPEN of versions 3 and 4 (draft-ietf-secsh-filexfer-02 section 6.3). Of the attributes that it carries the permissions are a wish for a new file; its size, which WinSCP sends, is not
 * looked at.
 */
final class OpenRequest implements RequestHandler {

    private static final int READ = 0x01;
    private static final int WRITE = 0x02;
    private static final int APPEND = 0x04;
    private static final int CREAT = 0x08;
    private static final int TRUNC = 0x10;
    private static final int EXCL = 0x20;
    /** Version 4. */
    private static final int TEXT = 0x40;

    /** What others may not do with a new file, whatever the client asks for: the usual umask. */
    private static final int MASK = 022;

    /** What stores give a new file anyway. */
    private static final int USUAL = 0644;

    private final boolean knowsText;

    OpenRequest(int version) {
        knowsText = version >= 4;
    }

    @Override
    public Plan plan(Request request, SftpChannel channel) throws SshProtocolException, RequestFailure {
        SshReader reader = request.reader();
        VirtualPath path = channel.readPath(request);
        int flags = (int) reader.readUint32();
        Set<Access> access = access(flags);
        AttributeChange asked = channel.readWanted(request).change();
        OpenManner manner = knowsText && (flags & TEXT) != 0 ? OpenManner.TEXT : OpenManner.PLAIN;
        return OpenOperation.plan(request, channel, path, access, wish(asked), manner);
    }

    /** The permissions of a new file, if they are not what it has anyway. */
    static AttributeChange wish(AttributeChange asked) {
        OptionalInt bits = asked.permissionBits();
        if (bits.isEmpty()) {
            return AttributeChange.nothing();
        }
        int permissions = bits.getAsInt() & 0777 & ~MASK;
        return permissions == USUAL
                ? AttributeChange.nothing()
                : AttributeChange.nothing().withPermissionBits(permissions);
    }

    /** No flag of READ, WRITE and APPEND means READ, as OpenSSH has it. EXCL counts with CREAT only, TRUNC with WRITE only. */
    private static Set<Access> access(int flags) throws RequestFailure {
        Set<Access> access = EnumSet.noneOf(Access.class);
        boolean writes = (flags & (WRITE | APPEND)) != 0;
        if ((flags & READ) != 0 || !writes) {
            access.add(Access.READ);
        }
        if (writes) {
            access.add(Access.WRITE);
        }
        if ((flags & APPEND) != 0) {
            access.add(Access.APPEND);
        }
        if ((flags & CREAT) != 0) {
            access.add((flags & EXCL) != 0 ? Access.CREATE_NEW : Access.CREATE);
        }
        if ((flags & TRUNC) != 0) {
            access.add(Access.TRUNCATE);
        }
        if (!writes && access.size() > 1) {
            throw new RequestFailure(SftpStatus.FAILURE, "Cannot make or truncate a file that is not to be written");
        }
        return access;
    }
}
