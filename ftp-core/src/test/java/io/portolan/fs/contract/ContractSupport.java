package io.portolan.fs.contract;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.portolan.fs.DirectoryEntry;
import io.portolan.fs.EntryStream;
import io.portolan.fs.FileInfo;
import io.portolan.fs.LinkHandling;
import io.portolan.fs.ReadableFile;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.VirtualPath;
import io.portolan.fs.WritableFile;
import io.portolan.fs.WriteMode;
import io.portolan.fs.contract.VirtualFileSystemContract.Trait;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What the parts of the contract share. */
abstract class ContractSupport {

    /** Batches small enough that the contract's listings need several. */
    private static final int BATCH = 3;

    private VirtualFileSystem current;

    /** The file system under test. */
    final VirtualFileSystem fs() {
        return current;
    }

    final void use(VirtualFileSystem fileSystem) {
        current = fileSystem;
    }

    final <C> C need(Class<C> capability) {
        return fs().capability(capability).orElseGet(() -> {
            assumeTrue(false, "the store has no " + capability.getSimpleName());
            throw new AssertionError();
        });
    }

    /** What the store can do that no capability tells. */
    abstract Set<Trait> traits();

    final void needWriting() {
        assumeTrue(traits().contains(Trait.WRITABLE), "the store is only read");
    }

    final FileInfo stat(String path) throws IOException {
        return fs().stat(path(path), LinkHandling.FOLLOW);
    }

    final boolean exists(String path) throws IOException {
        try {
            fs().stat(path(path), LinkHandling.NO_FOLLOW);
            return true;
        } catch (NoSuchFileException absent) {
            return false;
        }
    }

    static VirtualPath path(String text) {
        return VirtualPath.of(text);
    }

    static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Publishes a file. */
    final void put(String path, String content) throws IOException {
        finish(fs().openWrite(path(path), WriteMode.REPLACE), content);
    }

    /** Writes the rest of a file and publishes it. */
    static void finish(WritableFile open, String content) throws IOException {
        try (WritableFile file = open) {
            file.write(bytes(content));
            file.commit();
        }
    }

    /** Writes something, and then the upload breaks. */
    static void breakOff(WritableFile open, String content) throws IOException {
        try (WritableFile file = open) {
            file.write(bytes(content));
        }
    }

    final String get(String path) throws IOException {
        return get(path, 0);
    }

    final String get(String path, long offset) throws IOException {
        try (ReadableFile file = fs().openRead(path(path), offset)) {
            return readAll(file);
        }
    }

    static String readAll(ReadableFile file) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(7);
        while (file.read(buffer) >= 0) {
            content.write(buffer.array(), 0, buffer.position());
            buffer.clear();
        }
        return content.toString(StandardCharsets.UTF_8);
    }

    final List<DirectoryEntry> entries(String directory) throws IOException {
        List<DirectoryEntry> all = new ArrayList<>();
        try (EntryStream stream = fs().list(path(directory))) {
            List<DirectoryEntry> batch = stream.next(BATCH);
            while (!batch.isEmpty()) {
                if (batch.size() > BATCH) {
                    throw new AssertionError("asked for " + BATCH + " entries, got " + batch.size());
                }
                all.addAll(batch);
                batch = stream.next(BATCH);
            }
        }
        return all;
    }

    final List<String> names(String directory) throws IOException {
        return entries(directory).stream().map(DirectoryEntry::name).sorted().toList();
    }
}
