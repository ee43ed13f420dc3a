package io.portolan.sftp.server.contract;

import io.portolan.fs.AtomicReplace;
import io.portolan.fs.AttributeChange;
import io.portolan.fs.AttributeChanges;
import io.portolan.fs.DirectoryEntry;
import io.portolan.fs.EntryStream;
import io.portolan.fs.FileInfo;
import io.portolan.fs.FileType;
import io.portolan.fs.LinkHandling;
import io.portolan.fs.Links;
import io.portolan.fs.OperationNotSupportedException;
import io.portolan.fs.PositionalFiles;
import io.portolan.fs.ReadableFile;
import io.portolan.fs.RenameMode;
import io.portolan.fs.ServerSideCopy;
import io.portolan.fs.SpaceInfo;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.VirtualPath;
import io.portolan.fs.WritableFile;
import io.portolan.fs.WriteMode;
import io.portolan.sftp.internal.SftpMessageNumber;
import io.portolan.sftp.internal.attributes.FileInfoMapping;
import io.portolan.sftp.internal.attributes.SftpAttributes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/**
 * The files of a server as its client sees them. What is not there: appending and resuming, for which SFTP has no words of its own (a client opens the file in place).
 *
 * <p>An upload has a channel for itself, as it is the end of a channel by which a client gives up what it has written.
 */
final class RemoteFileSystem implements VirtualFileSystem {

    private static final int PIECE = 32 * 1024;

    private final VirtualFileSystem store;
    private final int version;
    private final RemoteChannel channel;
    private final Map<Class<?>, Object> capabilities;

    RemoteFileSystem(VirtualFileSystem store, int version) {
        this.store = store;
        this.version = version;
        this.channel = new RemoteChannel(store, version);
        this.capabilities = Map.of(
                Links.class,
                new RemoteLinks(),
                AttributeChanges.class,
                new RemoteChanges(),
                PositionalFiles.class,
                (PositionalFiles) this::openPositional,
                SpaceInfo.class,
                (SpaceInfo) this::space,
                ServerSideCopy.class,
                (ServerSideCopy) this::copy,
                AtomicReplace.class,
                AtomicReplace.SUPPORTED);
    }

    @Override
    public FileInfo stat(VirtualPath path, LinkHandling links) throws IOException {
        SftpMessageNumber message = links == LinkHandling.FOLLOW ? SftpMessageNumber.STAT : SftpMessageNumber.LSTAT;
        return info(channel.attributes(path, channel.flagged(channel.path(message, path))), path);
    }

    /** Whether there is a link is told by the attributes, where it leads by a request of its own. */
    private FileInfo info(SftpAttributes attributes, VirtualPath path) throws IOException {
        FileInfo info = FileInfoMapping.fileInfo(attributes);
        return info.type() == FileType.SYMBOLIC_LINK
                ? info.toBuilder().linkTarget(readLink(path)).build()
                : info;
    }

    private String readLink(VirtualPath path) throws IOException {
        return channel.names(path, channel.path(SftpMessageNumber.READLINK, path))
                .get(0)
                .name();
    }

    @Override
    public EntryStream list(VirtualPath directory) throws IOException {
        byte[] handle = channel.handle(directory, channel.path(SftpMessageNumber.OPENDIR, directory));
        Queue<RemoteChannel.Name> read = new ArrayDeque<>();
        return new EntryStream() {
            private boolean ended;
            private boolean closed;

            @Override
            public List<DirectoryEntry> next(int max) throws IOException {
                List<DirectoryEntry> batch = new ArrayList<>();
                while (batch.size() < max) {
                    if (read.isEmpty() && !ended) {
                        List<RemoteChannel.Name> more =
                                channel.names(directory, channel.on(SftpMessageNumber.READDIR, handle));
                        ended = more.isEmpty();
                        more.stream()
                                .filter(name -> VirtualPath.isValidName(name.name()))
                                .forEach(read::add);
                    } else if (read.isEmpty()) {
                        break;
                    } else {
                        RemoteChannel.Name name = read.remove();
                        batch.add(new DirectoryEntry(
                                name.name(), info(name.attributes(), directory.resolve(name.name()))));
                    }
                }
                return batch;
            }

            @Override
            public void close() throws IOException {
                if (!closed) {
                    closed = true;
                    channel.done(directory, channel.on(SftpMessageNumber.CLOSE, handle));
                }
            }
        };
    }

    @Override
    public ReadableFile openRead(VirtualPath path, long offset) throws IOException {
        byte[] handle = channel.open(path, EnumSet.of(PositionalFiles.Access.READ));
        return new ReadableFile() {
            private long position = offset;
            private boolean closed;

            @Override
            public int read(ByteBuffer target) throws IOException {
                int count = channel.read(path, handle, target, position);
                position += Math.max(0, count);
                return count;
            }

            @Override
            public void close() throws IOException {
                if (!closed) {
                    closed = true;
                    channel.done(path, channel.on(SftpMessageNumber.CLOSE, handle));
                }
            }
        };
    }

    @Override
    public WritableFile openWrite(VirtualPath path, WriteMode mode) throws IOException {
        PositionalFiles.PositionalFile file = openPositional(
                path,
                mode == WriteMode.CREATE_NEW
                        ? EnumSet.of(PositionalFiles.Access.WRITE, PositionalFiles.Access.CREATE_NEW)
                        : EnumSet.of(
                                PositionalFiles.Access.WRITE,
                                PositionalFiles.Access.CREATE,
                                PositionalFiles.Access.TRUNCATE));
        return new WritableFile() {
            private long position;

            @Override
            public void write(ByteBuffer source) throws IOException {
                int count = source.remaining();
                file.write(source, position);
                position += count;
            }

            @Override
            public void commit() throws IOException {
                file.commit();
            }

            @Override
            public void close() throws IOException {
                file.close();
            }
        };
    }

    private PositionalFiles.PositionalFile openPositional(VirtualPath path, Set<PositionalFiles.Access> access)
            throws IOException {
        RemoteChannel own = new RemoteChannel(store, version);
        byte[] handle;
        try {
            handle = own.open(path, PositionalFiles.Access.checked(access));
        } catch (IOException e) {
            own.end();
            throw e;
        }
        return new PositionalFiles.PositionalFile() {

            @Override
            public int read(ByteBuffer target, long offset) throws IOException {
                return own.read(path, handle, target, offset);
            }

            @Override
            public void write(ByteBuffer source, long offset) throws IOException {
                long at = offset;
                do {
                    byte[] piece = new byte[Math.min(PIECE, source.remaining())];
                    source.get(piece);
                    own.done(
                            path,
                            own.on(SftpMessageNumber.WRITE, handle)
                                    .writeUint64(at)
                                    .writeString(piece));
                    at += piece.length;
                } while (source.hasRemaining());
            }

            @Override
            public long size() throws IOException {
                return own.attributes(path, own.flagged(own.on(SftpMessageNumber.FSTAT, handle)))
                        .size()
                        .orElseThrow();
            }

            @Override
            public void truncate(long size) throws IOException {
                own.done(
                        path,
                        own.with(
                                own.on(SftpMessageNumber.FSETSTAT, handle),
                                SftpAttributes.builder().size(size).build()));
            }

            @Override
            public void force() throws IOException {
                own.done(path, own.extended("fsync@openssh.com").writeString(handle));
            }

            @Override
            public void commit() throws IOException {
                own.done(path, own.on(SftpMessageNumber.CLOSE, handle));
            }

            @Override
            public void close() {
                own.end();
            }
        };
    }

    @Override
    public void createDirectory(VirtualPath path) throws IOException {
        channel.done(path, channel.with(channel.path(SftpMessageNumber.MKDIR, path), SftpAttributes.NONE));
    }

    @Override
    public void delete(VirtualPath path) throws IOException {
        channel.done(path, channel.path(SftpMessageNumber.REMOVE, path));
    }

    @Override
    public void deleteDirectory(VirtualPath path) throws IOException {
        channel.done(path, channel.path(SftpMessageNumber.RMDIR, path));
    }

    @Override
    public void rename(VirtualPath from, VirtualPath to, RenameMode mode) throws IOException {
        boolean replace = mode == RenameMode.REPLACE;
        if (version >= 5) {
            channel.done(
                    from,
                    channel.path(SftpMessageNumber.RENAME, from)
                            .writeString(to.toString())
                            .writeUint32(replace ? 1 : 0));
        } else if (replace) {
            channel.done(
                    from,
                    channel.extended("posix-rename@openssh.com")
                            .writeString(from.toString())
                            .writeString(to.toString()));
        } else {
            channel.done(from, channel.path(SftpMessageNumber.RENAME, from).writeString(to.toString()));
        }
    }

    private void copy(VirtualPath from, VirtualPath to, RenameMode mode) throws IOException {
        channel.done(
                from,
                channel.extended("copy-file")
                        .writeString(from.toString())
                        .writeString(to.toString())
                        .writeBoolean(mode == RenameMode.REPLACE));
    }

    private SpaceInfo.Space space(VirtualPath path) throws IOException {
        long[] fields =
                channel.numbers(path, channel.extended("statvfs@openssh.com").writeString(path.toString()), 5);
        return new SpaceInfo.Space(fields[1] * fields[2], fields[1] * fields[3], fields[1] * fields[4]);
    }

    @Override
    public <C> Optional<C> capability(Class<C> type) {
        return Optional.ofNullable(capabilities.get(type)).map(type::cast);
    }

    @Override
    public void close() throws IOException {
        channel.end();
        store.close();
    }

    private final class RemoteLinks implements Links {

        @Override
        public String readLink(VirtualPath path) throws IOException {
            return RemoteFileSystem.this.readLink(path);
        }

        @Override
        public void createSymbolicLink(VirtualPath path, String target) throws IOException {
            channel.done(
                    path,
                    version == 6
                            ? channel.path(SftpMessageNumber.LINK, path)
                                    .writeString(target)
                                    .writeBoolean(true)
                            : channel.text(SftpMessageNumber.SYMLINK, target).writeString(path.toString()));
        }

        @Override
        public void createHardLink(VirtualPath path, VirtualPath existing) throws IOException {
            channel.done(
                    path,
                    version == 6
                            ? channel.path(SftpMessageNumber.LINK, path)
                                    .writeString(existing.toString())
                                    .writeBoolean(false)
                            : channel.extended("hardlink@openssh.com")
                                    .writeString(existing.toString())
                                    .writeString(path.toString()));
        }
    }

    private final class RemoteChanges implements AttributeChanges {

        @Override
        public Set<Attribute> settable() {
            return EnumSet.of(Attribute.MODIFIED, Attribute.PERMISSIONS);
        }

        @Override
        public void change(VirtualPath path, AttributeChange change, LinkHandling links) throws IOException {
            if (!settable().containsAll(change.attributes())) {
                // version 3 would not even say it
                throw new OperationNotSupportedException("set attributes", path);
            }
            AttributeChange told = change;
            Optional<Instant> modified = change.modified();
            if (version == 3 && modified.isPresent()) {
                // which sets both times or none
                told = told.withAccessed(modified.get());
            }
            SftpAttributes attributes = FileInfoMapping.attributes(told);
            channel.done(
                    path,
                    channel.with(
                            links == LinkHandling.FOLLOW
                                    ? channel.path(SftpMessageNumber.SETSTAT, path)
                                    : channel.extended("lsetstat@openssh.com").writeString(path.toString()),
                            attributes));
        }
    }
}
