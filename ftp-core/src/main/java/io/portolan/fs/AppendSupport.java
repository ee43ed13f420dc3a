package io.portolan.fs;

import java.io.IOException;

/** Capability: files can be written at their end (FTP's APPE). */
public interface AppendSupport {

    /**
     * Opens a file for writing at its end; a file that does not exist is made. Where nothing is at the path but a part of a broken upload was kept
     * ({@link ResumableUploads}), it goes on at that part's end.
     *
     * @param path the file's path
     * @return the open file. When it is aborted, what was appended stays or goes as this file system's setting for partial uploads says; what
     *     was there before is never lost
     * @throws NotAFileException if a directory or a device is there
     * @throws IOException if it cannot be opened
     */
    WritableFile openAppend(VirtualPath path) throws IOException;
}
