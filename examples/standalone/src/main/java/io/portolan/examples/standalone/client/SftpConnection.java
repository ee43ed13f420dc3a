package io.portolan.examples.standalone.client;

import io.portolan.sftp.client.BlockingSftpSession;
import io.portolan.sftp.client.DownloadOptions;
import io.portolan.sftp.client.Listing;
import io.portolan.sftp.client.RemoteEntry;
import io.portolan.sftp.client.SftpStatusException;
import io.portolan.sftp.client.UploadOptions;
import io.portolan.sftp.client.Verification;
import io.portolan.transfer.TransferSink;
import io.portolan.transfer.TransferSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.Stream;

/** A session of the SFTP client. */
final class SftpConnection implements Connection {

    private final BlockingSftpSession session;
    private final Waiting waiting;

    SftpConnection(BlockingSftpSession session, Duration abort) {
        this.session = session;
        this.waiting = new Waiting(abort, session::close);
    }

    /** A session stays in the directory of the login, so that paths which do not begin with a slash begin there. */
    private static String at(String path) {
        return path.isEmpty() ? "." : path;
    }

    @Override
    public long list(String directory, FileVisitor visitor) throws IOException {
        Listing listing = session.async().list(at(directory));
        try (Stream<RemoteEntry> entries = listing.stream()) {
            for (Iterator<RemoteEntry> each = entries.iterator(); each.hasNext(); ) {
                visitor.visit(file(each.next()));
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return waiting.await(listing.completion(), listing::cancel).unread();
    }

    private static RemoteFile file(RemoteEntry entry) {
        return new RemoteFile(
                entry.name(),
                entry.type(),
                entry.size(),
                entry.modified(),
                entry.permissionBits(),
                entry.owner(),
                entry.group(),
                Optional.empty());
    }

    @Override
    public Optional<RemoteFile> stat(String path) throws IOException {
        return session.stat(at(path)).map(SftpConnection::file);
    }

    @Override
    public Optional<RemoteFile> statLink(String path) throws IOException {
        return session.statLink(at(path)).map(SftpConnection::file);
    }

    @Override
    public long download(String path, TransferSink sink, Transfer how) throws IOException {
        DownloadOptions options = DownloadOptions.builder()
                .resume(how.resume())
                .verification(verification(how.check()))
                .progress(how.progress())
                .build();
        io.portolan.sftp.client.Download download = session.async().download(at(path), sink, options);
        return waiting.await(download.completion(), download::cancel).octets();
    }

    /** What goes on where it was cut off is under its name before it is whole. */
    @Override
    public long upload(TransferSource source, String path, Transfer how) throws IOException {
        UploadOptions options = UploadOptions.builder()
                .resume(how.resume())
                .atomic(!how.resume())
                .verification(verification(how.check()))
                .progress(how.progress())
                .build();
        io.portolan.sftp.client.Upload upload = session.async().upload(source, at(path), options);
        return waiting.await(upload.completion(), upload::cancel).octets();
    }

    static Verification verification(Check check) {
        return switch (check) {
            case NONE -> Verification.NONE;
            case SIZE -> Verification.SIZE;
            case HASH -> Verification.HASH;
            case BEST -> Verification.BEST;
        };
    }

    @Override
    @SuppressWarnings("EmptyCatch") // says why
    public void setModified(String path, Instant time) throws IOException {
        try {
            session.setModified(at(path), time);
        } catch (SftpStatusException e) {
            // some servers do not let us, and the file is there nevertheless
        }
    }

    @Override
    public void createDirectories(String path) throws IOException {
        session.createDirectories(at(path));
    }

    @Override
    public void delete(String path) throws IOException {
        session.delete(at(path));
    }

    @Override
    public void deleteRecursively(String path) throws IOException {
        session.deleteRecursively(at(path));
    }

    @Override
    public boolean isOpen() {
        return session.isOpen();
    }

    @Override
    public void close() {
        session.close();
    }
}
