package io.portolan.sftp.client.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.fs.FileType;
import io.portolan.sftp.client.BlockingSftpSession;
import io.portolan.sftp.client.RemoteEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All of it with ProFTPD. */
final class ProftpdTest extends ForeignServerCase {

    @Override
    ForeignServer startServer() throws Exception {
        return Proftpd.start();
    }

    @Override
    int newest() {
        return 6;
    }

    /** The server's fault, of version 6: it would look for the target in the folder of the login, and writes down what it finds. So it is told the whole path, which leads to what was meant. */
    @Override
    String written(int version, String folder, String target) {
        return version < 6 ? target : Path.of(folder, target).normalize().toString();
    }

    @Override
    void readsLinksToPathsFromTheirFolder(int version) {
        // it tells another path, see below
    }

    /** The server's fault: READLINK makes a whole path of what is in the link. It leads to the same file. */
    @ParameterizedTest
    @MethodSource("versions")
    void isToldTheWholePathOfALinkToAPathFromItsFolder(int version) throws Exception {
        try (BlockingSftpSession session = session(version)) {
            String folder = folder(session, "from-folder");
            Files.createSymbolicLink(local(folder).resolve("link"), Path.of("file"));
            assertThat(session.readLink(folder + "/link")).isEqualTo(folder + "/file");
        }
    }

    /** The server's fault: LSTAT tells of what a link leads to. READLINK says that there is one, and of the link itself nothing else is known; a listing tells more. */
    @ParameterizedTest
    @MethodSource("versions")
    void tellsOfALinkToAFileNothingButThatItIsOne(int version) throws Exception {
        try (BlockingSftpSession session = session(version)) {
            String folder = folder(session, "only-link");
            Files.write(local(folder).resolve("file"), new byte[9]);
            Files.createSymbolicLink(local(folder).resolve("link"), Path.of("file"));
            RemoteEntry link = session.statLink(folder + "/link").orElseThrow();
            assertThat(link.type()).isEqualTo(FileType.SYMBOLIC_LINK);
            assertThat(link.size()).isEmpty();
            assertThat(link.modified()).isEmpty();
            assertThat(link.permissionBits()).isEmpty();
        }
    }
}
