package io.portolan.examples.standalone.client;

import io.portolan.ftp.client.BlockingFtpSession;
import io.portolan.ftp.client.DownloadOptions;
import io.portolan.ftp.client.FtpReplyException;
import io.portolan.ftp.client.Listing;
import io.portolan.ftp.client.RemoteEntry;
import io.portolan.ftp.client.UploadOptions;
import io.portolan.ftp.client.Verification;
import io.portolan.transfer.TransferSink;
import io.portolan.transfer.TransferSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A session of the FTP client. */
final class FtpConnection implements Connection {

    private final BlockingFtpSession session;
    private final Waiting waiting;
    /** Where paths begin that do not begin with a slash, once it is known. */
    private @Nullable String home;

    FtpConnection(BlockingFtpSession session, Duration abort) {
        this.session = session;
        this.waiting = new Waiting(abort, session::close);
    }

    /** The path from the server's root: it stays the same whatever directory the session goes to. */
    private String at(String path) throws IOException {
        if (path.startsWith("/")) {
            return path;
        }
        if (home == null) {
            home = session.workingDirectory();
        }
        return path.isEmpty() ? home : RemoteUrl.child(home, path);
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
                entry.linkTarget());
    }

    @Override
    public Optional<RemoteFile> stat(String path) throws IOException {
        return session.stat(at(path)).map(FtpConnection::file);
    }

    /** The same: what servers tell of one name is of the link or of what it leads to, as they like. */
    @Override
    public Optional<RemoteFile> statLink(String path) throws IOException {
        return stat(path);
    }

    @Override
    public long download(String path, TransferSink sink, Transfer how) throws IOException {
        DownloadOptions options = DownloadOptions.builder()
                .resume(how.resume())
                .verification(verification(how.check()))
                .progress(how.progress())
                .build();
        io.portolan.ftp.client.Download download = session.async().download(at(path), sink, options);
        return waiting.await(download.completion(), download::cancel).octets();
    }

    @Override
    public long upload(TransferSource source, String path, Transfer how) throws IOException {
        UploadOptions options = UploadOptions.builder()
                .resume(how.resume())
                .atomic(true)
                .verification(verification(how.check()))
                .progress(how.progress())
                .build();
        io.portolan.ftp.client.Upload upload = session.async().upload(source, at(path), options);
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
    public void setModified(String path, Instant time) throws IOException {
        try {
            session.setModified(at(path), time);
        } catch (FtpReplyException e) {
            // many servers cannot, and the file is there nevertheless
            if (e.isSessionOver()) {
                throw e;
            }
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
