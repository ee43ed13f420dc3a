package io.portolan.sftp.client.internal.nio;

import static java.nio.file.StandardOpenOption.APPEND;

import io.portolan.core.internal.nio.OpenRequest;
import io.portolan.core.internal.nio.ReadAhead;
import io.portolan.core.internal.nio.RemoteFiles;
import io.portolan.fs.AttributeChange;
import io.portolan.fs.FileInfo;
import io.portolan.fs.LinkHandling;
import io.portolan.fs.SpaceInfo.Space;
import io.portolan.sftp.client.BlockingSftpSession;
import io.portolan.sftp.client.Listing;
import io.portolan.sftp.client.RemoteEntry;
import io.portolan.sftp.client.RemoteFile;
import io.portolan.sftp.client.ServerFeatures;
import io.portolan.sftp.client.SftpClient;
import io.portolan.sftp.client.SftpException;
import io.portolan.sftp.client.SftpStatusException;
import io.portolan.sftp.client.internal.session.RemotePaths;
import io.portolan.sftp.internal.SftpStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is done by one session, and by the next when it has broken. Not part of any session's path, so that a lock does no harm. */
final class SftpFiles implements RemoteFiles {

    private final SftpClient client;
    private final Runnable release;
    private final ReentrantLock connecting = new ReentrantLock();
    private volatile BlockingSftpSession session;
    private volatile boolean closed;
    private final String home;

    private SftpFiles(SftpClient client, BlockingSftpSession session, String home, Runnable release) {
        this.client = client;
        this.session = session;
        this.home = home;
        this.release = release;
    }

    /**
     * Opens a session.
     *
     * @param release what is done at the end
     */
    static SftpFiles connect(SftpClient client, Runnable release) throws IOException {
        BlockingSftpSession session = client.connectBlocking();
        boolean opened = false;
        try {
            String home = session.realPath("");
            if (!home.startsWith("/") || home.indexOf('\0') >= 0) {
                throw new SftpException("the server's paths do not begin with a slash", null, false);
            }
            SftpFiles files = new SftpFiles(client, session, home, release);
            opened = true;
            return files;
        } finally {
            if (!opened) {
                session.close();
            }
        }
    }

    private BlockingSftpSession session() throws IOException {
        BlockingSftpSession now = session;
        if (!closed && now.isOpen()) {
            return now;
        }
        try {
            connecting.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a session was opened");
        }
        try {
            if (!closed && !session.isOpen()) {
                session = client.connectBlocking();
            }
            if (closed) {
                session.close();
                throw new ClosedFileSystemException();
            }
            return session;
        } finally {
            connecting.unlock();
        }
    }

    @Override
    public void close() {
        closed = true;
        session.close();
        release.run();
    }

    @Override
    public Refusal refusal(IOException failure) {
        if (!(failure instanceof SftpStatusException status)) {
            return Refusal.FAILURE;
        }
        if (status.isNotFound()) {
            return Refusal.NOT_FOUND;
        }
        return switch (SftpStatus.of(status.status()).orElse(SftpStatus.FAILURE)) {
            case PERMISSION_DENIED, WRITE_PROTECT, CANNOT_DELETE -> Refusal.DENIED;
            case FILE_ALREADY_EXISTS -> Refusal.EXISTS;
            case OP_UNSUPPORTED -> Refusal.UNSUPPORTED;
            case NO_CONNECTION, CONNECTION_LOST -> Refusal.FAILURE;
            default -> Refusal.UNCLEAR;
        };
    }

    @Override
    public @Nullable String reason(IOException failure) {
        if (failure instanceof SftpStatusException status && !status.text().isBlank()) {
            return status.text();
        }
        return failure.getMessage();
    }

    @Override
    public Set<Ability> abilities() throws IOException {
        ServerFeatures features = session().features();
        Set<Ability> abilities =
                EnumSet.of(Ability.LINKS, Ability.OWNERS, Ability.CREATION_PERMISSIONS, Ability.HONEST_LISTINGS);
        if (features.has("copy-data")) {
            abilities.add(Ability.COPY);
        }
        if (features.has("posix-rename@openssh.com") || features.version() >= 5) {
            abilities.add(Ability.REPLACE_AT_ONCE);
        }
        if (features.has("statvfs@openssh.com")) {
            abilities.add(Ability.SPACE);
        }
        return abilities;
    }

    @Override
    public String home() {
        return home;
    }

    @Override
    public Optional<FileInfo> stat(String path, LinkHandling links) throws IOException {
        BlockingSftpSession open = session();
        return (links == LinkHandling.FOLLOW ? open.stat(path) : open.statLink(path)).map(RemoteEntry::info);
    }

    @Override
    public Entries list(String path) throws IOException {
        return FirstFirst.of(new ListedEntries(session().async().list(path)));
    }

    private static final class ListedEntries implements Entries {
        private final Stream<RemoteEntry> stream;
        private final Iterator<RemoteEntry> iterator;
        private final ReadAhead age = new ReadAhead();

        ListedEntries(Listing listing) {
            stream = listing.stream();
            iterator = stream.iterator();
        }

        @Override
        public @Nullable Entry next() throws IOException {
            try {
                if (!iterator.hasNext()) {
                    return null;
                }
                RemoteEntry entry = iterator.next();
                return new Entry(entry.name(), entry.info(), age.take());
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        }

        @Override
        public void close() {
            stream.close();
        }
    }

    private static StandardOpenOption[] options(OpenRequest request) {
        return request.options().toArray(StandardOpenOption[]::new);
    }

    @Override
    public InputStream read(String path) throws IOException {
        return new SftpInputStream(open(path, StandardOpenOption.READ));
    }

    private RemoteFile open(String path, StandardOpenOption... options) throws IOException {
        return Waiting.await(session().async().open(path, options));
    }

    @Override
    public OutputStream write(String path, OpenRequest request) throws IOException {
        boolean appends = request.has(APPEND);
        RemoteFile file = open(path, options(request));
        return new SftpOutputStream(file, appends);
    }

    @Override
    public SeekableByteChannel open(String path, OpenRequest request) throws IOException {
        BlockingSftpSession open = session();
        return request.permissionBits().isPresent()
                ? open.open(path, request.permissionBits().getAsInt(), options(request))
                : open.open(path, options(request));
    }

    @Override
    public void createDirectory(String path, OptionalInt permissionBits) throws IOException {
        if (permissionBits.isPresent()) {
            session().createDirectory(path, permissionBits.getAsInt());
        } else {
            session().createDirectory(path);
        }
    }

    @Override
    public void delete(String path) throws IOException {
        session().delete(path);
    }

    @Override
    public void deleteDirectory(String path) throws IOException {
        session().deleteDirectory(path);
    }

    @Override
    public void rename(String from, String to) throws IOException {
        session().rename(from, to);
    }

    @Override
    public void replace(String from, String to) throws IOException {
        session().replace(from, to);
    }

    @Override
    public void copy(String from, String to) throws IOException {
        session().copy(from, to);
    }

    @Override
    public void change(String path, AttributeChange change, LinkHandling links) throws IOException {
        session().change(path, change, links);
    }

    @Override
    public void createLink(String link, String target) throws IOException {
        session().createLink(link, target);
    }

    @Override
    public void createHardLink(String link, String existing) throws IOException {
        session().createHardLink(link, existing);
    }

    @Override
    public String readLink(String path) throws IOException {
        return session().readLink(path);
    }

    @Override
    public String realPath(String path) throws IOException {
        return session().realPath(path);
    }

    @Override
    public Space space(String path) throws IOException {
        return session().space(path);
    }

    @Override
    public void check(String path) {
        RemotePaths.check(path);
    }
}
