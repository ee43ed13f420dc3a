package io.portolan.examples.embedding;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;

import io.portolan.ftp.client.FtpClient;
import io.portolan.ftp.client.nio.FtpFileSystem;
import io.portolan.sftp.client.SftpClient;
import io.portolan.sftp.client.nio.SftpFileSystem;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Files that go from one server to another, by what Java has for files. */
final class PathsOfServers {

    private PathsOfServers() {}

    static void archive(SftpClient sftp, FtpClient ftp) throws IOException {
        // tag::nio[]
        try (FileSystem from = SftpFileSystem.over(sftp);
                FileSystem to = FtpFileSystem.over(ftp);
                Stream<Path> found = Files.walk(from.getPath("/reports"))) {
            List<Path> reports = found.filter(Files::isRegularFile).toList();
            for (Path report : reports) {
                Path copy = to.getPath("/archive", report.getFileName().toString());
                Files.copy(report, copy, COPY_ATTRIBUTES);
            }
        }
        // end::nio[]
    }
}
