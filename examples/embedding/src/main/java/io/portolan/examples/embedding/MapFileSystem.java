package io.portolan.examples.embedding;

import io.portolan.fs.DirectoryEntry;
import io.portolan.fs.EntryStream;
import io.portolan.fs.FileInfo;
import io.portolan.fs.LinkHandling;
import io.portolan.fs.NotAFileException;
import io.portolan.fs.ReadableFile;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.VirtualPath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** A map as a read-only tree of files; folders are where files are in them. */
// tag::files[]
record MapFileSystem(Map<VirtualPath, byte[]> files) implements VirtualFileSystem {
    @Override
    public FileInfo stat(VirtualPath path, LinkHandling links) throws IOException {
        byte[] content = files.get(path);
        if (content != null) return FileInfo.file(content.length, Instant.EPOCH);
        boolean folder = path.isRoot() || files.keySet().stream().anyMatch(file -> file.startsWith(path));
        if (!folder) throw new NoSuchFileException(path.toString());
        return FileInfo.directory(Instant.EPOCH);
    }

    @Override
    public EntryStream list(VirtualPath folder) throws IOException {
        if (!stat(folder, LinkHandling.FOLLOW).isDirectory()) throw new NotDirectoryException(folder.toString());
        Map<String, DirectoryEntry> entries = new TreeMap<>();
        for (VirtualPath file : files.keySet()) {
            if (!file.startsWith(folder)) continue;
            String name = file.segments().get(folder.segments().size());
            entries.put(name, new DirectoryEntry(name, stat(folder.child(name), LinkHandling.FOLLOW)));
        }
        return EntryStream.of(entries.values());
    }

    @Override
    public ReadableFile openRead(VirtualPath path, long offset) throws IOException {
        if (stat(path, LinkHandling.FOLLOW).isDirectory()) throw new NotAFileException(path);
        ByteArrayInputStream content = new ByteArrayInputStream(files.getOrDefault(path, new byte[0]));
        content.skip(offset);
        return ReadableFile.of(content);
    }
}
// end::files[]
