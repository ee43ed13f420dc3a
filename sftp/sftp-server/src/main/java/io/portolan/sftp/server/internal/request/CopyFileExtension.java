package io.portolan.sftp.server.internal.request;

import io.portolan.fs.OperationNotSupportedException;
import io.portolan.fs.RenameMode;
import io.portolan.fs.ServerSideCopy;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.VirtualPath;
import io.portolan.fs.WritableFile;
import io.portolan.fs.WriteMode;
import io.portolan.sftp.internal.SftpStatus;
import io.portolan.sftp.server.internal.engine.Footprint;
import io.portolan.sftp.server.internal.engine.Plan;
import io.portolan.sftp.server.internal.engine.Request;
import io.portolan.sftp.server.internal.engine.RequestFailure;
import io.portolan.sftp.server.internal.engine.RequestHandler;
import io.portolan.sftp.server.internal.engine.SftpChannel;
import io.portolan.sftp.server.internal.handle.GoingOn;
import io.portolan.ssh.internal.wire.SshProtocolException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * copy-file (draft-ietf-secsh-filexfer-extensions-00 section 6): by the store itself if it can, else by reading and writing. Nothing is to be seen at the new path
 * before the copy is whole.
 */
final class CopyFileExtension implements RequestHandler {

    @Override
    public Plan plan(Request request, SftpChannel channel) throws SshProtocolException, RequestFailure {
        VirtualPath from = channel.readPath(request);
        VirtualPath to = channel.readPath(request);
        boolean overwrite = request.reader().readBoolean();
        if (from.equals(to)) {
            throw new RequestFailure(SftpStatus.FAILURE, "A file is not copied onto itself");
        }
        Footprint footprint = new Footprint(channel.longPaths(), List.of(from, to), true);
        return LongWork.plan(channel, footprint, going -> {
            copy(channel.services().files(), from, to, overwrite, going);
            return channel.ok(request);
        });
    }

    private static void copy(
            VirtualFileSystem files, VirtualPath from, VirtualPath to, boolean overwrite, GoingOn going)
            throws IOException {
        Optional<ServerSideCopy> store = files.capability(ServerSideCopy.class);
        if (store.isPresent()) {
            try {
                store.get().copy(from, to, overwrite ? RenameMode.REPLACE : RenameMode.FAIL_IF_EXISTS);
                return;
            } catch (OperationNotSupportedException e) {
                // not between these two places of a tree that is put together of several
                going.check();
            }
        }
        try (ContentRange range = ContentRange.of(files, from, 0, 0, going);
                WritableFile target = files.openWrite(to, overwrite ? WriteMode.REPLACE : WriteMode.CREATE_NEW)) {
            ByteBuffer piece = range.next(Long.MAX_VALUE);
            while (piece.hasRemaining()) {
                target.write(piece);
                piece = range.next(Long.MAX_VALUE);
            }
            going.check();
            target.commit();
        }
    }
}
