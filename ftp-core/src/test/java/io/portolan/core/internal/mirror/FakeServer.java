package io.portolan.core.internal.mirror;

import io.portolan.fs.InMemoryFileSystem;
import io.portolan.fs.LinkHandling;
import io.portolan.fs.ReadableFile;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.VirtualPath;
import io.portolan.fs.WritableFile;
import io.portolan.fs.WriteMode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A server whose files are in memory, and which does wrong what a test wants. */
final class FakeServer implements RemoteTree.Connector {

    /** What happens to one operation. */
    interface Trouble {
        void before(String operation, VirtualPath path, Connection connection) throws IOException;
    }

    final InMemoryFileSystem files = InMemoryFileSystem.create();
    final LocalTree tree = new LocalTree(files);
    final AtomicInteger connections = new AtomicInteger();
    final AtomicInteger open = new AtomicInteger();
    final AtomicInteger mostOpen = new AtomicInteger();
    /** Lines of listings that stand for nothing usable, by directory. */
    final Map<String, List<String>> unsafe = new ConcurrentHashMap<>();

    final Map<String, List<String>> notUnderstood = new ConcurrentHashMap<>();
    /** Entries that a listing has besides those of the files. */
    final Map<String, List<TreeEntry>> added = new ConcurrentHashMap<>();

    volatile int limit = Integer.MAX_VALUE;
    volatile boolean hashes;
    volatile boolean settable = true;
    /** Whether it has links. */
    volatile boolean links = true;
    /** What it says of links, by path, whatever they are. */
    final Map<String, String> texts = new ConcurrentHashMap<>();

    volatile Duration precision = Duration.ofSeconds(1);
    volatile Trouble trouble = (operation, path, connection) -> {};

    @Override
    public RemoteTree connect() throws IOException {
        int now = open.incrementAndGet();
        if (now > limit) {
            open.decrementAndGet();
            throw new IOException("421 too many connections");
        }
        connections.incrementAndGet();
        mostOpen.accumulateAndGet(now, Math::max);
        return new Connection();
    }

    /** What fails in a way that passes. */
    static final class Passing extends IOException {
        private static final long serialVersionUID = 1L;

        Passing() {
            super("try again");
        }
    }

    final class Connection implements RemoteTree {
        private boolean closed;
        volatile boolean broken;

        private void before(String operation, VirtualPath path) throws IOException {
            if (broken || isClosed()) {
                throw new IOException("not connected");
            }
            trouble.before(operation, path, this);
        }

        synchronized boolean isClosed() {
            return closed;
        }

        @Override
        public void list(VirtualPath directory, TreeVisitor visitor) throws IOException {
            before("list", directory);
            tree.list(directory, entry -> {
                if (!entry.name().startsWith("@")) {
                    visitor.entry(new TreeEntry(
                            entry.name(),
                            entry.type(),
                            entry.size(),
                            entry.modified() == null
                                    ? null
                                    : Instant.ofEpochSecond(entry.modified().getEpochSecond()
                                            / precision.toSeconds()
                                            * precision.toSeconds()),
                            precision,
                            entry.permissions()));
                }
            });
            for (TreeEntry entry : added.getOrDefault(directory.toString(), List.of())) {
                visitor.entry(entry);
            }
            for (String line : unsafe.getOrDefault(directory.toString(), List.of())) {
                visitor.unsafeName(line);
            }
            for (String line : notUnderstood.getOrDefault(directory.toString(), List.of())) {
                visitor.notUnderstood(line);
            }
        }

        @Override
        public void makeDirectory(VirtualPath directory) throws IOException {
            before("mkdir", directory);
            tree.makeDirectory(directory);
        }

        @Override
        public void delete(VirtualPath file) throws IOException {
            before("delete", file);
            tree.delete(file);
        }

        @Override
        public void deleteDirectory(VirtualPath directory) throws IOException {
            before("rmdir", directory);
            tree.deleteDirectory(directory);
        }

        @Override
        public void setModified(VirtualPath file, Instant time) throws IOException {
            before("mfmt", file);
            if (settable) {
                tree.setModified(file, time);
            }
        }

        @Override
        public void setPermissions(VirtualPath file, int bits) throws IOException {
            before("chmod", file);
            tree.setPermissions(file, bits);
        }

        @Override
        public Optional<TreeEntry> follow(VirtualPath link) throws IOException {
            before("follow", link);
            return tree.follow(link);
        }

        @Override
        public Optional<String> readLink(VirtualPath link) throws IOException {
            before("readlink", link);
            String told = texts.get(link.toString());
            return told == null ? tree.readLink(link) : Optional.of(told);
        }

        @Override
        public boolean canMakeLinks() {
            return links;
        }

        @Override
        public void makeLink(VirtualPath link, String text) throws IOException {
            before("symlink", link);
            tree.makeLink(link, text);
        }

        @Override
        public Optional<byte[]> digest(VirtualPath file, String algorithm) throws IOException {
            before("hash", file);
            return hashes && algorithm.equals("SHA-1") ? tree.digest(file, algorithm) : Optional.empty();
        }

        @Override
        public void download(VirtualPath file, WritableFile target) throws IOException {
            before("download", file);
            try (ReadableFile source = files.openRead(file, 0)) {
                copy(source, target);
            }
        }

        @Override
        public void upload(VirtualPath file, ReadableFile source, long size) throws IOException {
            before("upload", file);
            try (WritableFile target = files.openWrite(file, WriteMode.REPLACE)) {
                copy(source, target);
                target.commit();
            }
        }

        private static void copy(ReadableFile source, WritableFile target) throws IOException {
            ByteBuffer buffer = ByteBuffer.allocate(100);
            while (source.read(buffer) >= 0) {
                target.write(buffer.flip());
                buffer.clear();
            }
        }

        @Override
        public boolean isUsable() {
            return !broken && !isClosed();
        }

        @Override
        public boolean isRetryable(IOException failure) {
            return failure instanceof Passing;
        }

        @Override
        public synchronized void close() {
            if (!closed) {
                closed = true;
                open.decrementAndGet();
                notifyAll();
            }
        }

        /** Blocks until somebody closes the connection. */
        synchronized void hang() throws IOException {
            boolean interrupted = false;
            while (!closed) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            throw new IOException("closed");
        }
    }

    /** All paths below a directory of a file system, sorted by how they are listed; directories with a slash at their end. */
    static List<String> paths(VirtualFileSystem files) throws IOException {
        List<String> result = new ArrayList<>();
        collect(files, VirtualPath.root(), result);
        result.sort(null);
        return result;
    }

    private static void collect(VirtualFileSystem files, VirtualPath directory, List<String> result)
            throws IOException {
        try (var entries = files.list(directory)) {
            for (var batch = entries.next(100); !batch.isEmpty(); batch = entries.next(100)) {
                for (var entry : batch) {
                    VirtualPath path = directory.child(entry.name());
                    if (entry.info().isDirectory()) {
                        result.add(path + "/");
                        collect(files, path, result);
                    } else {
                        result.add(path.toString());
                    }
                }
            }
        }
    }

    static String read(VirtualFileSystem files, String path) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(10_000);
        try (ReadableFile file = files.openRead(VirtualPath.of(path), 0)) {
            int read = 0;
            while (read >= 0 && buffer.hasRemaining()) {
                read = file.read(buffer);
            }
        }
        return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
    }

    static Instant modified(VirtualFileSystem files, String path) throws IOException {
        return files.stat(VirtualPath.of(path), LinkHandling.NO_FOLLOW).modified();
    }

    /** Makes files with their directories; a path with a slash at its end is a directory. */
    static void write(VirtualFileSystem files, Instant time, String... paths) throws IOException {
        for (String text : paths) {
            String name = text.contains("=") ? text.substring(0, text.indexOf('=')) : text;
            String content = text.contains("=") ? text.substring(text.indexOf('=') + 1) : "content of " + name;
            VirtualPath path = VirtualPath.of(name);
            int directories = path.segments().size() - (name.endsWith("/") ? 0 : 1);
            VirtualPath directory = VirtualPath.root();
            for (String segment : path.segments().subList(0, directories)) {
                directory = directory.child(segment);
                try {
                    files.createDirectory(directory);
                } catch (FileAlreadyExistsException e) {
                    // Another path had it.
                }
            }
            if (!name.endsWith("/")) {
                try (WritableFile file = files.openWrite(path, WriteMode.REPLACE)) {
                    file.write(ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)));
                    file.commit();
                }
                new LocalTree(files).setModified(path, time);
            }
        }
    }
}
