package io.portolan.sftp.server.internal.request;

import io.portolan.fs.FileInfo;
import io.portolan.fs.LinkHandling;
import io.portolan.fs.RenameMode;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.VirtualPath;
import io.portolan.sftp.internal.SftpStatus;
import io.portolan.sftp.server.internal.engine.LinkTarget;
import io.portolan.sftp.server.internal.engine.OpenHandle;
import io.portolan.sftp.server.internal.engine.OpenPaths;
import io.portolan.sftp.server.internal.engine.Plan;
import io.portolan.sftp.server.internal.engine.Request;
import io.portolan.sftp.server.internal.engine.RequestFailure;
import io.portolan.sftp.server.internal.engine.RequestHandler;
import io.portolan.sftp.server.internal.engine.SftpChannel;
import io.portolan.sftp.server.internal.handle.FileHandle;
import io.portolan.sftp.server.internal.handle.LaterRename;
import io.portolan.ssh.internal.wire.SshProtocolException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * RENAME of versions 3 and 4 (draft-ietf-secsh-filexfer-02 section 6.5), which fails if something is at the new path, and posix-rename@openssh.com, which replaces it. What the
 * channel has open follows. A file that is being written, and so is not there yet, is renamed when it is closed, by the same rules; what it replaces then, at once. A directory in which one is being written is not
 * renamed, as the store would have nowhere to publish it.
 */
final class RenameRequest implements RequestHandler {

    private final RenameMode mode;

    RenameRequest(RenameMode mode) {
        this.mode = mode;
    }

    @Override
    public Plan plan(Request request, SftpChannel channel) throws SshProtocolException {
        VirtualPath from = channel.readPath(request);
        VirtualPath to = channel.readPath(request);
        return plan(request, channel, from, to, mode);
    }

    /** Plans it, whatever the request looks like. */
    static Plan plan(Request request, SftpChannel channel, VirtualPath from, VirtualPath to, RenameMode mode) {
        return PathWork.move(channel, from, to, () -> {
            rename(channel, from, to, mode);
            return channel.ok(request);
        });
    }

    private static void rename(SftpChannel channel, VirtualPath from, VirtualPath to, RenameMode mode)
            throws IOException {
        VirtualFileSystem files = channel.services().files();
        OpenPaths open = channel.openPaths();
        Optional<LinkTarget> fromLink = open.linkAt(files, from);
        Optional<LinkTarget> toLink = open.linkAt(files, to);
        List<FileHandle> written = new ArrayList<>();
        for (OpenHandle handle : open.allWrittenAt(from)) {
            if (handle instanceof FileHandle file
                    && handle.openedThrough(fromLink).isEmpty()) {
                written.add(file);
            }
        }
        boolean published = written.isEmpty() || isThere(files, from);
        if (published) {
            renameNow(channel, from, to, mode);
        } else {
            requireFree(channel, to, mode);
        }
        if (!from.equals(to)) {
            LaterRename later = new LaterRename(mode, published);
            for (FileHandle file : written) {
                file.carry(to, later);
            }
        }
        open.renamed(from, to, fromLink, toLink, published);
    }

    private static boolean isThere(VirtualFileSystem files, VirtualPath path) throws IOException {
        try {
            files.stat(path, LinkHandling.NO_FOLLOW);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static void renameNow(SftpChannel channel, VirtualPath from, VirtualPath to, RenameMode mode)
            throws IOException {
        if (channel.openPaths().isWrittenBelow(from)) {
            throw new RequestFailure(SftpStatus.FAILURE, "A file in it is being written");
        }
        if (mode == RenameMode.FAIL_IF_EXISTS
                && channel.openPaths().writtenAt(to).isPresent()) {
            throw new FileAlreadyExistsException(to.toString());
        }
        try {
            channel.services().files().rename(from, to, mode);
        } catch (FileSystemException e) {
            if (e.getClass() == FileSystemException.class && to.startsWith(from)) {
                // for which there is no exception of its own, and which is no fault of the store
                throw new RequestFailure(SftpStatus.INVALID_PARAMETER, "Nothing moves into itself");
            }
            throw e;
        }
        channel.services().events().renamed(from, to);
    }

    /** Refuses now what would be refused when the file is closed. */
    private static void requireFree(SftpChannel channel, VirtualPath to, RenameMode mode) throws IOException {
        VirtualFileSystem files = channel.services().files();
        if (!to.isRoot() && !files.stat(to.parent(), LinkHandling.FOLLOW).isDirectory()) {
            throw new NotDirectoryException(to.parent().toString());
        }
        boolean free = channel.openPaths().writtenAt(to).isEmpty() || mode == RenameMode.REPLACE;
        try {
            FileInfo present = files.stat(to, LinkHandling.NO_FOLLOW);
            free &= mode == RenameMode.REPLACE && !present.isDirectory();
        } catch (NoSuchFileException e) {
            // nothing in the way
        }
        if (!free) {
            throw new FileAlreadyExistsException(to.toString());
        }
    }
}
