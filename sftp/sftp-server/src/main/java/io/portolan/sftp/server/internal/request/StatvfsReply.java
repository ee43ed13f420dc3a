package io.portolan.sftp.server.internal.request;

import io.portolan.fs.LinkHandling;
import io.portolan.fs.OperationNotSupportedException;
import io.portolan.fs.SpaceInfo;
import io.portolan.fs.SpaceInfo.Space;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.VirtualPath;
import io.portolan.sftp.internal.SftpMessageNumber;
import io.portolan.sftp.server.internal.engine.Reply;
import io.portolan.sftp.server.internal.engine.Request;
import io.portolan.sftp.server.internal.engine.SftpChannel;
import java.io.IOException;

/**
 * What the extensions statvfs and fstatvfs answer. Room is told in blocks of 4 KiB; how many files there may be is not known to file systems of ours, and told as
 * none limited.
 */
final class StatvfsReply {

    private static final long BLOCK = 4096;
    private static final long READ_ONLY = 1;
    private static final long NO_SET_USER_ID = 2;
    private static final long MAX_NAME = 255;

    private StatvfsReply() {}

    /** Blocks. */
    static Reply of(Request request, SftpChannel channel, VirtualPath path) throws IOException {
        VirtualFileSystem files = channel.services().files();
        SpaceInfo info = files.capability(SpaceInfo.class)
                .orElseThrow(() -> new OperationNotSupportedException("tell the room", path));
        files.stat(path, LinkHandling.FOLLOW);
        Space space = info.space(path);
        return new Reply.Packet(channel.packet(SftpMessageNumber.EXTENDED_REPLY, request)
                .writeUint64(BLOCK)
                .writeUint64(BLOCK)
                .writeUint64(space.total() / BLOCK)
                .writeUint64(space.free() / BLOCK)
                .writeUint64(space.usable() / BLOCK)
                .writeUint64(0)
                .writeUint64(0)
                .writeUint64(0)
                .writeUint64(0)
                .writeUint64(NO_SET_USER_ID | (files.isReadOnly() ? READ_ONLY : 0))
                .writeUint64(MAX_NAME));
    }
}
