package io.portolan.examples.standalone.client;

import io.portolan.transfer.TransferProgress;
import io.portolan.transfer.TransferSink;
import io.portolan.transfer.TransferSource;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** One connection, which does one thing after another, for one thread. What is interrupted is cancelled, and has ended when the call has. */
interface Connection extends AutoCloseable {

    /** Gives the entries of a directory one by one, in bounded memory; tells how many lines of the listing were not understood. */
    long list(String directory, FileVisitor visitor) throws IOException;

    /** What there is of that name; of a link what it leads to, where the protocol can tell. */
    Optional<RemoteFile> stat(String path) throws IOException;

    /** What there is of that name; of a link the link itself, where the protocol can tell. */
    Optional<RemoteFile> statLink(String path) throws IOException;

    /** Downloads a file; gives its octets that were moved. */
    long download(String path, TransferSink sink, Transfer how) throws IOException;

    /** Uploads a file, which appears when it is whole; gives its octets that were moved. */
    long upload(TransferSource source, String path, Transfer how) throws IOException;

    /** Sets a file's time, where the server can. */
    void setModified(String path, Instant time) throws IOException;

    void createDirectories(String path) throws IOException;

    void delete(String path) throws IOException;

    void deleteRecursively(String path) throws IOException;

    /** Whether it can be used for something else. */
    boolean isOpen();

    @Override
    void close();

    /** How to move a file. */
    record Transfer(boolean resume, Check check, TransferProgress progress) {}

    /** Is given entries. */
    @FunctionalInterface
    interface FileVisitor {
        void visit(RemoteFile file) throws IOException;
    }
}
