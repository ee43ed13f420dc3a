package io.portolan.ftp.server.internal.transfer;

import io.portolan.fs.ReadableFile;
import io.portolan.fs.VirtualPath;
import io.portolan.fs.WritableFile;
import java.io.Closeable;
import java.util.Objects;

/** What a transfer moves, once it is open. */
public sealed interface Content {

    /** The file, or the directory of a listing. */
    VirtualPath path();

    /** Where in the file it begins. */
    long offset();

    /** The text of 150. */
    String announcement();

    /** What is closed, on the lane, when the transfer is over. */
    Closeable file();

    /**
     * From us to the peer.
     *
     * @param source where the bytes come from
     * @param path the file, or the directory of a listing
     * @param offset where in the file it begins
     * @param isFile whether it is a file, of which listeners are told, and not a listing
     * @param announcement the text of 150
     */
    record Outgoing(ReadableFile source, VirtualPath path, long offset, boolean isFile, String announcement)
            implements Content {
        /** A file system that gives nothing has failed, before anything is said to the peer. */
        public Outgoing {
            Objects.requireNonNull(source, "the file system has opened nothing");
        }

        @Override
        public Closeable file() {
            return source;
        }
    }

    /**
     * From the peer to us.
     *
     * @param sink where the bytes go
     * @param path the file
     * @param offset where in the file it begins
     * @param announcement the text of 150
     */
    record Incoming(WritableFile sink, VirtualPath path, long offset, String announcement) implements Content {
        /** A file system that gives nothing has failed, before anything is said to the peer. */
        public Incoming {
            Objects.requireNonNull(sink, "the file system has opened nothing");
        }

        @Override
        public Closeable file() {
            return sink;
        }
    }
}
