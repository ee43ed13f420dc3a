package io.portolan.sftp.server.internal.request;

import io.portolan.fs.FileType;
import io.portolan.fs.LinkHandling;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.VirtualPath;
import io.portolan.sftp.internal.SftpStatus;
import io.portolan.sftp.server.internal.engine.HandleLocks;
import io.portolan.sftp.server.internal.engine.RequestFailure;
import java.io.IOException;
import java.nio.file.NoSuchFileException;

/**
 * How a file is opened.
 *
 * @param text in text mode
 * @param noFollow not if it is a symbolic link
 * @param lock whether it is locked while it is open
 * @param deleted whether it is deleted when it is closed
 */
record OpenManner(boolean text, boolean noFollow, Lock lock, boolean deleted) {

    /** What others may not lock. */
    enum Lock {
        NONE,
        /** Others may lock it in this way too, and only keep each other from writing. */
        SHARED,
        EXCLUSIVE
    }

    /** As version 3 opens files. */
    static final OpenManner PLAIN = new OpenManner(false, false, Lock.NONE, false);

    /** As version 4 opens files with its flag for text. */
    static final OpenManner TEXT = new OpenManner(true, false, Lock.NONE, false);

    boolean needsLook() {
        return noFollow || lock != Lock.NONE;
    }

    /** Whether there is something. Blocks. */
    boolean look(VirtualFileSystem files, VirtualPath path) throws IOException {
        try {
            LinkHandling links = noFollow ? LinkHandling.NO_FOLLOW : LinkHandling.FOLLOW;
            if (files.stat(path, links).type() == FileType.SYMBOLIC_LINK) {
                throw new RequestFailure(SftpStatus.LINK_LOOP, "That is a symbolic link");
            }
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Blocks. */
    void lock(HandleLocks locks) throws IOException {
        if (lock != Lock.NONE) {
            locks.lockAll(lock == Lock.EXCLUSIVE);
        }
    }
}
