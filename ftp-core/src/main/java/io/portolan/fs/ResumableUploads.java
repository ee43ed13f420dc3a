package io.portolan.fs;

import java.io.IOException;
import java.util.OptionalLong;

/**
 * Capability: an upload that broke can go on where it ended (FTP's REST before STOR). What arrived of it is kept aside, invisible in listings, until it is
 * resumed, replaced or deleted: a part of a file never looks like the file.
 */
public interface ResumableUploads {

    /**
     * How much is kept of a broken upload.
     *
     * @param path where the upload would have been published
     * @return the kept part's size in bytes, or empty if there is none
     * @throws IOException if it cannot be told
     */
    OptionalLong keptSize(VirtualPath path) throws IOException;

    /**
     * Goes on with an upload. The new content is the first {@code offset} bytes of the kept part, or, where none is kept, of the published file,
     * followed by what is written. It is published at {@link WritableFile#commit()}, like any upload.
     *
     * @param path the file's path
     * @param offset where to go on, in bytes; at most the size of what is there
     * @return the open file
     * @throws InvalidOffsetException if {@code offset} lies behind what is there: no holes
     * @throws java.nio.file.NoSuchFileException if nothing is there to go on with and {@code offset} is not 0
     * @throws IOException if it cannot be opened
     */
    WritableFile resume(VirtualPath path, long offset) throws IOException;
}
