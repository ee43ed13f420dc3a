package io.portolan.fs.nio;

import io.portolan.fs.DirectoryEntry;
import io.portolan.fs.EntryStream;
import io.portolan.fs.FileInfo;
import io.portolan.fs.VirtualPath;
import java.io.IOException;
import java.nio.file.ClosedDirectoryStreamException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The entries of one directory, read as they are asked for, with one stat for each. */
final class Listing implements EntryStream {

    private static final Logger LOG = LoggerFactory.getLogger(Listing.class);

    /** Room made in advance for a batch; a caller who asks for "all" gets a list that grows. */
    private static final int USUAL_BATCH = 256;

    /** Entries that are looked up in one go: short enough for two threads to end at about the same time, long enough to be worth a hand-over. */
    private static final int PART = 32;

    /** What the JDK puts where bytes of a name are no text in the platform's charset. */
    private static final char REPLACEMENT = '\uFFFD';

    private final VirtualPath path;
    private final Folder folder;
    private final Folder.Names names;
    private final Iterator<Path> iterator;
    private final Describer describer;
    private int leftOut;

    /** Completes what is told of an entry. */
    interface Describer {
        FileInfo describe(Folder folder, String name, BasicFileAttributes attributes) throws IOException;
    }

    /** Takes over {@code folder}, which is closed with this. */
    Listing(VirtualPath path, Folder folder, Describer describer) throws IOException {
        this.path = path;
        this.folder = folder;
        this.names = folder.names();
        this.iterator = names.stream().iterator();
        this.describer = describer;
    }

    @Override
    public List<DirectoryEntry> next(int max) throws IOException {
        while (true) {
            List<Name> batch = names(max);
            List<DirectoryEntry> entries = describe(batch);
            if (!entries.isEmpty() || batch.isEmpty()) {
                return entries;
            }
        }
    }

    @Override
    public List<Part> nextParts(int max) throws IOException {
        List<Name> batch = names(max);
        List<Part> parts = new ArrayList<>(batch.size() / PART + 1);
        for (int from = 0; from < batch.size(); from += PART) {
            List<Name> some = batch.subList(from, Math.min(batch.size(), from + PART));
            parts.add(() -> describe(some));
        }
        return parts;
    }

    /** A name as the store has it, and as peers are told. */
    private record Name(Path segment, String text) {}

    private List<Name> names(int max) throws IOException {
        List<Name> batch = new ArrayList<>(Math.min(max, USUAL_BATCH));
        try {
            while (batch.size() < max && iterator.hasNext()) {
                Path segment = iterator.next().getFileName();
                String text = withoutSeparator(segment.toString());
                if (isTold(segment, text)) {
                    batch.add(new Name(segment, text));
                }
            }
        } catch (DirectoryIteratorException failed) {
            IOException cause = failed.getCause();
            throw cause == null ? new IOException(failed) : Failures.of(path, cause);
        }
        return batch;
    }

    private boolean isTold(Path segment, String name) {
        if (HiddenNames.isHidden(name)) {
            return false;
        }
        if (!VirtualPath.isValidName(name) || !isExact(segment, name)) {
            leftOut++;
            return false;
        }
        return true;
    }

    private List<DirectoryEntry> describe(List<Name> some) throws IOException {
        List<DirectoryEntry> entries = new ArrayList<>(some.size());
        for (Name name : some) {
            try {
                BasicFileAttributes attributes = names.attributes(name.segment());
                entries.add(new DirectoryEntry(name.text(), describer.describe(folder, name.text(), attributes)));
            } catch (NoSuchFileException vanished) {
                // removed since its name was read
            } catch (ClosedDirectoryStreamException closed) {
                throw new IOException("the listing of " + path + " was closed", closed);
            } catch (IOException failed) {
                throw Failures.of(path.child(name.text()), failed);
            }
        }
        return entries;
    }

    private static boolean isExact(Path segment, String name) {
        return name.indexOf(REPLACEMENT) < 0
                || segment.getFileSystem().getPath(name).equals(segment);
    }

    /** Some providers, zip among them, write the names of directories with a slash behind. */
    private static String withoutSeparator(String name) {
        return name.length() > 1 && name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    }

    @Override
    public void close() throws IOException {
        if (leftOut > 0) {
            LOG.debug("{} names in {} cannot be told to a peer and were left out", leftOut, path);
            leftOut = 0;
        }
        try (folder) {
            names.close();
        }
    }
}
