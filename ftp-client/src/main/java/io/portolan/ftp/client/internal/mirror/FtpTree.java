package io.portolan.ftp.client.internal.mirror;

import io.portolan.core.internal.codec.FtpTime;
import io.portolan.core.internal.codec.QuotedPath;
import io.portolan.core.internal.concurrent.Delivery;
import io.portolan.core.internal.listing.AutomaticListParser;
import io.portolan.core.internal.listing.ListingParser;
import io.portolan.core.internal.listing.ListingReader;
import io.portolan.core.internal.listing.MlsxParser;
import io.portolan.core.internal.mirror.Kept;
import io.portolan.core.internal.mirror.OpenSource;
import io.portolan.core.internal.mirror.RemoteTree;
import io.portolan.core.internal.mirror.TreeVisitor;
import io.portolan.fs.ReadableFile;
import io.portolan.fs.VirtualPath;
import io.portolan.fs.WritableFile;
import io.portolan.ftp.FtpReply;
import io.portolan.ftp.TransferType;
import io.portolan.ftp.client.Checksum;
import io.portolan.ftp.client.ChecksumAlgorithm;
import io.portolan.ftp.client.DownloadOptions;
import io.portolan.ftp.client.FtpReplyException;
import io.portolan.ftp.client.ServerFeatures;
import io.portolan.ftp.client.UploadOptions;
import io.portolan.ftp.client.Verification;
import io.portolan.ftp.client.internal.command.Checksums;
import io.portolan.ftp.client.internal.command.CommandText;
import io.portolan.ftp.client.internal.command.Downloads;
import io.portolan.ftp.client.internal.command.TransferTask;
import io.portolan.ftp.client.internal.command.Uploads;
import io.portolan.ftp.client.internal.session.ClientSession;
import io.portolan.ftp.client.internal.transfer.Content;
import io.portolan.ftp.client.internal.transfer.DataTransfer;
import io.portolan.ftp.client.internal.transfer.Throttle;
import io.portolan.ftp.client.internal.transfer.TransferOutcome;
import io.portolan.ftp.client.internal.transfer.TransferRequest;
import io.portolan.mirror.MirrorOptions;
import io.portolan.transfer.FileTransferException;
import io.portolan.transfer.TransferSink;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** What one session sees below a directory of its server. */
public final class FtpTree implements RemoteTree {

    private final ClientSession session;
    /** Absolute, without a slash at its end: empty for the server's root. */
    private final String root;

    private final DownloadOptions downloads;
    private final UploadOptions uploads;

    private FtpTree(ClientSession session, String root, MirrorOptions options) {
        this.session = session;
        this.root = root;
        Verification verification = options.verify() ? Verification.BEST : Verification.NONE;
        this.downloads = DownloadOptions.builder().verification(verification).build();
        this.uploads = UploadOptions.builder()
                .verification(verification)
                .atomic(options.atomicUploads())
                .build();
    }

    /**
     * The tree of a session, which is closed with it, or if this fails.
     *
     * @param directory its root; from the directory of the login unless it begins with a slash
     * @param options how files are copied
     */
    public static FtpTree of(ClientSession session, String directory, MirrorOptions options) throws IOException {
        try {
            String root = absolute(session, directory);
            while (root.endsWith("/")) {
                root = root.substring(0, root.length() - 1);
            }
            return new FtpTree(session, root, options);
        } catch (IOException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /** The path from the server's root: it stays the same whatever directory the session is in. */
    public static String absolute(ClientSession session, String path) throws IOException {
        if (path.startsWith("/")) {
            return path;
        }
        FtpReply reply = send(session, "PWD", "");
        String login = QuotedPath.unquote(reply.lines().get(0)).orElseThrow(() -> new FtpReplyException("PWD", reply));
        return login.endsWith("/") ? login + path : login + "/" + path;
    }

    private String path(VirtualPath path) {
        return CommandText.path(path.segments().isEmpty() ? root + (root.isEmpty() ? "/" : "") : root + path);
    }

    private ServerFeatures features() {
        return session.features();
    }

    private static FtpReply send(ClientSession session, String verb, String argument) throws IOException {
        CompletableFuture<FtpReply> reply = session.submit(() -> session.command(verb, argument));
        return Delivery.await(reply, session::close);
    }

    private FtpReply tried(String verb, String argument) throws IOException {
        CompletableFuture<FtpReply> reply = session.submit(() -> session.tried(verb, argument));
        return Delivery.await(reply, session::close);
    }

    @Override
    public void list(VirtualPath directory, TreeVisitor visitor) throws IOException {
        String path = path(directory);
        boolean facts = features().has("MLST") || features().has("MLSD");
        if (!facts) {
            // As an argument of LIST it could be taken for options or a pattern.
            enter(directory, path);
        }
        ListingParser parser = facts
                ? new MlsxParser()
                : new AutomaticListParser(Instant.now(), session.settings().serverZone(), null);
        ListingSink sink =
                new ListingSink(new ListingReader(parser, session.settings().charset()), visitor);
        DataTransfer listing = listing(facts ? "MLSD" : "LIST", facts ? path : "", sink);
        CompletableFuture<TransferOutcome> done = session.submit(listing::start);
        try {
            var ignored = Delivery.await(done, session::close);
        } catch (FtpReplyException e) {
            if (facts && e.isNotFound()) {
                enter(directory, path);
            }
            if (facts || listing.wasAccepted() || sink.hasHeard() || !isEmpty(e.reply())) {
                throw e;
            }
        }
    }

    /** Some servers refuse to list a directory in which there is nothing, and say why. What says something else, or fails behind a beginning, is a failure: to take it for nothing would delete everything. */
    private static boolean isEmpty(FtpReply reply) {
        String text = String.join(" ", reply.lines()).toLowerCase(Locale.ROOT);
        return (reply.code() == 450 || reply.code() == 550) && text.contains("no files");
    }

    private void enter(VirtualPath directory, String path) throws IOException {
        FtpReply reply = tried("CWD", path);
        if (!reply.isPositive()) {
            FtpReplyException refused = new FtpReplyException("CWD " + path, reply);
            if (refused.isNotFound()) {
                NoSuchFileException missing = new NoSuchFileException(directory.toString());
                missing.initCause(refused);
                throw missing;
            }
            throw refused;
        }
    }

    private DataTransfer listing(String verb, String argument, ListingSink sink) {
        return session.transfer(new TransferRequest(
                verb,
                argument,
                0,
                TransferType.IMAGE,
                new Content.Incoming(offset -> sink, 0),
                OptionalLong.empty(),
                false,
                Throttle.NONE,
                DownloadOptions.defaults().progress(),
                null));
    }

    @Override
    public void makeDirectory(VirtualPath directory) throws IOException {
        String path = path(directory);
        FtpReply reply = tried("MKD", path);
        if (!reply.isPositive()) {
            FtpReplyException refused = new FtpReplyException("MKD " + path, reply);
            if (refused.isSessionOver() || !tried("CWD", path).isPositive()) {
                throw refused;
            }
            throw new FileAlreadyExistsException(directory.toString());
        }
    }

    @Override
    public void delete(VirtualPath file) throws IOException {
        var ignored = send(session, "DELE", path(file));
    }

    @Override
    public void deleteDirectory(VirtualPath directory) throws IOException {
        var ignored = send(session, "RMD", path(directory));
    }

    @Override
    public void setModified(VirtualPath file, Instant time) throws IOException {
        if (features().has("MFMT")) {
            String whole = FtpTime.format(time.truncatedTo(ChronoUnit.SECONDS));
            var ignored = send(session, "MFMT", whole + " " + path(file));
        }
    }

    @Override
    public void setPermissions(VirtualPath file, int bits) throws IOException {
        var ignored = send(session, "SITE", "CHMOD " + Integer.toOctalString(bits) + " " + path(file));
    }

    @Override
    public Optional<byte[]> digest(VirtualPath file, String algorithm) throws IOException {
        for (ChecksumAlgorithm one : ChecksumAlgorithm.values()) {
            if (one.hashName().equals(algorithm) && Checksums.has(session, one)) {
                String path = path(file);
                CompletableFuture<Checksum> asked = session.submit(() -> Checksums.of(session, path, one));
                return Optional.of(HexFormat.of()
                        .parseHex(Delivery.await(asked, session::close).value()));
            }
        }
        return Optional.empty();
    }

    @Override
    public void download(VirtualPath file, WritableFile target) throws IOException {
        TransferSink sink = offset -> new Kept(target);
        finish(Downloads.start(session, path(file), sink, downloads));
    }

    @Override
    public void upload(VirtualPath file, ReadableFile source, long size) throws IOException {
        finish(Uploads.start(session, new OpenSource(source, size), path(file), uploads));
    }

    private static void finish(TransferTask<?> task) throws IOException {
        var ignored = Delivery.await(task.result(), task::cancel);
    }

    @Override
    public boolean isUsable() {
        return !session.closed().isDone();
    }

    @Override
    public boolean isRetryable(IOException failure) {
        return failure instanceof FileTransferException transfer && transfer.isRetryable();
    }

    @Override
    public void close() {
        session.close();
    }
}
