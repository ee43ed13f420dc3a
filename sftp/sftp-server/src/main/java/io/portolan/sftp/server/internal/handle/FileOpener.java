package io.portolan.sftp.server.internal.handle;

import io.portolan.fs.AppendSupport;
import io.portolan.fs.FileInfo;
import io.portolan.fs.LinkHandling;
import io.portolan.fs.OperationNotSupportedException;
import io.portolan.fs.PositionalFiles;
import io.portolan.fs.PositionalFiles.Access;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.VirtualPath;
import io.portolan.fs.WriteMode;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.Set;

/**
 * Opens files: at any place where the store can, else forward only. A store that cannot read and write at any place refuses what needs that: reading and
 * writing at a time, and changing a file in the middle.
 */
final class FileOpener {

    private FileOpener() {}

    static FileContent open(VirtualFileSystem files, VirtualPath path, Set<Access> access) throws IOException {
        Optional<PositionalFiles> positional = files.capability(PositionalFiles.class);
        if (positional.isPresent()) {
            try {
                return new PositionalContent(positional.get().openPositional(path, access));
            } catch (OperationNotSupportedException e) {
                // not at this place of a tree that is put together of several
                return openForward(files, path, Access.checked(access));
            }
        }
        return openForward(files, path, Access.checked(access));
    }

    private static FileContent openForward(VirtualFileSystem files, VirtualPath path, Set<Access> access)
            throws IOException {
        if (!access.contains(Access.WRITE)) {
            return new SequentialReader(files, path);
        }
        if (access.contains(Access.READ)) {
            throw new OperationNotSupportedException("reading and writing at a time", path);
        }
        boolean append = access.contains(Access.APPEND);
        if (access.contains(Access.TRUNCATE)) {
            if (access.contains(Access.CREATE_NEW)) {
                return new SequentialWriter(files.openWrite(path, WriteMode.CREATE_NEW), path, 0, append);
            }
            if (!access.contains(Access.CREATE)) {
                files.stat(path, LinkHandling.FOLLOW);
            }
            return new SequentialWriter(files.openWrite(path, WriteMode.REPLACE), path, 0, append);
        }
        return openBehind(files, path, access, append);
    }

    /** What is there is kept: it can only be gone on with at its end. */
    private static FileContent openBehind(VirtualFileSystem files, VirtualPath path, Set<Access> access, boolean append)
            throws IOException {
        FileInfo present = null;
        try {
            present = files.stat(path, LinkHandling.FOLLOW);
        } catch (NoSuchFileException e) {
            if (!access.contains(Access.CREATE) && !access.contains(Access.CREATE_NEW)) {
                throw e;
            }
        }
        if (present == null) {
            return new SequentialWriter(files.openWrite(path, WriteMode.CREATE_NEW), path, 0, append);
        }
        if (access.contains(Access.CREATE_NEW)) {
            throw new FileAlreadyExistsException(path.toString());
        }
        AppendSupport appending = files.capability(AppendSupport.class)
                .orElseThrow(() -> new OperationNotSupportedException("changing a file in place", path));
        return new SequentialWriter(appending.openAppend(path), path, present.size(), append);
    }
}
