package io.portolan.examples.benchmarks.peer;

import io.portolan.fs.DirectoryEntry;
import io.portolan.fs.EntryStream;
import io.portolan.fs.FileInfo;
import io.portolan.fs.LinkHandling;
import io.portolan.fs.ReadableFile;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.VirtualPath;
import io.portolan.ftp.server.FtpServer;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.stream.IntStream;

/** Portolan with one folder of a million files, which are made up as they are listed: {@code CrowdedServer PORT FOLDER USER PASSWORD …}. */
public final class CrowdedServer {

    /** How many there are. */
    public static final int ENTRIES = 1_000_000;

    private CrowdedServer() {}

    public static void main(String[] args) throws Exception {
        FtpServer server = FtpServer.builder()
                .port(Integer.parseInt(args[0]))
                .files((identity, session) -> new MadeUp())
                .user(args[2], args[3])
                .start();
        ServerMain.untilInputEnds(server);
    }

    private static final class MadeUp implements VirtualFileSystem {
        private static final Instant WHEN = Instant.parse("2026-01-02T03:04:05Z");
        private static final FileInfo FILE = FileInfo.file(4096, WHEN);

        @Override
        public FileInfo stat(VirtualPath path, LinkHandling links) {
            return path.segments().size() <= 1 ? FileInfo.directory(WHEN) : FILE;
        }

        @Override
        public EntryStream list(VirtualPath directory) {
            return EntryStream.of(() -> IntStream.range(0, ENTRIES)
                    .mapToObj(number -> new DirectoryEntry("file-%07d.dat".formatted(number), FILE))
                    .iterator());
        }

        @Override
        public ReadableFile openRead(VirtualPath path, long offset) throws NoSuchFileException {
            throw new NoSuchFileException(path.toString());
        }
    }
}
