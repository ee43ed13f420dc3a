package io.portolan.transfer;

import io.portolan.fs.FileInfo;
import io.portolan.fs.FilePermissions;
import io.portolan.fs.ReadableFile;
import io.portolan.fs.WritableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** A file, written beside and put into its place at the end. */
record PathSink(Path file, boolean resumable, boolean sparse) implements TransferSink {

    private static final String PART = ".part";

    PathSink {
        Objects.requireNonNull(file, "file");
        if (file.getFileName() == null) {
            throw new IllegalArgumentException("file: " + file + " has no name");
        }
    }

    @Override
    public boolean isRepeatable() {
        return true;
    }

    @Override
    public long resumeOffset() throws IOException {
        try {
            return resumable ? Files.size(partial()) : 0;
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    @Override
    public Optional<ReadableFile> openKept() throws IOException {
        try {
            return resumable ? Optional.of(TransferSource.fromPath(partial()).open(0)) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private Path partial() {
        return file.resolveSibling(name() + PART);
    }

    private String name() {
        return Objects.requireNonNull(file.getFileName()).toString();
    }

    @Override
    public WritableFile open(long offset) throws IOException {
        if (resumable) {
            return openPartial(offset);
        }
        Offsets.requireBeginning(offset, "a file that is written anew");
        // hidden where a dot hides, and nobody's else, so that two downloads of one name do not meet
        String tag = Long.toString(ThreadLocalRandom.current().nextLong() & Long.MAX_VALUE, Character.MAX_RADIX);
        Path beside = file.resolveSibling("." + name() + "." + tag + PART);
        return new Open(
                beside, Files.newByteChannel(beside, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW), false);
    }

    private WritableFile openPartial(long offset) throws IOException {
        Path partial = partial();
        SeekableByteChannel channel = Files.newByteChannel(
                partial, Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE, LinkOption.NOFOLLOW_LINKS));
        try {
            Offsets.check(offset, channel.size());
            channel.truncate(offset).position(offset);
            return new Open(partial, channel, true);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Set-user-id and its like are left out: what comes from elsewhere gets no rights here. */
    @Override
    public void keep(FileInfo original) throws IOException {
        PosixFileAttributeView posix = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (posix != null && original.permissionBits().isPresent()) {
            posix.setPermissions(
                    FilePermissions.fromBits(original.permissionBits().getAsInt()));
        }
        Files.setLastModifiedTime(file, FileTime.from(original.modified()));
    }

    private final class Open implements WritableFile {
        private final Path written;
        private final SeekableByteChannel channel;
        private final boolean kept;
        private final @Nullable SparseChannel sparse;
        private boolean open = true;
        private boolean committed;

        Open(Path written, SeekableByteChannel channel, boolean kept) throws IOException {
            this.written = written;
            this.channel = channel;
            this.kept = kept;
            this.sparse = PathSink.this.sparse ? new SparseChannel(channel) : null;
        }

        @Override
        public void write(ByteBuffer source) throws IOException {
            if (sparse != null) {
                sparse.write(source);
                return;
            }
            while (source.hasRemaining()) {
                channel.write(source);
            }
        }

        @Override
        public void commit() throws IOException {
            if (sparse != null) {
                sparse.finish();
            }
            channel.close();
            try {
                Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
            }
            committed = true;
        }

        @Override
        public void close() throws IOException {
            if (!open) {
                return;
            }
            open = false;
            channel.close();
            if (!committed && !kept) {
                Files.deleteIfExists(written);
            }
        }
    }
}
