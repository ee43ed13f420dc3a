package io.portolan.core.internal.nio;

import io.portolan.fs.AttributeChange;
import io.portolan.fs.FileInfo;
import io.portolan.fs.LinkHandling;
import io.portolan.fs.SpaceInfo.Space;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a client does for a file system. Paths are absolute, and given to the server as they are. Methods wait for the server, on any thread but an event loop, several at a time; they fail with the client's own exceptions, of which
 * {@link #refusal} tells what they mean. An interrupt ends them with an {@link java.io.InterruptedIOException}.
 */
public interface RemoteFiles extends Closeable {

    /** What a failure means. */
    enum Refusal {
        /** There is no such file. */
        NOT_FOUND,
        /** Something is there already. */
        EXISTS,
        /** The user may not. */
        DENIED,
        /** The server, or the protocol, cannot do that. */
        UNSUPPORTED,
        /** The server has refused without saying why: who knows what was to be done may find out. */
        UNCLEAR,
        /** No refusal: the connection, or something here. */
        FAILURE
    }

    /** What can be done only with some servers, or in some protocols. */
    enum Ability {
        /** {@link #copy}. */
        COPY,
        /** {@link #replace}. */
        REPLACE_AT_ONCE,
        /** {@link #createLink} and {@link #createHardLink}; {@link #readLink} knows where every link leads. */
        LINKS,
        /** Owners and groups can be set. */
        OWNERS,
        /** A file or directory can have permissions from its beginning. */
        CREATION_PERMISSIONS,
        /** {@link #space}. */
        SPACE,
        /** A listing of something that is no directory fails. */
        HONEST_LISTINGS
    }

    /**
     * One of a directory.
     *
     * @param name one segment of a path
     * @param info what is known of it
     * @param since when the server was asked for it at the earliest, by {@link System#nanoTime}
     */
    record Entry(String name, FileInfo info, long since) {}

    /** The entries of a directory, as they come. Not for several threads at a time. */
    interface Entries extends Closeable {

        /** The next one; null at the end. */
        @Nullable
        Entry next() throws IOException;

        /** Ends it; of no effect afterwards. */
        @Override
        void close();
    }

    /** What a failure of one of these methods means. */
    Refusal refusal(IOException failure);

    /** What the server has said of a failure, for people. */
    default @Nullable String reason(IOException failure) {
        return failure.getMessage();
    }

    /** What this server can do. */
    Set<Ability> abilities() throws IOException;

    /** Whether permissions are told, so that there is a view of them: whoever copies a file asks that view, and fails if it has nothing to say. Asks nobody. */
    default boolean tellsPermissions() {
        return true;
    }

    /** The directory in which the user is after the login; absolute. */
    String home();

    /** What is known of a file; empty if there is none. */
    Optional<FileInfo> stat(String path, LinkHandling links) throws IOException;

    /** Begins to list a directory. */
    Entries list(String path) throws IOException;

    /** Opens a file to be read from its beginning. */
    InputStream read(String path) throws IOException;

    /** Opens a file to be written from its beginning, or its end; closing the stream waits until the server has said that all is there. */
    OutputStream write(String path, OpenRequest request) throws IOException;

    /** Opens a file. */
    SeekableByteChannel open(String path, OpenRequest request) throws IOException;

    /**
     * Makes a directory.
     *
     * @param permissionBits what it is to have, with {@link Ability#CREATION_PERMISSIONS}
     */
    void createDirectory(String path, OptionalInt permissionBits) throws IOException;

    /** Deletes what is no directory. */
    void delete(String path) throws IOException;

    /** Deletes an empty directory. */
    void deleteDirectory(String path) throws IOException;

    /** Renames to where nothing is; what happens if there is something is for the server to say. */
    void rename(String from, String to) throws IOException;

    /** Renames, and takes the place of what is there, in one step. */
    void replace(String from, String to) throws IOException;

    /** Copies a file's octets in a way of its own, such as at the server. */
    void copy(String from, String to) throws IOException;

    /** Changes what is known of a file; what the protocol has no word for is left out, if it is a time. */
    void change(String path, AttributeChange change, LinkHandling links) throws IOException;

    /** Makes a symbolic link. */
    void createLink(String link, String target) throws IOException;

    /** Gives a file another name. */
    void createHardLink(String link, String existing) throws IOException;

    /** Where a symbolic link leads to, as the server tells it. */
    String readLink(String path) throws IOException;

    /** The path with its links resolved, if the protocol can tell it. */
    String realPath(String path) throws IOException;

    /** How much room there is. */
    Space space(String path) throws IOException;

    /** Whether a path can be told to the server, whatever there is. */
    void check(String path);

    /** Ends all that is open, and what was made for this alone. */
    @Override
    void close() throws IOException;
}
