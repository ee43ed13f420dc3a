package com.example.reports;

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
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.time.Instant;
import java.util.List;

/** Three reports that are written as they are read. */
final class Reports implements VirtualFileSystem {

    private static final List<String> NAMES = List.of("1.txt", "2.txt", "3.txt");

    @Override
    public FileInfo stat(VirtualPath path, LinkHandling links) throws IOException {
        return path.isRoot()
                ? FileInfo.directory(Instant.EPOCH)
                : FileInfo.file(content(path).length, Instant.EPOCH);
    }

    @Override
    public EntryStream list(VirtualPath directory) throws IOException {
        if (!directory.isRoot()) {
            throw new NotDirectoryException(directory.toString());
        }
        return EntryStream.of(NAMES.stream()
                .map(name -> new DirectoryEntry(name, FileInfo.file(9, Instant.EPOCH)))
                .toList());
    }

    @Override
    public ReadableFile openRead(VirtualPath path, long offset) throws IOException {
        ByteArrayInputStream content = new ByteArrayInputStream(content(path));
        content.skip(offset);
        return ReadableFile.of(content);
    }

    private static byte[] content(VirtualPath path) throws IOException {
        if (path.isRoot()) {
            throw new NotAFileException(path);
        }
        if (!NAMES.contains(path.name()) || path.segments().size() > 1) {
            throw new NoSuchFileException(path.toString());
        }
        return ("report " + path.name().charAt(0) + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
