package io.portolan.ftp.server.fault;

import io.portolan.fs.DirectoryEntry;
import io.portolan.fs.EntryStream;
import io.portolan.fs.FileInfo;
import io.portolan.fs.LinkHandling;
import io.portolan.fs.NotAFileException;
import io.portolan.fs.ReadableFile;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.VirtualPath;
import io.portolan.ftp.server.FtpServer;
import java.io.IOException;
import java.time.Instant;
import java.util.Iterator;
import java.util.stream.IntStream;

/** A server in a process of its own, whose root has a million entries; prints its port, and ends with its input. */
final class SmallHeapServer {

    static final int ENTRIES = 1_000_000;

    private SmallHeapServer() {}

    public static void main(String[] args) throws IOException {
        try (FtpServer server = FtpServer.builder()
                .port(0)
                .user("alice", "secret")
                .files(new Million())
                .start()) {
            System.out.println(server.port());
            System.in.read();
        }
    }

    private static final class Million implements VirtualFileSystem {
        @Override
        public FileInfo stat(VirtualPath path, LinkHandling links) {
            return FileInfo.directory(Instant.EPOCH);
        }

        @Override
        public EntryStream list(VirtualPath directory) {
            return EntryStream.of(() -> entries());
        }

        private static Iterator<DirectoryEntry> entries() {
            return IntStream.range(0, ENTRIES)
                    .mapToObj(i -> new DirectoryEntry(
                            "a-file-with-a-name-of-some-length-" + i, FileInfo.file(i, Instant.ofEpochSecond(i))))
                    .iterator();
        }

        @Override
        public ReadableFile openRead(VirtualPath path, long offset) throws IOException {
            throw new NotAFileException(path);
        }
    }
}
