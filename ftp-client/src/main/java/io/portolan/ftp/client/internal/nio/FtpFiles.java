package io.portolan.ftp.client.internal.nio;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;

import io.portolan.core.internal.nio.OpenRequest;
import io.portolan.core.internal.nio.RemoteFiles;
import io.portolan.fs.AttributeChange;
import io.portolan.fs.FileInfo;
import io.portolan.fs.FileType;
import io.portolan.fs.LinkHandling;
import io.portolan.fs.SpaceInfo.Space;
import io.portolan.fs.VirtualPath;
import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.client.FtpClient;
import io.portolan.ftp.client.FtpException;
import io.portolan.ftp.client.FtpReplyException;
import io.portolan.ftp.client.RemoteEntry;
import io.portolan.ftp.client.ServerFeatures;
import io.portolan.ftp.client.internal.command.CommandText;
import io.portolan.pool.PoolOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is done by the sessions of a pool. Safe to use from any thread. */
final class FtpFiles implements RemoteFiles {

    /** As many as Linux follows; more lead in circles. */
    private static final int MAX_LINKS = 40;

    /** What is said of files, and not of connections. */
    private static final Set<Integer> FILE_CODES = Stream.of(
                    FtpReplyCode.FILE_UNAVAILABLE_FOR_NOW,
                    FtpReplyCode.LOCAL_ERROR,
                    FtpReplyCode.INSUFFICIENT_STORAGE,
                    FtpReplyCode.NEED_ACCOUNT_FOR_STORING,
                    FtpReplyCode.FILE_UNAVAILABLE,
                    FtpReplyCode.STORAGE_ALLOCATION_EXCEEDED,
                    FtpReplyCode.FILE_NAME_NOT_ALLOWED)
            .map(FtpReplyCode::value)
            .collect(Collectors.toUnmodifiableSet());

    private final Leases leases;
    private final Runnable release;
    private final String home;
    private final boolean tellsPermissions;

    private FtpFiles(Leases leases, String home, boolean tellsPermissions, Runnable release) {
        this.leases = leases;
        this.home = home;
        this.tellsPermissions = tellsPermissions;
        this.release = release;
    }

    /**
     * Logs in once.
     *
     * @param release what is done at the end
     */
    static FtpFiles connect(FtpClient client, PoolOptions options, Runnable release) throws IOException {
        if (options.maxConnections() < 2) {
            throw new IllegalArgumentException("maxConnections: a copy takes two connections");
        }
        Leases leases = new Leases(client.pool(options));
        boolean opened = false;
        try (Leases.Held lease = leases.take()) {
            String home = lease.blocking().workingDirectory();
            if (!home.startsWith("/")) {
                throw new FtpException("the server's paths do not begin with a slash", null, false);
            }
            opened = true;
            return new FtpFiles(
                    leases, home, tellsPermissions(lease.blocking().async().features()), release);
        } finally {
            if (!opened) {
                leases.close();
            }
        }
    }

    @Override
    public void close() {
        leases.close();
        release.run();
    }

    @Override
    public Refusal refusal(IOException failure) {
        if (!(failure instanceof FtpReplyException refused) || refused.isSessionOver()) {
            return Refusal.FAILURE;
        }
        if (refused.isNotFound()) {
            return Refusal.NOT_FOUND;
        }
        int code = refused.reply().code();
        if (code >= FtpReplyCode.UNKNOWN_COMMAND.value() && code <= FtpReplyCode.ARGUMENT_NOT_IMPLEMENTED.value()) {
            return Refusal.UNSUPPORTED;
        }
        if (!FILE_CODES.contains(code)) {
            return Refusal.FAILURE;
        }
        // RFC 959 has one code for most, so what remains is to guess by the text
        String text = String.join(" ", refused.reply().lines()).toLowerCase(Locale.ROOT);
        if (text.contains("permission") || text.contains("denied") || text.contains("not permitted")) {
            return Refusal.DENIED;
        }
        return text.contains("exists") ? Refusal.EXISTS : Refusal.UNCLEAR;
    }

    @Override
    public @Nullable String reason(IOException failure) {
        return failure instanceof FtpReplyException refused ? refused.reply().toString() : failure.getMessage();
    }

    @Override
    public Set<Ability> abilities() {
        return Set.of(Ability.COPY);
    }

    /** By MLST (RFC 3659, section 7.8): other listings may have them, but one file cannot be asked about. */
    private static boolean tellsPermissions(ServerFeatures features) {
        return features.parameters("MLST")
                .filter(facts -> facts.toLowerCase(Locale.ROOT).contains("unix.mode"))
                .isPresent();
    }

    @Override
    public boolean tellsPermissions() {
        return tellsPermissions;
    }

    @Override
    public String home() {
        return home;
    }

    @Override
    public Optional<FileInfo> stat(String path, LinkHandling links) throws IOException {
        try (Leases.Held lease = leases.take()) {
            Optional<FileInfo> info = stat(lease, path).map(RemoteEntry::info);
            String place = path;
            for (int i = 0; links == LinkHandling.FOLLOW && isLink(info); i++) {
                Optional<String> target = info.flatMap(FileInfo::linkTarget);
                if (target.isEmpty() || i == MAX_LINKS) {
                    break;
                }
                place = VirtualPath.of(place)
                        .resolve("..")
                        .resolve(target.get())
                        .toString();
                info = stat(lease, place).map(RemoteEntry::info);
            }
            return info;
        }
    }

    private static boolean isLink(Optional<FileInfo> info) {
        return info.filter(known -> known.type() == FileType.SYMBOLIC_LINK).isPresent();
    }

    private static Optional<RemoteEntry> stat(Leases.Held lease, String path) throws IOException {
        // servers that are asked for the directory above know nothing of dots
        String plain = isDotted(path) ? VirtualPath.of(path).toString() : path;
        Optional<RemoteEntry> found = lease.blocking().stat(plain);
        return found.isEmpty() && plain.equals("/")
                ? Optional.of(RemoteEntry.of("(root)", FileInfo.directory(Instant.EPOCH), false, null, ""))
                : found;
    }

    private static boolean isDotted(String path) {
        return (path + "/").contains("/./") || (path + "/").contains("/../");
    }

    @Override
    public Entries list(String path) throws IOException {
        return FtpEntries.of(leases.take(), path);
    }

    @Override
    public InputStream read(String path) throws IOException {
        return read(path, 0);
    }

    InputStream read(String path, long offset) throws IOException {
        return FtpInputStream.open(leases, path, offset);
    }

    @Override
    public OutputStream write(String path, OpenRequest request) throws IOException {
        var ignored = begin(path, request);
        return FtpOutputStream.open(leases, path, request.has(APPEND));
    }

    /** Whether it can be written as is wished; from which octet on. */
    private long begin(String path, OpenRequest request) throws IOException {
        boolean whatever = request.has(CREATE) && request.has(TRUNCATE_EXISTING) && !request.has(CREATE_NEW);
        if (whatever) {
            return 0;
        }
        Optional<RemoteEntry> there;
        try (Leases.Held lease = leases.take()) {
            there = stat(lease, path);
        }
        if (there.isPresent() && request.has(CREATE_NEW)) {
            throw new FileAlreadyExistsException(path);
        }
        if (there.isPresent() && there.get().isDirectory()) {
            throw new FileSystemException(path, null, "is a directory");
        }
        if (there.isEmpty() && !request.has(CREATE_NEW) && !request.has(CREATE)) {
            throw new NoSuchFileException(path);
        }
        OptionalLong size = there.isPresent() ? there.get().size() : OptionalLong.of(0);
        if (request.has(APPEND)) {
            return size.orElse(0);
        }
        if (!request.has(TRUNCATE_EXISTING) && size.orElse(1) > 0) {
            throw new UnsupportedOperationException(
                    "options: FTP replaces a file (TRUNCATE_EXISTING), or writes to its end (APPEND)");
        }
        return 0;
    }

    @Override
    public SeekableByteChannel open(String path, OpenRequest request) throws IOException {
        if (request.writes()) {
            if (request.reads()) {
                throw new UnsupportedOperationException("options: FTP reads a file or writes it");
            }
            long from = begin(path, request);
            return new FtpChannel.Writing(FtpOutputStream.open(leases, path, request.has(APPEND)), from);
        }
        RemoteEntry entry;
        try (Leases.Held lease = leases.take()) {
            entry = stat(lease, path).orElseThrow(() -> new NoSuchFileException(path));
        }
        if (entry.isDirectory()) {
            throw new FileSystemException(path, null, "is a directory");
        }
        return new FtpChannel.Reading(this, path, entry);
    }

    @Override
    public void createDirectory(String path, OptionalInt permissionBits) throws IOException {
        try (Leases.Held lease = leases.take()) {
            lease.blocking().createDirectory(path);
        }
    }

    @Override
    public void delete(String path) throws IOException {
        try (Leases.Held lease = leases.take()) {
            lease.blocking().delete(path);
        }
    }

    @Override
    public void deleteDirectory(String path) throws IOException {
        try (Leases.Held lease = leases.take()) {
            lease.blocking().deleteDirectory(path);
        }
    }

    @Override
    public void rename(String from, String to) throws IOException {
        try (Leases.Held lease = leases.take()) {
            lease.blocking().rename(from, to);
        }
    }

    @Override
    public void replace(String from, String to) {
        throw new UnsupportedOperationException("no FTP server promises to replace a file in one step");
    }

    /** Through the client, as FTP has no word for it. */
    @Override
    public void copy(String from, String to) throws IOException {
        try (Leases.Pair pair = leases.takeTwo();
                FtpInputStream in = FtpInputStream.open(pair.first(), from, 0)) {
            FtpOutputStream out = FtpOutputStream.open(pair.second(), to, false);
            boolean whole = false;
            try {
                in.transferTo(out);
                out.close();
                whole = true;
            } finally {
                if (!whole) {
                    out.abort();
                }
            }
        }
    }

    @Override
    public void change(String path, AttributeChange change, LinkHandling links) throws IOException {
        try (Leases.Held lease = leases.take()) {
            if (change.modified().isPresent()) {
                setModified(lease, path, change);
            }
            if (change.permissionBits().isPresent()) {
                lease.blocking().setPermissions(path, change.permissionBits().getAsInt());
            }
        }
    }

    private void setModified(Leases.Held lease, String path, AttributeChange change) throws IOException {
        try {
            lease.blocking().setModified(path, change.modified().orElseThrow());
        } catch (FtpReplyException e) {
            // whoever sets all times at once is Java, which copies what can be copied, and moves nothing where it
            // cannot
            boolean copied = change.accessed().isPresent() && change.created().isPresent();
            if (!copied || refusal(e) == Refusal.FAILURE) {
                throw e;
            }
        }
    }

    @Override
    public void createLink(String link, String target) {
        throw new UnsupportedOperationException("FTP makes no links");
    }

    @Override
    public void createHardLink(String link, String existing) {
        throw new UnsupportedOperationException("FTP makes no links");
    }

    @Override
    public String readLink(String path) throws IOException {
        return stat(path, LinkHandling.NO_FOLLOW)
                .orElseThrow(() -> new NoSuchFileException(path))
                .linkTarget()
                .orElseThrow(() -> new UnsupportedOperationException("the server does not tell where links lead"));
    }

    @Override
    public String realPath(String path) {
        // nobody can be asked; dots are left out by whoever asks here
        return path;
    }

    @Override
    public Space space(String path) {
        throw new UnsupportedOperationException("FTP does not tell how much room there is");
    }

    @Override
    public void check(String path) {
        CommandText.check("path", path);
    }
}
